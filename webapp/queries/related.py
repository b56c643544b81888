"""The nominations a case of many is about: those of a submission, an agenda, a decision."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from webapp.models import (
    AgendaItem,
    Award,
    Case,
    CouncilSession,
    Decision,
    Nomination,
    Strand,
    Submission,
    SubmissionLine,
    Unit,
)


@dataclass(frozen=True)
class RelatedCase:
    """A nomination as it is listed beside a task; ``outcome`` once its case has ended."""

    code: str
    title: str
    unit: str
    strand: str
    state: str
    outcome: str | None


def related_cases(session: Session, case_id: int) -> tuple[RelatedCase, ...]:
    """Nominations on the submission, the agenda or the decision of a case, in their order; else none."""
    listed = union_all(
        select(SubmissionLine.nomination_id, SubmissionLine.position)
        .join(Submission)
        .where(Submission.case_id == case_id),
        select(AgendaItem.nomination_id, AgendaItem.position)
        .join(CouncilSession)
        .where(CouncilSession.case_id == case_id),
        select(Award.nomination_id, Award.position).join(Award.decision).where(Decision.case_id == case_id),
    ).subquery()
    rows = session.execute(
        select(Case.code, Case.title, Unit.name, Strand.title, Case.state, Case.outcome)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(listed, listed.c.nomination_id == Nomination.id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(Unit, Unit.id == Case.unit_id)
        .order_by(listed.c.position)
    )
    return tuple(RelatedCase(*row) for row in rows)
