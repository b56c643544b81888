"""Pages: one certificate, its reissue, its paper."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp.awards.certificates import certificate_file, reissued, shown_certificate
from webapp.ui.access import permission
from webapp.ui.filling import Answer

blueprint = Blueprint("certificates", __name__, template_folder="templates")


@blueprint.get("/awards/certificates/<public_id>")
@permission("see_awards")
def show_certificate(public_id: str) -> str:
    """A certificate with all its issues."""
    return shown_certificate(public_id)


@blueprint.route("/awards/certificates/<public_id>/reissue", methods=["GET", "POST"])
@permission("print_awards")
def reissue_certificate(public_id: str) -> Answer:
    """Make a certificate anew, with the reason."""
    return reissued(public_id)


@blueprint.get("/awards/certificates/<public_id>/paper.pdf")
@permission("print_awards")
def print_certificate(public_id: str) -> Response:
    """The certificate to be printed, on plain paper or with ``?blank`` on a blank."""
    return certificate_file(public_id)
