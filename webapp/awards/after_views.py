"""Pages: what follows a decision, from the list that is signed at the ceremony to the index of its file."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp.awards.after_papers import index_file, letter_file, list_file, payment_file
from webapp.awards.funds import set_estimate
from webapp.awards.paying import entered_payees, paid, told_awardees, undone
from webapp.awards.publishing import agreed, taken_down
from webapp.ui.access import permission
from webapp.ui.filling import Answer

blueprint = Blueprint("after", __name__, template_folder="templates")


@blueprint.get("/awards/decisions/<code>/<any(handover, published):listing>.pdf")
@permission("issue_awards")
def show_list(code: str, listing: str) -> Response:
    """The list to be signed by whoever receives an award, or the one for the notice board."""
    return list_file(code, listing)


@blueprint.get("/awards/decisions/<code>/letters/<path:unit>.pdf")
@permission("issue_awards")
def show_letter(code: str, unit: str) -> Response:
    """The letter that tells a unit who of it is awarded."""
    return letter_file(code, unit)


@blueprint.post("/awards/decisions/<code>/notices")
@permission("pay_awards")
def send_notices(code: str) -> Response:
    """Tell the awardees and their units to come, before the clock does."""
    return told_awardees(code)


@blueprint.get("/awards/decisions/<code>/payment.<any(pdf, xlsx):form>")
@permission("pay_awards")
def show_payment_sheet(code: str, form: str) -> Response:
    """The list that prize money is paid by."""
    return payment_file(code, form)


@blueprint.route("/awards/decisions/<code>/payees", methods=["GET", "POST"])
@permission("pay_awards")
def enter_payees(code: str) -> Answer:
    """Who receives the prize money: identity number and account."""
    return entered_payees(code)


@blueprint.route("/awards/decisions/<code>/payments", methods=["GET", "POST"])
@permission("pay_awards")
def pay_prizes(code: str) -> Answer:
    """What was paid, and what is paid now."""
    return paid(code)


@blueprint.route("/awards/payments/<public_id>/undo", methods=["GET", "POST"])
@permission("pay_awards")
def undo_payment(public_id: str) -> Answer:
    """Take a payment back that was entered by mistake."""
    return undone(public_id)


@blueprint.route("/awards/decisions/<code>/consents", methods=["GET", "POST"])
@permission("publish_awards")
def enter_consents(code: str) -> Answer:
    """Which awards stand on the public page, until when."""
    return agreed(code)


@blueprint.route("/awards/consents/<award>/end", methods=["GET", "POST"])
@permission("publish_awards")
def end_publication(award: str) -> Answer:
    """Take an award off the public page."""
    return taken_down(award)


@blueprint.get("/awards/decisions/<code>/file-index.<any(pdf, docx):form>")
@permission("archive_awards")
def show_file_index(code: str, form: str) -> Response:
    """What lies in the file of a decision, and how long it is kept."""
    return index_file(code, form)


@blueprint.route("/awards/fund", methods=["GET", "POST"])
@permission("see_numbers")
def show_fund() -> Answer:
    """The emulation fund: estimated, spent, committed, left."""
    return set_estimate()
