"""Drafting criteria tables on pages: the form, and what it comes to."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.clusters.criteria_forms import NEW, copied_values, draft_of, table_schema, typed_values
from webapp.clusters.criteria_pages import ShownCriteria, shown_criteria, shown_tables
from webapp.operations import criteria
from webapp.operations.refusals import NotNow
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer, Typed, fill


def drafted_table() -> Answer:
    """The form of a new table of a unit; with ``from`` it begins with what another version says."""
    places = shown_tables().places
    place = next((unit for unit in places if request.args.get("unit") in (None, unit.code)), None) or abort(
        403
    )
    origin = request.args.get("from")
    source = shown_criteria(origin) if origin else None

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        return _to_draft(criteria.draft_table(place.code, draft_of(typed), origin, actor=actor, now=now))

    first = copied_values(source.table) if source else NEW
    return fill(
        table_schema(),
        first,
        lambda form: render_template(
            "clusters/draft_criteria.html", form=form, place=place, units=places, source=source, amended=None
        ),
        act,
    )


def amended_table(public_id: str) -> Answer:
    """The form that goes on from a version of a unit's own table."""
    shown = _amendable(public_id)

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        return _to_draft(criteria.amend_table(public_id, draft_of(typed), actor=actor, now=now))

    return fill(
        table_schema(),
        typed_values(shown.table),
        lambda form: render_template(
            "clusters/draft_criteria.html", form=form, place=shown.version.unit, source=None, amended=shown
        ),
        act,
    )


def sent(public_id: str) -> Response:
    """Send a draft to the authority."""
    actor, now = actor_and_now()
    criteria.submit_criteria(public_id, actor=actor, now=now)
    flash(_("The draft has been sent. It can be used when the authority has approved it."), "success")
    return redirect(url_for("clusters.show_criteria", public_id=public_id))


def decided(public_id: str, *, approve: bool) -> Response:
    """Approve or discard a draft."""
    actor, now = actor_and_now()
    criteria.decide_criteria(public_id, approve=approve, actor=actor, now=now)
    said = (
        _("The table is approved and can be chosen for a year.") if approve else _("The draft is discarded.")
    )
    flash(said, "success")
    return redirect(url_for("clusters.show_criteria", public_id=public_id))


def returned(public_id: str, reason: str) -> Response:
    """Give a draft back to who drafted it."""
    actor, now = actor_and_now()
    criteria.return_criteria(public_id, reason, actor=actor, now=now)
    flash(_("The draft is returned; who drafted it is told the reason."), "success")
    return redirect(url_for("clusters.show_criteria", public_id=public_id))


def _amendable(public_id: str) -> ShownCriteria:
    """The version, for whoever may go on from it. 404, 403; one that others have gone on from is a conflict."""
    shown = shown_criteria(public_id)
    if not shown.may_draft:
        abort(403)
    if not shown.may_amend:
        raise NotNow("criteria_moved")
    return shown


def _to_draft(public_id: str) -> Response:
    flash(_("The draft is saved. Check it, then send it for approval."), "success")
    return redirect(url_for("clusters.show_criteria", public_id=public_id))
