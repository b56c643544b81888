"""A session's papers as files, for its pages and for the API; that somebody reads one is noted."""

from __future__ import annotations

from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_facts, draw_letter, draw_now, file_name
from webapp.queries.agendas import loaded_session
from webapp.queries.higher_submissions import has_higher, higher_submission_facts
from webapp.queries.instances import visible_case
from webapp.queries.session_documents import kept_paper, session_document, session_letter, session_packet
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response, opened_paper
from workflows.events import DossierRead

HIGHER_SUBMISSION = "higher_submission"


def session_paper_file(code: str, document: str, form: str) -> Response:
    """A paper of a session as pdf, docx or xlsx: of the facts of now, or the PDF of what has been drawn up for good.

    404 for what is not there, or not for the reader.
    """
    found = session_document(db.session(), standing(), code, document, form) or hidden()
    if form == "pdf" and not found.draft:
        return opened_paper(kept_paper(db.session(), found.case, document) or hidden())
    _note_dossier(code)
    content = draw_now(db.session(), found.case, document, form, draft=found.draft)
    return drawn_response(content, file_name(document, code, form))


def packet_file(code: str) -> Response:
    """All that a member reads before the session, as it was drawn when the members were invited; or 404."""
    return opened_paper(session_packet(db.session(), standing(), code) or hidden())


def letter_file(code: str, unit: str, form: str) -> Response:
    """The letter to a unit: the PDF as it was kept, or a Word file to go on writing in; or 404."""
    letter = session_letter(db.session(), standing(), code, unit) or hidden()
    if form == "pdf":
        return opened_paper(letter.paper)
    _note_dossier(code)
    filename = f"{letter.paper.filename.rpartition('.')[0]}.{form}"
    return drawn_response(draw_letter(db.session(), letter.case, unit), filename)


def higher_submission_file(code: str, form: str) -> Response:
    """The submission of a session to the level above, of the facts of now, to be signed on paper; or 404."""
    case = visible_case(db.session(), standing(), code)
    if case is None or not has_higher(db.session(), case):
        hidden()
    _note_dossier(code)
    facts = higher_submission_facts(db.session(), loaded_session(db.session(), case))
    return drawn_response(draw_facts(HIGHER_SUBMISSION, facts, form), f"Tờ trình khen cao {code}.{form}")


def _note_dossier(code: str) -> None:
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
