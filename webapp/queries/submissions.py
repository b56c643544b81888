"""Submission batches: the list, and what one carries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from webapp.models import (
    AwardRound,
    Campaign,
    Case,
    Nomination,
    Nominee,
    Strand,
    Submission,
    SubmissionLine,
    Task,
    Unit,
)
from webapp.queries.open_tasks import current_task
from webapp.queries.sent_lists import PAGE_SIZE, Wanted, narrowed, state_by
from webapp.queries.standing import Standing, visible

STATES = ("open", "received", "closed")


@dataclass(frozen=True)
class SubmissionRow:
    """One line of the list; the task is the open one that is due first."""

    code: str
    unit: str
    campaign: str
    round: str
    lines: int
    state: str
    outcome: str | None
    signed_at: dt.datetime | None
    received_at: dt.datetime | None
    return_by: dt.datetime | None
    task: str | None
    role: str | None
    due: dt.datetime | None


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


state_column = state_by("received")


def submission_rows(session: Session, standing: Standing, wanted: Wanted, page: int) -> list[SubmissionRow]:
    """One page of the list, from 1, the newest first."""
    lines = (
        select(func.count())
        .where(SubmissionLine.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery()
    )
    query = (
        _found(
            Case.code,
            Unit.name,
            Campaign.title,
            AwardRound.title,
            lines,
            Case.state,
            Case.outcome,
            Submission.signed_at,
            Submission.received_at,
            Submission.return_by,
            Task.name,
            Task.role,
            Task.due,
        )
        .outerjoin(Task, Task.id == current_task())
        .where(visible(standing), *narrowed(wanted, state_column))
        .order_by(Case.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [SubmissionRow(*row) for row in session.execute(query)]


def submission_counts(session: Session, standing: Standing, wanted: Wanted) -> dict[str, int]:
    """Batches by state, as narrowed by everything else; one statement."""
    whole = replace(wanted, state="")
    query = _found(state_column.label("bucket"), func.count()).where(
        visible(standing), *narrowed(whole, state_column)
    )
    return dict(session.execute(query.group_by("bucket")).all())


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


def _found(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Submission)
        .join(Case, Case.id == Submission.case_id)
        .join(Unit, Unit.id == Submission.unit_id)
        .join(AwardRound, AwardRound.id == Submission.round_id)
        .join(Campaign, Campaign.id == Submission.campaign_id)
    )
