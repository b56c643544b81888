"""The acts behind the pages of delegations and absences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.delegations.forms import absence_form, delegation_form, role_of, role_value
from webapp.operations import absences, delegations
from webapp.operations.delegations import Proposal
from webapp.operations.refusals import NotNow
from webapp.operations.stranded import give_back_stranded
from webapp.queries.delegations import delegable
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.refusal_texts import refusal_text


def new_delegation() -> Answer:
    """The form of a delegation; sent, it is proposed."""
    schema = delegation_form(standing())
    first = {
        "roles": [role_value(held) for held in delegable(standing())],
        "from_date": today().isoformat(),
    }
    return fill(
        schema,
        first,
        lambda form: render_template("delegations/propose_delegation.html", form=form),
        _propose,
    )


def _propose(typed: Typed) -> Answer:
    actor, now = actor_and_now()
    proposal = Proposal(
        delegate=typed["delegate"],
        roles=tuple(role_of(value) for value in typed["roles"]),
        from_date=dt.date.fromisoformat(typed["from_date"]),
        to_date=dt.date.fromisoformat(typed["to_date"]),
        reason=typed["reason"],
        campaign=typed.get("campaign"),
        kinds=tuple(typed.get("kinds", ())),
    )
    delegations.propose(proposal, actor=actor, now=now)
    flash(_("The delegation is proposed. It holds once it has been accepted."), "success")
    return redirect(url_for("delegations.list_delegations"))


def answered(public_id: str, answer: str) -> Response:
    """Accept or decline."""
    actor, now = actor_and_now()
    if answer == "accept":
        told = _("You have accepted. The tasks stand in “Delegated to me” from the first day on.")
        return _done(lambda: delegations.accept(public_id, actor=actor, now=now), told)
    return _done(lambda: delegations.decline(public_id, actor=actor, now=now), _("You have declined."))


def revoked(public_id: str) -> Response:
    """End a delegation, and put back what is held by it."""
    actor, now = actor_and_now()

    def end() -> None:
        delegations.revoke(public_id, actor=actor, now=now)
        give_back_stranded(actor=actor, now=now)

    return _done(end, _("The delegation is over. What was open is on the common list again."))


def new_absence() -> Answer:
    """The form of an absence; sent, it is noted."""
    first = {"from_date": today().isoformat()}
    return fill(
        absence_form(),
        first,
        lambda form: render_template("delegations/note_absence.html", form=form),
        _note,
    )


def _note(typed: Typed) -> Answer:
    actor, now = actor_and_now()
    from_date, to_date = (dt.date.fromisoformat(typed[name]) for name in ("from_date", "to_date"))
    absences.note_absence(from_date, to_date, actor=actor, now=now)
    flash(_("Your absence is noted. Others see it beside your name."), "success")
    return redirect(url_for("delegations.list_delegations"))


def taken_absence(public_id: str) -> Response:
    """Take an absence out."""
    actor, now = actor_and_now()
    return _done(
        lambda: absences.take_absence(public_id, actor=actor, now=now), _("The absence is taken out.")
    )


def _done(act: Callable[[], None], told: str) -> Response:
    """Do an act and go back to the list, or say there why it was refused."""
    try:
        act()
        flash(told, "success")
    except NotNow as refusal:
        flash(refusal_text(refusal), "warning")
    return redirect(url_for("delegations.list_delegations"))
