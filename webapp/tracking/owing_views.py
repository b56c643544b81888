"""Pages: what units owe, one by one; reminding them; the letter; another day for a deadline;
the code to follow a case."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from webapp.operations import following
from webapp.operations.owing import remind_of_owed
from webapp.operations.refusals import NotNow
from webapp.tracking.deadlines import deadline_moved
from webapp.tracking.owing import asked_filter, owing_letter, shown_owed, shown_owing
from webapp.tracking.views import blueprint
from webapp.ui.access import permission, signed_in
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer
from webapp.ui.refusal_texts import refusal_text
from webapp.ui.targets import previous_page


@blueprint.get("/owing")
@permission("ask_for_owed")
def list_owing() -> str:
    """Which unit owes what."""
    return render_template("tracking/list_owing.html", shown=shown_owing())


@blueprint.get("/owing/unit")
@permission("ask_for_owed")
def show_owed() -> str:
    """What one unit owes."""
    return render_template("tracking/show_owed.html", shown=shown_owed())


@blueprint.get("/owing/unit/letter.<any(pdf, docx):form>")
@permission("ask_for_owed")
def show_owing_letter(form: str) -> Response:
    """The letter to the unit about it."""
    return owing_letter(form)


@blueprint.post("/owing/remind")
@permission("ask_for_owed")
def remind_owing() -> Response:
    """Remind all units, one, or one of one thing, of what the page shows."""
    actor, now = actor_and_now()
    unit, item = request.form.get("unit"), request.form.get("item")
    try:
        told = remind_of_owed(request.form.get("desk", ""), unit, item, asked_filter(), actor=actor, now=now)
        flash(ngettext("%(num)s unit was reminded.", "%(num)s units were reminded.", len(told)), "success")
        if unit is None and (left := shown_owing().without_anybody(told)):
            flash(
                ngettext(
                    "%(num)s unit has nobody to be told.", "%(num)s units have nobody to be told.", left
                ),
                "warning",
            )
    except NotNow as refusal:
        flash(refusal_text(refusal), "info")
    return redirect(previous_page(url_for("tracking.list_owing")))


@blueprint.route("/tasks/<task_id>/deadline", methods=["GET", "POST"])
@signed_in
def move_deadline(task_id: str) -> Answer:
    """Asks for another day by which a task is due, and why."""
    return deadline_moved(task_id)


@blueprint.post("/cases/<code>/follow-code/<any(renew, withdraw):act>")
@signed_in
def change_follow_code(code: str, act: str) -> Response:
    """Make a new code by which a case is followed, or withdraw it."""
    actor, now = actor_and_now()
    try:
        change = following.renew_code if act == "renew" else following.withdraw_code
        change(code, actor=actor, now=now)
        flash(_("There is a new code.") if act == "renew" else _("The code has been withdrawn."), "success")
    except NotNow as refusal:
        flash(refusal_text(refusal), "info")
    return redirect(url_for("tracking.show_case", code=code))
