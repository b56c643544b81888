"""Pages: certificates of a decision are printed, one run with its file, letters of thanks."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp.awards.printing import (
    cancelled,
    chosen,
    letter_taken_back,
    letters,
    retried,
    run_file,
    shown_run,
)
from webapp.ui.access import permission
from webapp.ui.filling import Answer

blueprint = Blueprint("prints", __name__, template_folder="templates")


@blueprint.route("/awards/decisions/<code>/print", methods=["GET", "POST"])
@permission("print_awards")
def print_decision(code: str) -> Answer:
    """Choose what of a decision is printed, and begin."""
    return chosen(code)


@blueprint.get("/awards/prints/<public_id>")
@permission("print_awards")
def show_run(public_id: str) -> str:
    """How far a run has come, and its file."""
    return shown_run(public_id)


@blueprint.get("/awards/prints/<public_id>/file")
@permission("print_awards")
def show_run_file(public_id: str) -> Response:
    """What a run has printed."""
    return run_file(public_id)


@blueprint.post("/awards/prints/<public_id>/cancel")
@permission("print_awards")
def cancel_run(public_id: str) -> Response:
    """Print no more of it."""
    return cancelled(public_id)


@blueprint.post("/awards/prints/<public_id>/retry")
@permission("print_awards")
def retry_run(public_id: str) -> Response:
    """Go on with what failed or was cancelled."""
    return retried(public_id)


@blueprint.route("/awards/decisions/<code>/letters", methods=["GET", "POST"])
@permission("print_awards")
def list_letters(code: str) -> Answer:
    """The letters of thanks beside a decision; one is made."""
    return letters(code)


@blueprint.post("/awards/letters/<public_id>/take-back")
@permission("print_awards")
def take_letter_back(public_id: str) -> Response:
    """Let a letter of thanks hold no more."""
    return letter_taken_back(public_id)
