"""Pages of the demo: its tour, the button that moves its clock, data to falsify."""

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from webapp.demo.tampering import tampering_page
from webapp.demo.tour import stops
from webapp.extensions import db
from webapp.operations.clock import advance_to_next_due
from webapp.operations.refusals import NotNow
from webapp.queries.demo import Falling, falling_due
from webapp.ui.access import permission, public, signed_in
from webapp.ui.acting import actor_and_now
from webapp.ui.cases import case_name
from webapp.ui.formats import instant
from webapp.ui.refusal_texts import refusal_text
from webapp.ui.targets import previous_page

blueprint = Blueprint("demo", __name__, template_folder="templates")

NAMED = 3


@blueprint.get("/demo/tour")
@public
def show_tour() -> str:
    """Eight steps through the procedure; each button steps into a role and opens a prepared case."""
    return render_template("demo/show_tour.html", stops=stops())


@blueprint.post("/demo/clock")
@signed_in
def advance_clock() -> Response:
    """Move business time to the next due date; the worker is rung for and carries out what falls due."""
    actor, now = actor_and_now()
    try:
        reached = advance_to_next_due(request.form.get("mark", ""), actor=actor, now=now)
    except NotNow as refusal:
        flash(refusal_text(refusal), "warning")
        return redirect(previous_page())
    flash(_("It is now %(instant)s.", instant=instant(reached)), "success")
    if due := falling_due(db.session(), now.at, reached):
        flash(_due_text(due), "info")
    return redirect(previous_page())


@blueprint.route("/demo/tampering", methods=["GET", "POST"])
@permission("see_proof")
def try_tampering() -> str:
    """Falsifies a copy of the record, and shows how it is found."""
    return tampering_page()


def _due_text(due: list[Falling]) -> str:
    """What falls due, the first few by name."""
    named = "; ".join(f"{one.code} {case_name(one.process, one.title)}" for one in due[:NAMED])
    if len(due) <= NAMED:
        return _("Due: %(cases)s.", cases=named)
    rest = len(due) - NAMED
    return ngettext("Due: %(cases)s and %(num)d more.", "Due: %(cases)s and %(num)d more.", rest, cases=named)
