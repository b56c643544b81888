"""Pages: the text of a decision – its versions, its legal check, its submission, what came back from Word."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from webapp.awards.check_words import checked_decision
from webapp.awards.final_texts import decided, shown_text, taken_back, text_form
from webapp.awards.texts import PROCESS, decision_file, submission_file, version_file
from webapp.awards.versions import shown_versions
from webapp.ui.access import permission, signed_in
from webapp.ui.filling import Answer

blueprint = Blueprint("decisions", __name__, template_folder="templates")


@blueprint.get("/awards/decisions/<code>/versions")
@signed_in
def show_versions(code: str) -> str:
    """The versions of a decision, and two of them compared."""
    return render_template("awards/show_versions.html", shown=shown_versions(code))


@blueprint.get("/awards/decisions/<code>/versions/<int(max=9999):number>.<any(pdf, docx):form>")
@signed_in
def show_version(code: str, number: int, form: str) -> Response:
    """A version as a file; in Word against an earlier one, with the changes tracked."""
    return version_file(code, number, form)


@blueprint.get("/awards/decisions/<code>/decision.docx")
@signed_in
def show_word(code: str) -> Response:
    """The decision as it stands now, as a Word file."""
    return decision_file(code, PROCESS)


@blueprint.get("/awards/decisions/<code>/submission.<any(pdf, docx):form>")
@signed_in
def show_submission(code: str, form: str) -> Response:
    """The submission of the draft to whoever signs it."""
    return submission_file(code, form)


@blueprint.get("/awards/decisions/<code>/checks")
@signed_in
def show_checks(code: str) -> str:
    """The legal check of a decision."""
    case, checks = checked_decision(code)
    return render_template("awards/show_checks.html", case=case, checks=checks)


@blueprint.get("/awards/decisions/<code>/final-text")
@permission("issue_awards")
def new_final_text(code: str) -> str:
    """Take the text of a decision back that was edited in Word."""
    return text_form(code)


@blueprint.post("/awards/decisions/<code>/final-text")
@permission("issue_awards")
def take_final_text(code: str) -> Answer:
    """Compare the file with our list and keep it."""
    return taken_back(code)


@blueprint.get("/awards/decisions/<code>/final-texts/<public_id>")
@signed_in
def show_final_text(code: str, public_id: str) -> str:
    """A text that came back, and in what its list differs from ours."""
    return shown_text(code, public_id)


@blueprint.post("/awards/decisions/<code>/final-texts/<public_id>")
@permission("issue_awards")
def decide_final_text(code: str, public_id: str) -> Answer:
    """Accept the differences of a text, or refuse it."""
    return decided(code, public_id)
