"""What a submission batch carries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    AwardRound,
    Case,
    Nomination,
    Nominee,
    Strand,
    Submission,
    SubmissionLine,
)


@dataclass(frozen=True)
class Line:
    """One nomination of a batch; ``result``: received, returned, or empty while the batch has not come in."""

    code: str
    name: str
    kind: str
    strand: str
    award: str
    result: str | None
    reason: str | None


@dataclass(frozen=True)
class SubmissionFacts:
    """For which round a batch is, and when it was signed, received and must be answered."""

    id: int
    round: str
    signed_at: dt.datetime | None
    received_at: dt.datetime | None
    return_by: dt.datetime | None


@dataclass(frozen=True)
class SubmissionPage:
    """One batch beside its case."""

    facts: SubmissionFacts
    lines: tuple[Line, ...]


def submission_page(session: Session, case_id: int) -> SubmissionPage:
    """The batch of a case; two statements."""
    row = session.execute(
        select(
            Submission.id,
            AwardRound.title,
            Submission.signed_at,
            Submission.received_at,
            Submission.return_by,
        )
        .join(AwardRound, AwardRound.id == Submission.round_id)
        .where(Submission.case_id == case_id)
    ).one()
    facts = SubmissionFacts(*row)
    return SubmissionPage(facts, _lines(session, facts.id))


def _lines(session: Session, submission_id: int) -> tuple[Line, ...]:
    rows = session.execute(
        select(
            Case.code,
            Case.title,
            Nominee.kind,
            Strand.title,
            Nomination.award,
            SubmissionLine.result,
            SubmissionLine.reason,
        )
        .join(Nomination, Nomination.case_id == Case.id)
        .join(SubmissionLine, SubmissionLine.nomination_id == Nomination.id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .where(SubmissionLine.submission_id == submission_id)
        .order_by(SubmissionLine.position)
    )
    return tuple(Line(*row) for row in rows)
