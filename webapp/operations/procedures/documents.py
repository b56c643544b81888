"""Renders papers of a case: the effect of a service task that names a document.

Drawing a paper takes a tenth of a second or more, so it is done before the transaction takes its lock; the
transaction only keeps the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.documents import render
from webapp.models import Case, Decision, Submission
from webapp.operations import hooks
from webapp.operations.hooks import Carrying
from webapp.operations.papers import keep_document
from webapp.queries.award_papers import certificate_facts, decision_facts
from webapp.queries.submission_papers import submission_facts
from workflows.record import digest


@dataclass(frozen=True)
class Drawn:
    """A document that is drawn and not yet kept."""

    document: str
    filename: str
    pdf: bytes
    facts_digest: str


def _submission(session: Session, case: Case) -> Mapping[str, Any]:
    found = session.execute(select(Submission).where(Submission.case_id == case.id)).scalar_one()
    return submission_facts(session, found)


def _decision(session: Session, case: Case) -> Decision:
    return session.execute(select(Decision).where(Decision.case_id == case.id)).scalar_one()


FACTS: dict[str, tuple[Callable[[Session, Case], Mapping[str, Any]], str]] = {
    "submission": (_submission, "To trinh {code}.pdf"),
    "decision": (
        lambda session, case: decision_facts(session, _decision(session, case)),
        "Quyet dinh {code}.pdf",
    ),
    "certificate": (
        lambda session, case: certificate_facts(session, _decision(session, case)),
        "Giay khen {code}.pdf",
    ),
}


@hooks.preparing("render")
def draw_document(session: Session, case: Case, params: Mapping[str, Any]) -> list[Drawn]:
    """Draw the document the service task names."""
    return [_drawn(session, case, params["document"])]


@hooks.preparing("render_award_papers")
def draw_award_papers(session: Session, case: Case, params: Mapping[str, Any]) -> list[Drawn]:
    """Draw the decision and all its certificates."""
    return [_drawn(session, case, document) for document in ("decision", "certificate")]


def _drawn(session: Session, case: Case, document: str) -> Drawn:
    facts_of, filename = FACTS[document]
    facts = facts_of(session, case)
    return Drawn(document, filename.format(code=case.code), render(document, facts).pdf, digest(facts))


@hooks.carrying("render")
def keep_documents(carrying: Carrying) -> Mapping[str, Any]:
    """Keep what was drawn."""
    return _kept_all(carrying)


def _kept_all(carrying: Carrying) -> Mapping[str, Any]:
    return {drawn.document: _kept(carrying, drawn) for drawn in carrying.prepared}


@hooks.carrying("render_award_papers")
def keep_award_papers(carrying: Carrying) -> Mapping[str, Any]:
    """Keep decision and certificates, and tell the decision that its papers are there."""
    papers = _kept_all(carrying)
    message_id = f"{carrying.case.code}/{carrying.item.effect_id}"
    carrying.transaction.promise("papers_ready", {}, receiver_id=carrying.case.id, message_id=message_id)
    return papers


def _kept(carrying: Carrying, drawn: Drawn) -> str:
    paper = keep_document(
        carrying.transaction, carrying.case, drawn.document, drawn.filename, drawn.pdf, drawn.facts_digest
    )
    return paper.sha256
