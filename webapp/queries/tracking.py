"""Nominations wherever they stand: rows of the tracking table and how many stand in which phase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import (
    ScalarSelect,
    Select,
    SQLColumnExpression,
    String,
    Subquery,
    case,
    cast,
    distinct,
    func,
    select,
)
from sqlalchemy.orm import Session, aliased

from webapp.models import (
    Award,
    Campaign,
    Case,
    Decision,
    Nomination,
    Nominee,
    Person,
    Strand,
    Submission,
    SubmissionLine,
    Task,
    Unit,
)
from webapp.queries.open_tasks import current_task, other_open_tasks
from webapp.queries.standing import Standing, visible_among
from webapp.queries.tracking_filters import (
    Sort,
    Wanted,
    cases_of,
    frozen,
    narrowed,
    overdue,
    phase_column,
    phase_rank,
    returned,
)

PAGE_SIZE = 25
NULLABLE = frozenset({"outcome", "holder", "since", "due"})


@dataclass(frozen=True)
class NominationRow:
    """One line of the table. The task is the one due first among the open ones; ``others`` counts the rest.

    ``holder_key`` is the holder's public id.
    """

    code: str
    title: str
    kind: str
    unit: str
    campaign: str
    strand: str
    award: str
    state: str
    stage: str | None
    outcome: str | None
    received_on: dt.date | None
    since: dt.datetime | None
    ended_at: dt.datetime | None
    element: str | None
    task: str | None
    role: str | None
    task_unit: str | None
    holder: str | None
    due: dt.datetime | None
    others: int
    unit_code: str
    campaign_code: str
    strand_code: str
    decision: str | None
    batch: str | None
    process: str
    route: str
    holder_key: str | None = None


@dataclass(frozen=True)
class PhaseCount:
    """How many nominations stand in a phase, and how many of them ask for attention."""

    total: int = 0
    overdue: int = 0
    frozen: int = 0
    returned: int = 0


@dataclass(frozen=True)
class Order:
    """By which column the table is sorted."""

    sort: Sort = "code"
    descending: bool = True


_at, _holder, _dated = aliased(Unit), aliased(Person), aliased(Task)
_batched, _worker = aliased(Case), aliased(Person)


def tracking_rows(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime, order: Order, page: int
) -> list[NominationRow]:
    """One page of the table, from 1.

    The page is cut before tasks are looked at, and everything is joined to it: a fixed cost a row. PostgreSQL leaves
    the order of so many tables as it is written.
    """
    wide = cases_of(wanted, Case.id, sort=order.sort)
    wide = wide.where(visible_among(standing), *narrowed(wanted, standing, now))
    cut = wide.order_by(*_by(order)).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE).subquery()
    return rows_in(session, cut, *_by(order))


def rows_in(session: Session, cut: Subquery, *order: SQLColumnExpression[Any]) -> list[NominationRow]:
    """The lines of the cases whose ids ``cut`` holds."""
    return [NominationRow(*row) for row in session.execute(_joined(cut).order_by(*order))]


def row_ids(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime, order: Order, limit: int
) -> list[int]:
    """Ids of the cases of the whole table in its order, so many at most."""
    query = cases_of(wanted, Case.id, sort=order.sort)
    query = query.where(visible_among(standing), *narrowed(wanted, standing, now))
    return list(session.scalars(query.order_by(*_by(order)).limit(limit)))


def rows_of(session: Session, ids: Sequence[int]) -> list[NominationRow]:
    """The lines of some cases, in the order of ``ids``; some hundreds at once."""
    cut = select(Case.id).where(Case.id.in_(ids)).subquery()
    found = {row[0]: NominationRow(*row[1:]) for row in session.execute(_joined(cut, Case.id))}
    return [found[each] for each in ids if each in found]


def _joined(cut: Subquery, *first: Any) -> Select[Any]:
    """What a line shows, joined to the ids of ``cut``."""
    return (
        select(*first, *_row())
        .select_from(cut)
        .join(Case, Case.id == cut.c.id)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Unit, Unit.id == Case.unit_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(Campaign, Campaign.id == Nomination.campaign_id)
        .outerjoin(Task, Task.id == current_task())
        .outerjoin(_at, _at.id == Task.unit_id)
        .outerjoin(_holder, _holder.id == func.coalesce(Task.holder_id, Task.person_id))
    )


def _row() -> tuple[Any, ...]:
    """The columns of a row, in the order of `NominationRow`."""
    return (
        Case.code,
        Case.title,
        Nominee.kind,
        Unit.name,
        Campaign.title,
        Strand.title,
        Nomination.award,
        Case.state,
        Case.stage,
        Case.outcome,
        Nomination.received_on,
        Case.stage_since,
        Case.ended_at,
        Task.element,
        Task.name,
        Task.role,
        _at.name,
        _holder.name,
        Task.due,
        other_open_tasks(),
        Unit.code,
        Campaign.code,
        Strand.code,
        _decision(),
        _batch(),
        Case.process,
        Nomination.route,
        _holder.public_id,
    )


def _decision() -> ScalarSelect[str]:
    """Number and symbol of the decision with which it was awarded."""
    said = cast(Decision.number, String) + "/" + func.coalesce(Decision.symbol, "")
    query = select(func.max(said)).join(Award, Award.decision_id == Decision.id)
    return query.where(Award.nomination_id == Nomination.id).correlate(Nomination).scalar_subquery()


def _batch() -> ScalarSelect[str]:
    """Code of the batch it was handed in with, the last one."""
    query = select(func.max(_batched.code)).join(Submission, Submission.case_id == _batched.id)
    query = query.join(SubmissionLine, SubmissionLine.submission_id == Submission.id)
    return query.where(SubmissionLine.nomination_id == Nomination.id).correlate(Nomination).scalar_subquery()


def phase_counts(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime
) -> dict[str, PhaseCount]:
    """Nominations by phase as narrowed by everything but ``phase``, ``outcome`` and ``only``; one statement."""
    whole = Wanted(**{**wanted.__dict__, "phase": "", "outcome": "", "only": ""})
    counted = (
        cases_of(
            whole,
            phase_column.label("phase"),
            overdue(now).label("overdue"),
            frozen().label("frozen"),
            returned().label("returned"),
        )
        .where(visible_among(standing), *narrowed(whole, standing, now))
        .subquery()
    )
    query = select(
        counted.c.phase,
        func.count(),
        *(func.sum(case((counted.c[name], 1), else_=0)) for name in ("overdue", "frozen", "returned")),
    ).group_by(counted.c.phase)
    return {phase: PhaseCount(*counts) for phase, *counts in session.execute(query)}


def waiting_on(session: Session, standing: Standing, wanted: Wanted, now: dt.datetime) -> dict[str, int]:
    """How many nominations each role has a task of, under all filters but ``holder``; the most first.

    Suspended ones are among them, as in the rows that the filter shows.
    """
    whole = replace(wanted, holder="")
    count = func.count(distinct(Task.case_id))
    # Gathered first: joined, the rows of all cases with open tasks would be read.
    cases = cases_of(whole, Case.id).where(Case.state.in_(("active", "frozen")), visible_among(standing))
    query = (
        select(Task.role, count)
        .where(Task.status == "open", Task.case_id.in_(cases.where(*narrowed(whole, standing, now))))
        .group_by(Task.role)
        .order_by(count.desc(), Task.role)
    )
    return dict(session.execute(query).all())


def count_nominations(session: Session, standing: Standing, wanted: Wanted, now: dt.datetime) -> int:
    """How many nominations fit."""
    query = cases_of(wanted, func.count()).where(visible_among(standing), *narrowed(wanted, standing, now))
    total: int = session.execute(query).scalar_one()
    return total


def _by(order: Order) -> Sequence[SQLColumnExpression[Any]]:
    """The order, nothing (no due time, no stage) last, and equal ones by age."""
    still_open = (_dated.case_id == Case.id, _dated.status == "open")
    due = select(func.min(_dated.due)).where(*still_open).scalar_subquery()
    # Written so that SQLite looks the tasks up by their case, and not through all open ones once for each.
    of_case = (_dated.case_id == Case.id, func.coalesce(_dated.status, "") == "open")
    holder = (
        select(func.min(func.coalesce(_worker.sort_key, _dated.role)))
        .select_from(_dated)
        .outerjoin(_worker, _worker.id == func.coalesce(_dated.holder_id, _dated.person_id))
        .where(*of_case)
        .scalar_subquery()
    )
    columns: dict[Sort, SQLColumnExpression[Any]] = {
        "code": Case.id,
        "name": Nominee.sort_key,
        "unit": Unit.sort_key,
        "strand": Strand.position,
        "award": Nomination.award,
        "phase": phase_rank,
        "outcome": Case.outcome,
        "holder": holder,
        "since": Case.stage_since,
        "due": due,
    }
    column = columns[order.sort]
    if order.sort == "code":
        return [column.desc() if order.descending else column.asc()]
    first = [column.is_(None)] if order.sort in NULLABLE else []
    return [*first, column.desc() if order.descending else column.asc(), Case.id.desc()]
