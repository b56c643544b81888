"""Pages: the blanks certificates are printed on, one of them with its preview, its test sheet."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp.awards.blanks import (
    changed,
    deleted,
    preview_picture,
    shown_blanks,
    started,
    test_sheet,
)
from webapp.ui.access import permission
from webapp.ui.filling import Answer

blueprint = Blueprint("blanks", __name__, template_folder="templates")


@blueprint.get("/awards/blanks")
@permission("print_awards")
def list_blanks() -> str:
    """The blanks of the units whose certificates one prints."""
    return shown_blanks()


@blueprint.route("/awards/blanks/new/<kind>", methods=["GET", "POST"])
@permission("print_awards")
def new_blank(kind: str) -> Answer:
    """Measure a blank of a type of certificate."""
    return started(kind)


@blueprint.route("/awards/blanks/<public_id>", methods=["GET", "POST"])
@permission("print_awards")
def edit_blank(public_id: str) -> Answer:
    """Measure a blank anew."""
    return changed(public_id)


@blueprint.post("/awards/blanks/<public_id>/delete")
@permission("print_awards")
def delete_blank(public_id: str) -> Response:
    """Delete a blank."""
    return deleted(public_id)


@blueprint.get("/awards/blanks/preview/<kind>.svg")
@permission("print_awards")
def show_preview(kind: str) -> Response:
    """What is typed in the form, as a picture of the sheet."""
    return preview_picture(kind)


@blueprint.get("/awards/blanks/test-sheet/<kind>.pdf")
@permission("print_awards")
def show_test_sheet(kind: str) -> Response:
    """What is typed in the form, as a sheet with rulers to be printed on plain paper."""
    return test_sheet(kind)
