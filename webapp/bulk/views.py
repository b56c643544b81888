"""Pages: the check of an act on many tasks, the act as it goes on, its result, undoing it."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.bulk.checking import (
    CheckPage,
    asked_page,
    new_bulk,
    seen_ids,
    selected_ids,
    tab_of_request,
    typed,
)
from webapp.bulk.texts import act_name, failed_text, passed_text, state_text
from webapp.extensions import db
from webapp.operations import bulk, bulk_carrying
from webapp.operations.bulk import StaleSelection
from webapp.operations.bulk_carrying import BULK
from webapp.operations.long_work import cancel, carry_at_once, retry
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.queries.bulk_acts import bulk_page, own_acts, reopened
from webapp.ui.access import hidden, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import business_now
from webapp.ui.points_to_note import point_sentence
from webapp.ui.refusal_texts import refusal_text

blueprint = Blueprint("bulk", __name__, template_folder="templates")

Answer = Response | str | tuple[str, int]


@blueprint.post("/bulk/check")
@signed_in
def check_bulk() -> Answer:
    """What the act would do and what it would pass over; nothing is done yet."""
    ids = selected_ids()
    if not ids:
        flash(_("Tick the tasks first."), "warning")
        return redirect(url_for("inbox.show_inbox", tab=tab_of_request()))
    return _checked(asked_page(ids))


@blueprint.post("/bulk")
@signed_in
def begin_bulk() -> Answer:
    """Begin the act as it was checked; few tasks are done before the page answers."""
    page = asked_page(seen_ids())
    actor, now = actor_and_now()
    try:
        public_id = bulk.begin_bulk(new_bulk(page), actor=actor, now=now)
    except StaleSelection as stale:
        return _checked(replace(asked_page(seen_ids()), changed=frozenset(stale.changed)), 409)
    except InvalidForm as refusal:
        return _checked(replace(page, values=typed(page), faults=refusal.faults), 422)
    except NotNow as refusal:
        return _checked(replace(page, refusal=refusal_text(refusal)), 409)
    carry_at_once(BULK, public_id, now)
    return redirect(url_for("bulk.show_bulk", public_id=public_id))


@blueprint.get("/bulk")
@signed_in
def list_bulk() -> Answer:
    """The reader's last acts on many tasks."""
    return render_template("bulk/list_bulk.html", acts=own_acts(db.session(), standing()), act_name=act_name)


@blueprint.get("/bulk/<public_id>")
@signed_in
def show_bulk(public_id: str) -> Answer:
    """How far an act has come, and what came of it; while it runs the page asks again every few seconds."""
    page = bulk_page(db.session(), standing(), public_id, business_now()) or hidden()
    part = "HX-Request" in request.headers
    template = "bulk/parts/progress.html" if part else "bulk/show_bulk.html"
    return render_template(template, page=page, act_name=act_name, failed_text=failed_text)


@blueprint.post("/bulk/<public_id>/cancel")
@signed_in
def cancel_bulk(public_id: str) -> Response:
    """Do no more of it."""
    actor, now = actor_and_now()
    cancel(BULK, public_id, actor=actor, now=now)
    flash(_("No more of it is done; what has been done stays."), "success")
    return redirect(url_for("bulk.show_bulk", public_id=public_id))


@blueprint.post("/bulk/<public_id>/retry")
@signed_in
def retry_bulk(public_id: str) -> Response:
    """Try those again that failed."""
    actor, now = actor_and_now()
    retry(BULK, public_id, actor=actor, now=now)
    carry_at_once(BULK, public_id, now)
    return redirect(url_for("bulk.show_bulk", public_id=public_id))


@blueprint.post("/bulk/<public_id>/undo")
@signed_in
def undo_bulk(public_id: str) -> Response:
    """Undo what can still be undone of it; that is an act of its own."""
    actor, now = actor_and_now()
    try:
        undoing = bulk.undo_bulk(public_id, actor=actor, now=now)
    except NotNow as refusal:
        flash(refusal_text(refusal), "warning")
        return redirect(url_for("bulk.show_bulk", public_id=public_id))
    carry_at_once(BULK, undoing, now)
    return redirect(url_for("bulk.show_bulk", public_id=undoing))


@blueprint.post("/tasks/<task_id>/undo")
@signed_in
def undo_decision(task_id: str) -> Response:
    """Undo the decision in one dossier of many."""
    actor, now = actor_and_now()
    try:
        bulk_carrying.undo_decision(task_id, actor=actor, now=now)
        flash(_("The decision is undone; the task is open again."), "success")
    except NotNow as refusal:
        flash(refusal_text(refusal), "warning")
    return redirect(url_for("inbox.show_task", task_id=reopened(db.session(), task_id) or task_id))


def _checked(page: CheckPage, status: int = 200) -> tuple[str, int]:
    shown = render_template(
        "bulk/check_bulk.html",
        page=page,
        tab=tab_of_request(),
        passed_text=passed_text,
        state_text=state_text,
        point_sentence=point_sentence,
    )
    return shown, status
