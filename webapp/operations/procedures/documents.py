"""Renders papers of a case: what effects draw before their transaction, and keep within it.

Drawing a paper takes a tenth of a second or more, so it is done before the transaction takes its lock; the
transaction only keeps the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents import render, render_docx, render_xlsx
from webapp.documents.formats import clause
from webapp.models import Campaign, Case, CouncilSession, Paper, Submission
from webapp.operations import hooks
from webapp.operations.hooks import Carrying
from webapp.operations.papers import Drawn, keep_document
from webapp.operations.print_runs import begin_issue
from webapp.queries.agendas import loaded_session
from webapp.queries.amendment_papers import revocation_submission_facts
from webapp.queries.amendments import amending
from webapp.queries.asked_opinions import opinion_request_facts
from webapp.queries.cluster_papers import cluster_minutes_facts
from webapp.queries.council_papers import session_minutes_facts, vote_count_facts
from webapp.queries.decision_kinds import DOCUMENTS as KINDS
from webapp.queries.decisions import decision_of
from webapp.queries.letter_papers import DOCUMENT as LETTER
from webapp.queries.letter_papers import letter_kind, result_letters_facts
from webapp.queries.packet_papers import session_packet_facts
from webapp.queries.plan_papers import DOCUMENT as PLAN
from webapp.queries.plan_papers import plan_paper
from webapp.queries.pledge_papers import pledge_facts
from webapp.queries.receipt_papers import receipt_facts
from webapp.queries.refusal_papers import REFUSALS, refusal_notice_facts
from webapp.queries.registration_list_papers import registration_list_facts
from webapp.queries.review_papers import review_minutes_facts, review_report_facts
from webapp.queries.submission_papers import submission_facts
from webapp.queries.summary_papers import summary_sheet_facts
from webapp.queries.verifications import printed_decision

Params = Mapping[str, Any]
NO_PARAMS: Params = {}
FactsOf = Callable[[Session, Case, Params], Mapping[str, Any]]


def _submission(session: Session, case: Case, _params: Params) -> Mapping[str, Any]:
    found = session.execute(select(Submission).where(Submission.case_id == case.id)).scalar_one()
    return submission_facts(session, found)


def _decision(session: Session, case: Case, _params: Params) -> Mapping[str, Any]:
    return printed_decision(session, decision_of(session, case), current_app.config["SETTINGS"].public_url)


def _amendment(session: Session, case: Case, _params: Params) -> Mapping[str, Any]:
    return printed_decision(session, amending(session, case), current_app.config["SETTINGS"].public_url)


def _of_session(facts_of: Callable[[Session, CouncilSession], Mapping[str, Any]]) -> FactsOf:
    def facts(session: Session, case: Case, _params: Params) -> Mapping[str, Any]:
        query = select(CouncilSession).where(CouncilSession.case_id == case.id)
        return facts_of(session, session.execute(query).scalar_one())

    return facts


def _refusal(session: Session, case: Case, params: Params) -> Mapping[str, Any]:
    return refusal_notice_facts(session, case, params["template"])


def _of_review(facts_of: Callable[[Session, Case, str], Mapping[str, Any]]) -> FactsOf:
    return lambda session, case, params: facts_of(session, case, params["review"])


def _pledge(session: Session, case: Case, params: Params) -> Mapping[str, Any]:
    return pledge_facts(session, case, params.get("version"))


def _plan(session: Session, case: Case, _params: Params) -> Mapping[str, Any]:
    return plan_paper(session, session.get_one(Campaign, case.campaign_id)).facts


DOCUMENTS: dict[str, tuple[FactsOf, str]] = {
    "correction_decision": (_amendment, "Quyết định đính chính"),
    "revocation_decision": (_amendment, "Quyết định hủy bỏ"),
    "revocation_submission": (
        lambda session, case, _params: revocation_submission_facts(session, case),
        "Tờ trình đề nghị hủy bỏ",
    ),
    PLAN: (_plan, "Kế hoạch"),
    "submission": (_submission, "Tờ trình"),
    "decision": (_decision, "Quyết định"),
    "summary_sheet": (_of_session(summary_sheet_facts), "Bảng trích ngang"),
    "vote_count": (_of_session(vote_count_facts), "Biên bản kiểm phiếu"),
    "session_minutes": (_of_session(session_minutes_facts), "Biên bản họp"),
    "session_packet": (_of_session(session_packet_facts), "Tập hồ sơ phiên họp"),
    "pledge": (_pledge, "Bản đăng ký thi đua"),
    "registration_list": (
        lambda session, case, _params: registration_list_facts(session, case),
        "Bản tổng hợp đăng ký",
    ),
    "cluster_minutes": (lambda session, case, _params: cluster_minutes_facts(session, case), "Biên bản"),
    "refusal_notice": (_refusal, "Thông báo"),
    "receipt": (
        lambda session, case, params: receipt_facts(session, case, params["way"]),
        "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    ),
    "opinion_request": (
        lambda session, case, params: opinion_request_facts(session, case, params["task"]),
        "Công văn lấy ý kiến",
    ),
    "review_report": (_of_review(review_report_facts), "Báo cáo"),
    "review_minutes": (_of_review(review_minutes_facts), "Biên bản hội nghị"),
}
"""What each document is made of, and how its file is called."""


def file_name(document: str, code: str, form: str, of: str = "") -> str:
    """What a file is called that somebody saves: ``Biên bản họp PH-2019-0001.docx``; ``of`` tells several apart."""
    return f"{' '.join(filter(None, (DOCUMENTS[document][1], of)))} {code}.{form}"


def _told_apart(document: str, facts: Mapping[str, Any]) -> str:
    """Papers of a review are called by the review."""
    name = DOCUMENTS[document][1]
    if document in ("review_report", "review_minutes"):
        return f"{name} {clause(facts['review']['name'])}"
    return name


def draw_draft(session: Session, case: Case, document: str, form: str) -> bytes:
    """A document of a case as a PDF or Word file of what has been entered so far, marked as a draft; it is not kept.

    Raises UnknownDocumentError where there is no Word file of it.
    """
    return draw_now(session, case, document, form, draft=True)


def draw_plan(session: Session, campaign: Campaign, form: str) -> bytes:
    """The plan of a campaign as a PDF or Word file of the facts of now, a draft until it is published; not kept."""
    paper = plan_paper(session, campaign)
    return _drawn(PLAN, paper.facts, form, draft=paper.draft)


def draw_facts(document: str, facts: Mapping[str, Any], form: str) -> bytes:
    """A letter that belongs to no case, as a PDF or Word file of these facts; it is not kept."""
    return _drawn(document, facts, form, draft=False)


def draw_now(
    session: Session, case: Case, document: str, form: str, *, draft: bool, params: Params = NO_PARAMS
) -> bytes:
    """A document of a case as a PDF, a Word or an Excel file of the facts of now; it is not kept."""
    facts_of, _name = DOCUMENTS[document]
    return _drawn(document, facts_of(session, case, params), form, draft=draft)


def _drawn(document: str, facts: Mapping[str, Any], form: str, *, draft: bool) -> bytes:
    match form:
        case "docx":
            return render_docx(document, facts, draft=draft)
        case "xlsx":
            return render_xlsx(document, facts, draft=draft)
    return render(document, facts, draft=draft).pdf


def draw_letter(session: Session, case: Case, unit_code: str) -> bytes:
    """The letter of a session to a unit as a Word file of the facts of now. Raises LookupError if there is none."""
    letters = result_letters_facts(session, loaded_session(session, case))
    facts = next((facts for unit, facts in letters if unit.code == unit_code), None)
    if facts is None:
        raise LookupError(unit_code)
    return render_docx(LETTER, facts)


@hooks.preparing("render")
def draw_document(session: Session, case: Case, params: Params) -> list[Drawn]:
    """Draw the document the service task names; of a decision that was signed as a file that file is it."""
    signed = params["document"] in KINDS.values() and decision_of(session, case).signed_paper_id is not None
    return [] if signed else [drawn_paper(session, case, params["document"], params)]


@hooks.preparing("render_award_papers")
def draw_award_papers(session: Session, case: Case, params: Params) -> list[Drawn]:
    """Draw the decision, unless a signed file is it."""
    signed = decision_of(session, case).signed_paper_id is not None
    return [] if signed else [drawn_paper(session, case, "decision", params)]


@hooks.preparing("send_invitations")
def draw_reading(session: Session, case: Case, params: Params) -> list[Drawn]:
    """Draw what the council reads before it meets."""
    return [drawn_paper(session, case, document, params) for document in ("summary_sheet", "session_packet")]


@hooks.preparing("deliver_results")
def draw_session_papers(session: Session, case: Case, params: Params) -> list[Drawn]:
    """Draw count and minutes of a session that is over, and a letter to each unit that submitted to it."""
    kept = [drawn_paper(session, case, document, params) for document in ("vote_count", "session_minutes")]
    return kept + _letters(session, case)


def _letters(session: Session, case: Case) -> list[Drawn]:
    return [
        Drawn(
            LETTER,
            f"Thông báo kết quả {case.code} {unit.name}.pdf",
            render(LETTER, facts),
            facts,
            letter_kind(unit),
        )
        for unit, facts in result_letters_facts(session, loaded_session(session, case))
    ]


@hooks.preparing("notify")
def draw_notice(session: Session, case: Case, params: Params) -> list[Drawn]:
    """Draw the paper that goes with a notice of refusal; other notices have none."""
    return [drawn_paper(session, case, "refusal_notice", params)] if params["template"] in REFUSALS else []


def drawn_paper(session: Session, case: Case, document: str, params: Params) -> Drawn:
    """A document of a case, drawn and not yet kept."""
    facts_of, _name = DOCUMENTS[document]
    facts = facts_of(session, case, params)
    name = f"{_told_apart(document, facts)} {case.code}.pdf"
    return Drawn(document, name, render(document, facts), facts, kind=document)


@hooks.carrying("render")
def keep_documents(carrying: Carrying) -> Mapping[str, Any]:
    """Keep what was drawn."""
    return keep_drawn(carrying)


@hooks.carrying("render_award_papers")
def keep_award_papers(carrying: Carrying) -> Mapping[str, Any]:
    """Keep the decision and let its certificates be printed; the run tells the decision when they are there."""
    papers = keep_drawn(carrying)
    return papers | {"run": begin_issue(carrying.transaction, carrying.case, carrying.item.effect_id or "")}


def keep_drawn(carrying: Carrying) -> dict[str, str]:
    """Keep the documents drawn for an effect; SHA-256 by kind. The same paper of the same facts is kept once."""
    return {drawn.kind: _kept(carrying, drawn) for drawn in carrying.prepared or ()}


def _kept(carrying: Carrying, drawn: Drawn) -> str:
    known = carrying.transaction.session.scalar(
        select(Paper.sha256).where(
            Paper.case_id == carrying.case.id,
            Paper.kind == drawn.kind,
            Paper.document_type == drawn.document,
            Paper.facts_digest == drawn.facts_digest,
        )
    )
    if known is not None:
        return known
    return keep_document(carrying.transaction, carrying.case, drawn).sha256
