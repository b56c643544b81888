"""``/api/v1/council-sessions``: what members read before they vote, questions and answers, papers as files."""

from __future__ import annotations

import secrets
from typing import Any

from werkzeug.wrappers import Response

from webapp.api import reading_shapes as shapes
from webapp.api.description import Part
from webapp.api.papers import READ
from webapp.api.shapes import KeyHeader
from webapp.extensions import db
from webapp.operations import questions
from webapp.queries.findings import targets_of
from webapp.queries.papers import case_papers
from webapp.queries.rule_names import rule_names
from webapp.queries.session_documents import session_letters
from webapp.queries.session_nominees import ReadSession, nominee_columns, read_session
from webapp.queries.session_questions import session_questions
from webapp.ui import session_files
from webapp.ui.access import hidden, signed_in, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.inspections import note_inspection

part = Part(
    "session_readings",
    "/council-sessions",
    "What members read before they vote; its papers as files.",
)


def _read(code: str) -> ReadSession:
    return read_session(db.session(), standing(), code, today()) or hidden()


@part.get("/<code>/nominees/<nomination>")
@signed_in
@part.response(200, shapes.ReadNominee)
def show_nominee(code: str, nomination: str) -> dict[str, Any]:
    """One nominee: the dossier, what each level has found, points to note, papers; auditors are noted."""
    session, read = db.session(), _read(code)
    place = read.at(nomination) or hidden()
    note_inspection(nomination)
    [column] = nominee_columns(session, read, [place], rule_names(session).awards)
    papers = case_papers(session, place.nomination.case_id, standing())
    targets = targets_of(session, place.nomination.registration_id)
    return {"session": code, "column": column, "targets": targets, "papers": papers}


@part.get("/<code>/questions")
@signed_in
@part.response(200, shapes.Questions)
def list_questions(code: str) -> dict[str, Any]:
    """Questions on the session and its nominees with the answers, as all its members read them."""
    return {"items": session_questions(db.session(), _read(code).held.id)}


@part.post("/<code>/questions")
@signed_in
@part.arguments(KeyHeader, location="headers")
@part.arguments(shapes.NewQuestion)
@part.response(201, shapes.AskedQuestion)
def ask_question(headers: dict[str, str], data: dict[str, Any], code: str) -> dict[str, str]:
    """Ask, as a member, on the session or on one of its nominees; repeated under its key it is asked once."""
    actor, now = actor_and_now()
    key = headers["key"] or secrets.token_hex(16)
    asked = questions.ask_question(code, data["text"], key, data["nomination"], actor=actor, now=now)
    return {"id": asked}


@part.post("/<code>/questions/<question>/answer")
@signed_in
@part.arguments(shapes.NewAnswer)
@part.response(204)
def answer_question(data: dict[str, Any], code: str, question: str) -> None:
    """Answer a question, as the secretary, or correct the answer."""
    actor, now = actor_and_now()
    questions.answer_question(code, question, data["answer"], actor=actor, now=now)


@part.get("/<code>/papers/<document>.<any(pdf, docx, xlsx):form>")
@signed_in
@part.doc(responses=READ)
def show_session_paper(code: str, document: str, form: str) -> Response:
    """summary_sheet, vote_count or session_minutes: of the facts of now until it is drawn up."""
    return session_files.session_paper_file(code, document, form)


@part.get("/<code>/packet.pdf")
@signed_in
@part.doc(responses=READ)
def show_packet(code: str) -> Response:
    """All that a member reads before the session, to read offline."""
    return session_files.packet_file(code)


@part.get("/<code>/letters")
@signed_in
@part.response(200, shapes.Letters)
def list_letters(code: str) -> dict[str, Any]:
    """The letters with the results to the submitting units, as far as the owner of the token may read them."""
    return {"items": session_letters(db.session(), standing(), code) or hidden()}


@part.get("/<code>/letters/<path:unit>.<any(pdf, docx):form>")
@signed_in
@part.doc(responses=READ)
def show_letter(code: str, unit: str, form: str) -> Response:
    """The letter to a unit: as it was kept, or as a Word file."""
    return session_files.letter_file(code, unit, form)
