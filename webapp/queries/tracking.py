"""Nominations wherever they stand: rows of the tracking table and how many stand in which phase."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import AwardRound, Campaign, Case, Nomination, Nominee, Person, Strand, Task, Unit
from webapp.queries.open_tasks import current_task, open_task, other_open_tasks
from webapp.queries.standing import Standing, actable, visible
from webapp.text import search_key

Sort = Literal["code", "name", "unit", "strand", "phase", "since", "due"]
SORTS: tuple[Sort, ...] = get_args(Sort)
PAGE_SIZE = 25
PHASE_ORDER = (
    "draft",
    "commune",
    "submission",
    "district",
    "province",
    "council",
    "decision",
    "awarded",
    "closed",
)  # fmt: skip -- a word list
PENDING = "pending"
AWARDED = ("awarded", "awarded_higher")


@dataclass(frozen=True)
class Wanted:
    """Which nominations; empty: all. Values are codes.

    ``phase`` is one of PHASE_ORDER or PENDING (not decided yet), ``kinds`` are those of nominees, ``only`` is
    overdue, frozen or returned;
    ``holder`` is ``me``, ``nobody``, ``role:<role>`` or ``person:<public id>`` of whoever has an open task.
    """

    q: str = ""
    campaign: str = ""
    round: str = ""
    strand: str = ""
    kinds: tuple[str, ...] = ()
    unit: str = ""
    phase: str = ""
    holder: str = ""
    outcome: str = ""
    only: str = ""


@dataclass(frozen=True)
class NominationRow:
    """One line of the table. The task is the one due first among the open ones; ``others`` counts the rest."""

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


SUPPLEMENTS = ("supplement_dossier", "supplement_for_district", "supplement_for_province", "correct_line")
phase_column = case(
    (Case.state != "ended", func.coalesce(Case.stage, "draft")),
    (Case.outcome.in_(AWARDED), "awarded"),
    else_="closed",
)
phase_rank = case(
    {phase: rank for rank, phase in enumerate(PHASE_ORDER)}, value=phase_column, else_=len(PHASE_ORDER)
)


def tracking_rows(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime, order: Order, page: int
) -> list[NominationRow]:
    """One page of the table, from 1. The page is cut before tasks are looked at: a fixed cost a row."""
    wide = _found(Nomination.id).where(visible(standing), *narrowed(wanted, standing, now))
    found = wide.order_by(*_by(order)).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    at, holder = aliased(Unit), aliased(Person)
    query = (
        _found(
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
            at.name,
            holder.name,
            Task.due,
            other_open_tasks(),
            Unit.code,
            Campaign.code,
            Strand.code,
        )
        .outerjoin(Task, Task.id == current_task())
        .outerjoin(at, at.id == Task.unit_id)
        .outerjoin(holder, holder.id == func.coalesce(Task.holder_id, Task.person_id))
        .where(Nomination.id.in_(select(found.subquery().c.id)))
        .order_by(*_by(order))
    )
    return [NominationRow(*row) for row in session.execute(query)]


def phase_counts(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime
) -> dict[str, PhaseCount]:
    """Nominations by phase as narrowed by everything but ``phase``, ``outcome`` and ``only``; one statement."""
    whole = Wanted(**{**wanted.__dict__, "phase": "", "outcome": "", "only": ""})
    counted = (
        _found(
            phase_column.label("phase"),
            overdue(now).label("overdue"),
            frozen().label("frozen"),
            returned().label("returned"),
        )
        .where(visible(standing), *narrowed(whole, standing, now))
        .subquery()
    )
    query = select(
        counted.c.phase,
        func.count(),
        *(func.sum(case((counted.c[name], 1), else_=0)) for name in ("overdue", "frozen", "returned")),
    ).group_by(counted.c.phase)
    return {phase: PhaseCount(*counts) for phase, *counts in session.execute(query)}


def count_nominations(session: Session, standing: Standing, wanted: Wanted, now: dt.datetime) -> int:
    """How many nominations fit."""
    query = _found(func.count()).where(visible(standing), *narrowed(wanted, standing, now))
    total: int = session.execute(query).scalar_one()
    return total


def narrowed(wanted: Wanted, standing: Standing, now: dt.datetime) -> list[ColumnElement[bool]]:
    """Conditions on a nomination and what hangs on it: it fits the filters."""
    equal = {
        Campaign.code: wanted.campaign,
        AwardRound.code: wanted.round,
        Strand.code: wanted.strand,
        Unit.code: wanted.unit,
        Case.outcome: wanted.outcome,
    }
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value]
    if wanted.phase:
        conditions.append(phase_column.in_(phases_of(wanted.phase)))
    if wanted.kinds:
        conditions.append(Nominee.kind.in_(wanted.kinds))
    if wanted.holder:
        conditions.append(_held_by(wanted.holder, standing))
    if wanted.only:
        conditions.append({"overdue": overdue(now), "frozen": frozen(), "returned": returned()}[wanted.only])
    if words := search_key(wanted.q):
        conditions.append(matching(words))
    return conditions


def phases_of(phase: str) -> tuple[str, ...]:
    """The phases a filter stands for."""
    return PHASE_ORDER[: PHASE_ORDER.index("decision")] if phase == PENDING else (phase,)


def matching(words: str) -> ColumnElement[bool]:
    """Condition: name of the nominee, unit or code holds the words, which are written without marks."""
    return or_(
        Nominee.search_key.contains(words, autoescape=True),
        Unit.search_key.contains(words, autoescape=True),
        Case.code.contains(words.upper(), autoescape=True),
    )


def overdue(now: dt.datetime) -> ColumnElement[bool]:
    """Condition on Case: an open task of it is past its due time, and its clocks run."""
    return and_(Case.state == "active", open_task(lambda task: task.due < now))


def frozen() -> ColumnElement[bool]:
    """Condition on Case: it is suspended."""
    return Case.state == "frozen"


def returned() -> ColumnElement[bool]:
    """Condition on Case: it waits for a supplement."""
    return and_(Case.state != "ended", open_task(lambda task: task.element.in_(SUPPLEMENTS)))


def _held_by(holder: str, standing: Standing) -> ColumnElement[bool]:
    """Condition on Case: whoever is named has an open task in it."""
    kind, _, name = holder.partition(":")
    if kind == "me":
        return open_task(lambda task: actable(standing, task))
    if kind == "nobody":
        return and_(Case.state != "ended", ~open_task())
    if kind == "role":
        return open_task(lambda task: task.role == name)
    person = select(Person.id).where(Person.public_id == name).scalar_subquery()
    return open_task(lambda task: func.coalesce(task.holder_id, task.person_id) == person)


def _by(order: Order) -> Sequence[SQLColumnExpression[Any]]:
    """The order, nothing (no due time, no stage) last, and equal ones by age."""
    task = aliased(Task)
    due = select(func.min(task.due)).where(task.case_id == Case.id, task.status == "open").scalar_subquery()
    columns: dict[Sort, SQLColumnExpression[Any]] = {
        "code": Case.id,
        "name": Nominee.sort_key,
        "unit": Unit.sort_key,
        "strand": Strand.position,
        "phase": phase_rank,
        "since": Case.stage_since,
        "due": due,
    }
    column = columns[order.sort]
    if order.sort == "code":
        return [column.desc() if order.descending else column.asc()]
    first = [column.is_(None)] if order.sort in ("since", "due") else []
    return [*first, column.desc() if order.descending else column.asc(), Case.id.desc()]


def _found(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Unit, Unit.id == Case.unit_id)
        .join(Strand, Strand.id == Nomination.strand_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .join(Campaign, Campaign.id == Nomination.campaign_id)
    )
