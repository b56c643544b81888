"""Copies of a decision: to whom they go, and to whom they went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ScalarSelect, and_, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import (
    Award,
    AwardCorrection,
    Case,
    Decision,
    DecisionCopy,
    Nomination,
    Paper,
    Revocation,
    RevokedAward,
    Task,
    Unit,
)
from webapp.queries.amendment_papers import DRAFTS
from webapp.queries.amendments import PROCESSES
from webapp.queries.award_papers import DRAFT
from webapp.queries.facts import ARCHIVE, recipients
from webapp.queries.latest_entries import latest_entry
from webapp.queries.nomination_choices import Choice
from webapp.queries.reminders import REMINDED
from webapp.queries.standing import Standing

REFERS = "như "
"""Recipients that only point at an article of the decision: “Như Điều 3”."""
MOST = 200
"""Decisions that are listed for a unit."""

SENDERS = ("clerk",)
"""Who sends the decisions of their unit."""

_DRAFTS = {"award_issuance": DRAFT} | {PROCESSES[kind]: form for kind, form in DRAFTS.items()}
"""By process the form that names the recipients."""

_paper = aliased(Paper)


@dataclass(frozen=True)
class SentCopy:
    """One copy that was sent."""

    recipient: str
    way: str
    sent_on: dt.date


@dataclass(frozen=True)
class ReceivedDecision:
    """A decision that was sent to a unit of the reader; ``paper`` is its file of record by its public id."""

    title: str
    number: int | None
    symbol: str | None
    dated_on: dt.date | None
    body: str
    recipient: str
    sent_on: dt.date
    paper: str | None


def copy_recipients(session: Session, case: Case) -> Sequence[Choice]:
    """Who gets the decision: whom its text names, and the units that nominated whom it is about (by their code)."""
    typed = recipients(latest_entry(session, case, _DRAFTS[case.process]).get("copies_to"))
    named = [each for each in typed if not each.startswith(ARCHIVE) and not each.lower().startswith(REFERS)]
    return [*((each, each) for each in dict.fromkeys(named)), *_nominating(session, case)]


def unsent_recipients(session: Session, case: Case) -> Sequence[Choice]:
    """Those of them to whom no copy is recorded yet."""
    query = select(DecisionCopy.recipient, Unit.code).outerjoin(Unit, Unit.id == DecisionCopy.unit_id)
    sent = query.join(Decision, Decision.id == DecisionCopy.decision_id).where(Decision.case_id == case.id)
    known = {unit or recipient for recipient, unit in session.execute(sent)}
    return [each for each in copy_recipients(session, case) if each[0] not in known]


def _nominating(session: Session, case: Case) -> list[Choice]:
    decision = select(Decision.id).where(Decision.case_id == case.id).scalar_subquery()
    corrected = select(AwardCorrection.award_id).where(AwardCorrection.decision_id == decision)
    revoked = (
        select(RevokedAward.award_id)
        .join(Revocation, Revocation.id == RevokedAward.revocation_id)
        .where(Revocation.decision_id == decision)
    )
    about = or_(Award.decision_id == decision, Award.id.in_(corrected), Award.id.in_(revoked))
    nominated = (
        select(Case.unit_id)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(Award, Award.nomination_id == Nomination.id)
        .where(about, Case.unit_id != case.organiser_id)
    )
    query = select(Unit.code, Unit.name).where(Unit.id.in_(nominated)).order_by(Unit.sort_key)
    return [(code, name) for code, name in session.execute(query)]


def copies_values(session: Session, task: Task) -> dict[str, Any]:
    """A row for each recipient, as it is usually sent."""
    offered = copy_recipients(session, task.case)
    return {"copies": [{"recipient": value, "way": "document_system"} for value, _text in offered]}


def sent_copies(session: Session, case: Case) -> list[SentCopy]:
    """The copies of a decision that were sent, as they were entered."""
    query = (
        select(DecisionCopy.recipient, DecisionCopy.way, DecisionCopy.sent_on)
        .join(Decision, Decision.id == DecisionCopy.decision_id)
        .where(Decision.case_id == case.id)
        .order_by(DecisionCopy.id)
    )
    return [SentCopy(*row) for row in session.execute(query)]


def received_decisions(session: Session, standing: Standing) -> list[ReceivedDecision]:
    """The decisions that were sent to the units somebody works for, the newest first; each with the file of record."""
    query = (
        select(
            Decision.title,
            Decision.number,
            Decision.symbol,
            Decision.dated_on,
            Unit.name,
            DecisionCopy.recipient,
            DecisionCopy.sent_on,
            _paper_of_record().label("paper"),
        )
        .join(Decision, Decision.id == DecisionCopy.decision_id)
        .join(Unit, Unit.id == Decision.unit_id)
        .where(DecisionCopy.unit_id.in_(standing.units(*REMINDED)))
        .order_by(DecisionCopy.sent_on.desc(), DecisionCopy.id.desc())
        .limit(MOST)
    )
    return [ReceivedDecision(*row) for row in session.execute(query)]


def received_paper(session: Session, standing: Standing, paper_id: str) -> Paper | None:
    """The file of record of a decision that was sent to a unit somebody works for."""
    return session.scalar(
        select(Paper)
        .join(Decision, Decision.case_id == Paper.case_id)
        .join(DecisionCopy, DecisionCopy.decision_id == Decision.id)
        .where(
            Paper.public_id == paper_id,
            Paper.public_id == _paper_of_record(),
            DecisionCopy.unit_id.in_(standing.units(*REMINDED)),
        )
        .limit(1)
    )


def _paper_of_record() -> ScalarSelect[str]:
    """The signed file of a Decision, or else the newest paper that it was drawn as; a subquery."""
    signed = Decision.signed_paper_id
    of_record = or_(
        _paper.id == signed,
        and_(signed.is_(None), _paper.case_id == Decision.case_id, _paper.document_type.endswith("decision")),
    )
    found = select(_paper.public_id).where(of_record).order_by(_paper.id.desc()).limit(1)
    return found.correlate(Decision).scalar_subquery()
