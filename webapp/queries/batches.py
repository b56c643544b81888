"""What a unit gathers, signs once and sends up: submission batches and aggregated lists, a page at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Case as Cases
from sqlalchemy import ColumnElement, Select, case, func, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.models import (
    AwardRound,
    Campaign,
    Case,
    RegistrationList,
    RegistrationListLine,
    Submission,
    SubmissionLine,
    Task,
    Unit,
)
from webapp.queries.open_tasks import current_task
from webapp.queries.standing import Standing, visible
from webapp.text import search_key

PAGE_SIZE = 25


@dataclass(frozen=True)
class Batches:
    """One kind of batch: its process, the ``answer`` that ends it well and the day of it, what its lines hang on."""

    process: str
    model: type[Submission | RegistrationList]
    answer: str
    answered_at: InstrumentedAttribute[dt.datetime | None]
    line_of: InstrumentedAttribute[int]
    round: ColumnElement[Any]

    @property
    def states(self) -> tuple[str, ...]:
        """Under way, answered well, ended otherwise."""
        return "open", self.answer, "closed"

    @property
    def state(self) -> Cases[str]:
        """Which of ``states`` a case is in."""
        return case(
            (Case.state != "ended", "open"), (Case.outcome == self.answer, self.answer), else_="closed"
        )


SUBMISSIONS = Batches(
    process="submission",
    model=Submission,
    answer="received",
    answered_at=Submission.received_at,
    line_of=SubmissionLine.submission_id,
    round=select(AwardRound.title).where(AwardRound.id == Submission.round_id).scalar_subquery(),
)
LISTS = Batches(
    process="registration_list",
    model=RegistrationList,
    answer="confirmed",
    answered_at=RegistrationList.confirmed_at,
    line_of=RegistrationListLine.list_id,
    round=null(),
)


@dataclass(frozen=True)
class Wanted:
    """Which batches; empty: all. ``state`` is one of the states of their kind."""

    q: str = ""
    campaign: str = ""
    unit: str = ""
    state: str = ""


@dataclass(frozen=True)
class BatchRow:
    """One line of the table; the task is the open one that is due first, ``round`` None where there are none."""

    code: str
    unit: str
    campaign: str
    round: str | None
    lines: int
    state: str
    outcome: str | None
    signed_at: dt.datetime | None
    answered_at: dt.datetime | None
    task: str | None
    role: str | None
    due: dt.datetime | None


def batch_rows(
    session: Session, standing: Standing, kind: Batches, wanted: Wanted, page: int
) -> list[BatchRow]:
    """One page of the batches of a kind, from 1, the newest first."""
    lines = select(func.count()).where(kind.line_of == kind.model.id).correlate(kind.model).scalar_subquery()
    query = (
        _found(
            kind,
            Case.code,
            Unit.name,
            Campaign.title,
            kind.round,
            lines,
            Case.state,
            Case.outcome,
            kind.model.signed_at,
            kind.answered_at,
            Task.name,
            Task.role,
            Task.due,
        )
        .outerjoin(Task, Task.id == current_task())
        .where(visible(standing), *_narrowed(kind, wanted))
        .order_by(Case.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [BatchRow(*row) for row in session.execute(query)]


def batch_counts(session: Session, standing: Standing, kind: Batches, wanted: Wanted) -> dict[str, int]:
    """Batches of a kind by state, as narrowed by everything else; one statement."""
    whole = _narrowed(kind, replace(wanted, state=""))
    query = _found(kind, kind.state.label("bucket"), func.count()).where(visible(standing), *whole)
    return dict(session.execute(query.group_by("bucket")).all())


def _narrowed(kind: Batches, wanted: Wanted) -> list[ColumnElement[bool]]:
    equal = {Campaign.code: wanted.campaign, Unit.code: wanted.unit}
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value]
    if wanted.state:
        conditions.append(kind.state == wanted.state)
    if words := search_key(wanted.q):
        named = Unit.search_key.contains(words, autoescape=True)
        conditions.append(or_(named, Case.code.contains(words.upper(), autoescape=True)))
    return conditions


def _found(kind: Batches, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(kind.model)
        .join(Case, Case.id == kind.model.case_id)
        .join(Unit, Unit.id == kind.model.unit_id)
        .join(Campaign, Campaign.id == kind.model.campaign_id)
    )
