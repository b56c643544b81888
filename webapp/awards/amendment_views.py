"""Pages: corrections and revocations of decisions."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from webapp.awards.amendments import FIELDS, shown_amendment
from webapp.awards.copying import copies_recorded
from webapp.awards.repaying import repayment_undone
from webapp.awards.steps import WAY_NAMES
from webapp.awards.texts import decision_file
from webapp.queries.amendments import PROCESSES, owed
from webapp.ui.access import permission, signed_in
from webapp.ui.filling import Answer

blueprint = Blueprint("amendments", __name__, template_folder="templates")


@blueprint.get("/awards/amendments/<code>")
@signed_in
def show_amendment(code: str) -> str:
    """One correction or revocation."""
    words = {"fields": FIELDS, "owed": owed, "way_name": WAY_NAMES.get}
    return render_template("awards/show_amendment.html", shown=shown_amendment(code), **words)


@blueprint.get("/awards/amendments/<code>/decision.docx")
@signed_in
def show_word(code: str) -> Response:
    """The decision of a correction or revocation as it stands now, as a Word file."""
    return decision_file(code, *PROCESSES.values())


@blueprint.route("/awards/amendments/<code>/copies", methods=["GET", "POST"])
@permission("send_decisions")
def record_copies(code: str) -> Answer:
    """Record to whom copies went."""
    return copies_recorded(code)


@blueprint.route("/awards/repayments/<public_id>/undo", methods=["GET", "POST"])
@permission("pay_awards")
def undo_repayment(public_id: str) -> Answer:
    """Take money that came back out again, where it was entered by mistake."""
    return repayment_undone(public_id)
