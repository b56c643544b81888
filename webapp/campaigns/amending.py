"""Amending a rule set on pages: the forms, and what they come to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.campaigns.entry_forms import (
    ADDABLE,
    add_schema,
    amend_schema,
    end_schema,
    entry_values,
    new_entry,
    text_schema,
)
from webapp.campaigns.rule_tables import rows_by_place
from webapp.campaigns.rules import ShownVersion, place_asked, shown_version
from webapp.operations import rule_sets
from webapp.operations.refusals import NotNow
from webapp.queries.rule_sets import may_draft_rules
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from workflows.law_amendments import PARTS, Amendment, NoEntry, entry_at
from workflows.typed_yaml import Path, read


def amended_entry(public_id: str, place: Path) -> Answer:
    """The form that changes an entry of a version."""
    shown, entry = _entry(public_id, place)
    kind = _kind(place)

    def act(typed: Typed) -> Answer:
        values, day = entry_values(kind, shown.rules, typed), typed.get("from_day")
        return _draft(
            shown, Amendment(typed["act"], place, values, dt.date.fromisoformat(day) if day else None)
        )

    first = {"runs": "after", **entry, "act": "amend", "from_day": today().isoformat()}
    return fill(amend_schema(kind, shown.rules), first, _show(shown, _("Amend an entry"), place), act)


def ended_entry(public_id: str, place: Path) -> Answer:
    """The form that ends an entry of a version."""
    shown, _said = _entry(public_id, place)

    def act(typed: Typed) -> Answer:
        return _draft(shown, Amendment("end", place, day=dt.date.fromisoformat(typed["last_day"])))

    first = {"last_day": today().isoformat()}
    return fill(end_schema(), first, _show(shown, _("End an entry"), place), act)


def added_entry(public_id: str, place: Path) -> Answer:
    """The form of a new entry in a list of a version."""
    kind, shown = str(place[-1]), _amendable(public_id)
    if kind not in ADDABLE or (len(place) > 1) != (kind in PARTS):
        abort(404)

    def act(typed: Typed) -> Answer:
        return _draft(shown, Amendment("add", place, new_entry(kind, shown.rules, typed)))

    first = {
        "mark": "unverified",
        "day_kind": "working",
        "runs": "after",
        "decided_by": [{}],
        "register": True,
    }
    return fill(add_schema(kind, shown.rules), first, _show(shown, _("Add an entry"), place[:-1]), act)


def drafted_text(public_id: str | None = None) -> Answer:
    """The form that takes a whole rule set as text; it begins with what a version says."""
    shown = _amendable(public_id) if public_id else None
    place = shown.place if shown else place_asked()[0]
    if not may_draft_rules(standing(), place):
        abort(403)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        return _to_draft(rule_sets.draft_text(typed["text"], place.code, actor=actor, now=now))

    first = {"text": shown.version.content if shown else ""}
    return fill(text_schema(), first, _show(shown, _("The whole rule set as text"), ()), act)


def sent(public_id: str) -> Response:
    """Send a draft to the authority."""
    actor, now = actor_and_now()
    rule_sets.submit_rules(public_id, actor=actor, now=now)
    flash(_("The draft has been sent. It holds when the authority has approved it."), "success")
    return redirect(url_for("campaigns.show_version", public_id=public_id))


def decided(public_id: str, *, approve: bool) -> Response:
    """Approve or discard a draft."""
    actor, now = actor_and_now()
    rule_sets.decide_rules(public_id, approve=approve, actor=actor, now=now)
    flash(_("The rule set is approved and in force.") if approve else _("The draft is discarded."), "success")
    shown = shown_version(public_id)
    return redirect(url_for("campaigns.show_rules", code=shown.version.code, unit=shown.place.code))


def returned(public_id: str, reason: str) -> Response:
    """Give a draft back to who drafted it."""
    actor, now = actor_and_now()
    rule_sets.return_rules(public_id, reason, actor=actor, now=now)
    flash(_("The draft is returned; who drafted it is told the reason."), "success")
    return redirect(url_for("campaigns.show_version", public_id=public_id))


def drafted_again(public_id: str) -> Response:
    """Take up an earlier version as a draft."""
    actor, now = actor_and_now()
    return _to_draft(rule_sets.draft_again(public_id, place_asked()[0].code, actor=actor, now=now))


def _amendable(public_id: str) -> ShownVersion:
    """The version, for whoever may go on from it. 404, 403; a version that others have gone on from is a conflict."""
    shown = shown_version(public_id)
    if not shown.may_draft:
        abort(403)
    if not shown.may_amend:
        raise NotNow("rules_moved")
    return shown


def _entry(public_id: str, place: Path) -> tuple[ShownVersion, Mapping[str, Any]]:
    shown = _amendable(public_id)
    try:
        return shown, entry_at(read(shown.version.content).data, place)
    except NoEntry:
        abort(404)


def _kind(place: Path) -> str:
    """The list an entry stands in."""
    return str(place[-2])


def _show(shown: ShownVersion | None, title: str, place: Path) -> Callable[[Form], str]:
    row = rows_by_place(shown.rules).get(place) if shown and place else None
    return lambda form: render_template(
        "campaigns/amend_rules.html", form=form, shown=shown, title=title, row=row
    )


def _draft(shown: ShownVersion, amendment: Amendment) -> Response:
    actor, now = actor_and_now()
    return _to_draft(
        rule_sets.amend_rules(shown.version.public_id, shown.place.code, amendment, actor=actor, now=now)
    )


def _to_draft(public_id: str) -> Response:
    flash(_("The change stands in the draft. Send the draft for approval when it is complete."), "success")
    return redirect(url_for("campaigns.show_version", public_id=public_id))
