"""The text of a decision as files: a version, the newest one, its submission; what its page says of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, current_app, request
from werkzeug.wrappers import Response

from webapp.documents import render, render_docx
from webapp.extensions import db
from webapp.models import Case, FinalText
from webapp.operations.access import record_access
from webapp.queries.award_papers import initialled_by
from webapp.queries.decision_kinds import DOCUMENTS
from webapp.queries.decision_versions import (
    final_texts,
    may_edit,
    newest_version,
    takes_texts,
    version_facts,
    version_rows,
)
from webapp.queries.decisions import decision_of
from webapp.queries.submission_of_decision import decision_submission_facts
from webapp.queries.verifications import printed_decision
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response
from webapp.ui.shown_cases import shown_case
from workflows.events import DossierRead

PROCESS = "award_issuance"


@dataclass(frozen=True)
class ShownTexts:
    """What there is of the text of a decision: how many versions, who initialled it, what came back from Word."""

    versions: int
    initialled: list[tuple[str, str]]
    came_back: list[FinalText]
    may_bring: bool


def shown_texts(case: Case) -> ShownTexts:
    """The text of the decision of a case the reader may know of."""
    session = db.session()
    may_bring = may_edit(standing(), case) and takes_texts(session, case)
    versions = len(version_rows(session, case))
    return ShownTexts(versions, initialled_by(session, case), final_texts(session, case), may_bring)


def version_file(code: str, number: int, form: str) -> Response:
    """A version as a draft; ``?against=`` marks what came and went since an earlier one, in Word."""
    case = shown_case(code, PROCESS).page.case
    facts = version_facts(db.session(), case, number) or abort(404)
    name = f"Quyết định {code} bản {number}"
    if form == "pdf":
        return _read(case, render("decision", facts, draft=True).pdf, f"{name}.pdf")
    word = render_docx("decision", facts, draft=True)
    if against := request.args.get("against", type=int):
        from webapp.documents.tracked import tracked  # few processes make Office files

        rows = {each.number: each for each in version_rows(db.session(), case)}
        if against not in rows:
            abort(404)
        earlier, row = version_facts(db.session(), case, against) or {}, rows[number]
        word = tracked(render_docx("decision", earlier, draft=True), word, row.by, row.made_at)
        name = f"{name} so với bản {against}"
    return _read(case, word, f"{name}.docx")


def decision_file(code: str, *processes: str) -> Response:
    """The decision of a case of these processes as it stands now as a Word file, a draft while it has no number."""
    case = shown_case(code, *processes).page.case
    decision = decision_of(db.session(), case)
    if decision.signer is None:  # nothing is drafted yet
        abort(404)
    facts = printed_decision(db.session(), decision, current_app.config["SETTINGS"].public_url)
    word = render_docx(DOCUMENTS[decision.kind], facts, draft=decision.number is None)
    return _read(case, word, f"Quyết định {code}.docx")


def submission_file(code: str, form: str) -> Response:
    """The submission of the newest version, a draft until the head of office has submitted it."""
    case = shown_case(code, PROCESS).page.case
    version = newest_version(db.session(), case) or abort(404)
    facts = decision_submission_facts(db.session(), decision_of(db.session(), case), version)
    draft, name = facts["signature"]["name"] is None, f"Tờ trình {code}.{form}"
    if form == "pdf":
        return _read(case, render("decision_submission", facts, draft=draft).pdf, name)
    return _read(case, render_docx("decision_submission", facts, draft=draft), name)


def _read(case: Case, content: bytes, name: str) -> Response:
    """The file for this answer; that it was read is noted."""
    actor, now = actor_and_now()
    record_access(DossierRead(case=case.code), actor=actor, now=now)
    return drawn_response(content, name)
