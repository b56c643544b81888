"""Pages: a session's papers as files, its packet, and the letters with its results to the submitting units."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from webapp.council.views import blueprint
from webapp.extensions import db
from webapp.queries.instances import visible_case
from webapp.queries.session_documents import session_letters
from webapp.ui.access import hidden, signed_in, standing
from webapp.ui.session_files import (
    higher_submission_file,
    letter_file,
    packet_file,
    session_paper_file,
)


@blueprint.get("/council/sessions/<code>/papers/<document>.<any(pdf, docx, xlsx):form>")
@signed_in
def show_session_paper(code: str, document: str, form: str) -> Response:
    """A paper of a session as a file."""
    return session_paper_file(code, document, form)


@blueprint.get("/council/sessions/<code>/packet.pdf")
@signed_in
def show_packet(code: str) -> Response:
    """All that a member reads before the session."""
    return packet_file(code)


@blueprint.get("/council/sessions/<code>/higher-submission.<any(pdf, docx):form>")
@signed_in
def show_higher_submission(code: str, form: str) -> Response:
    """The submission that asks the level above for its awards."""
    return higher_submission_file(code, form)


@blueprint.get("/council/sessions/<code>/letters")
@signed_in
def list_letters(code: str) -> str:
    """The letters of a session the reader may open: for an officer those to their own unit."""
    letters = session_letters(db.session(), standing(), code) or hidden()
    session_known = visible_case(db.session(), standing(), code) is not None
    return render_template(
        "council/list_letters.html", case=letters[0].case, letters=letters, session_known=session_known
    )


@blueprint.get("/council/sessions/<code>/letters/<path:unit>.<any(pdf, docx):form>")
@signed_in
def show_letter(code: str, unit: str, form: str) -> Response:
    """The letter to a unit."""
    return letter_file(code, unit, form)
