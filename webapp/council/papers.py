"""Pages: a session's papers as files, its packet, and the letters with its results to the submitting units."""

from __future__ import annotations

from flask import render_template
from werkzeug.wrappers import Response

from webapp.council.views import blueprint
from webapp.extensions import db
from webapp.models import Paper
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_letter, draw_now
from webapp.queries.instances import visible_case
from webapp.queries.session_documents import (
    kept_paper,
    session_document,
    session_letter,
    session_letters,
    session_packet,
)
from webapp.ui.access import hidden, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response, paper_response
from workflows.events import DossierRead, PaperRead


@blueprint.get("/council/sessions/<code>/papers/<document>.<any(pdf, docx, xlsx):form>")
@signed_in
def show_session_paper(code: str, document: str, form: str) -> Response:
    """A paper of a session as a file: of the facts of now, but for the PDF of what has been drawn up for good."""
    found = session_document(db.session(), standing(), code, document, form) or hidden()
    if form == "pdf" and not found.draft:
        return _kept(kept_paper(db.session(), found.case, document) or hidden())
    _note_dossier(code)
    content = draw_now(db.session(), found.case, document, form, draft=found.draft)
    return drawn_response(content, f"{document} {code}.{form}")


@blueprint.get("/council/sessions/<code>/packet.pdf")
@signed_in
def show_packet(code: str) -> Response:
    """All that a member reads before the session, as it was drawn when the members were invited."""
    return _kept(session_packet(db.session(), standing(), code) or hidden())


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
    """The letter to a unit: the PDF as it was kept, or a Word file to go on writing in."""
    letter = session_letter(db.session(), standing(), code, unit) or hidden()
    if form == "pdf":
        return _kept(letter.paper)
    _note_dossier(code)
    filename = f"{letter.paper.filename.rpartition('.')[0]}.{form}"
    return drawn_response(draw_letter(db.session(), letter.case, unit), filename)


def _kept(paper: Paper) -> Response:
    actor, now = actor_and_now()
    record_access(PaperRead(paper=paper.public_id), actor=actor, now=now)
    return paper_response(paper)


def _note_dossier(code: str) -> None:
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
