"""Pages: corrections and revocations of decisions."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.awards.amendments import FIELDS, shown_amendment
from webapp.awards.repaying import repayment_undone
from webapp.queries.amendments import owed
from webapp.ui.access import permission, signed_in
from webapp.ui.filling import Answer

blueprint = Blueprint("amendments", __name__, template_folder="templates")


@blueprint.get("/awards/amendments/<code>")
@signed_in
def show_amendment(code: str) -> str:
    """One correction or revocation."""
    return render_template(
        "awards/show_amendment.html", shown=shown_amendment(code), fields=FIELDS, owed=owed
    )


@blueprint.route("/awards/repayments/<public_id>/undo", methods=["GET", "POST"])
@permission("pay_awards")
def undo_repayment(public_id: str) -> Answer:
    """Take money that came back out again, where it was entered by mistake."""
    return repayment_undone(public_id)
