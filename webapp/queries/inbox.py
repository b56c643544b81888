"""A person's tasks: the lists of the inbox, what is in them, and the place of one task in its list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, false, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Task, Unit
from webapp.queries.standing import Standing, actable
from workflows.values import VIETNAM, local_day

Tab = Literal["mine", "common", "delegated", "done"]
PAGE_SIZE = 25
SOON_DAYS = 2


@dataclass(frozen=True)
class Wanted:
    """Which list, narrowed to what. ``kind`` is process.element, ``due`` is overdue or soon; empty: all."""

    tab: Tab = "mine"
    campaign: str = ""
    kind: str = ""
    unit: str = ""
    due: str = ""


@dataclass(frozen=True)
class TaskRow:
    """One line of a list. ``process`` is the root process of the case, ``unit`` the one that submits it."""

    public_id: str
    name: str
    round: int
    code: str
    process: str
    title: str
    unit: str
    campaign: str | None
    due: dt.datetime | None
    frozen: bool
    closed_at: dt.datetime | None


@dataclass(frozen=True)
class Counts:
    """Open tasks held, open tasks to take, and rows of the list as narrowed."""

    mine: int
    common: int
    listed: int


@dataclass(frozen=True)
class Facets:
    """What a list can be narrowed to, each as (value, text)."""

    campaigns: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Position:
    """What the order of open lists goes by."""

    due: dt.datetime | None
    row_id: int


@dataclass(frozen=True)
class Place:
    """Where a task stands in its list, from 1, and the one after it."""

    position: int
    total: int
    next: str | None


def task_rows(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime, page: int
) -> list[TaskRow]:
    """One page of a list (from 1): open ones by due, those without a due last; done ones by newest."""
    query = (
        _from_tasks(
            Task.public_id,
            Task.name,
            Task.round,
            Case.code,
            Case.process,
            Case.title,
            Unit.name,
            Campaign.title,
            Task.due,
            Case.state == "frozen",
            Task.closed_at,
        )
        .where(listed(standing, wanted.tab), narrowed(wanted, now))
        .order_by(*_order(wanted.tab))
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [TaskRow(*row) for row in session.execute(query)]


def task_counts(session: Session, standing: Standing, wanted: Wanted, now: dt.datetime) -> Counts:
    """All numbers of the inbox in one statement."""
    row = session.execute(
        select(
            _count(select(Task.id).where(listed(standing, "mine"))),
            _count(select(Task.id).where(listed(standing, "common"))),
            _count(_from_tasks(Task.id).where(listed(standing, wanted.tab), narrowed(wanted, now))),
        )
    ).one()
    return Counts(*row)


def task_facets(session: Session, standing: Standing, tab: Tab) -> Facets:
    """Campaigns, kinds of task and units that occur in a list, in one statement."""
    found = (
        select(Task.process, Task.element, func.max(Task.name).label("name"), Case.campaign_id, Case.unit_id)
        .join(Case, Case.id == Task.case_id)
        .where(listed(standing, tab))
        .group_by(Task.process, Task.element, Case.campaign_id, Case.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(
            found.c.process,
            found.c.element,
            found.c.name,
            Campaign.code,
            Campaign.title,
            Unit.code,
            Unit.name,
        )
        .join(Unit, Unit.id == found.c.unit_id)
        .outerjoin(Campaign, Campaign.id == found.c.campaign_id)
        .order_by(Unit.sort_key)
    ).all()
    return Facets(
        campaigns=tuple({row[3]: row[4] for row in rows if row[3]}.items()),
        kinds=tuple({f"{row.process}.{row.element}": row.name for row in rows}.items()),
        units=tuple({row[5]: row[6] for row in rows}.items()),
    )


def place_in_list(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime, at: Position
) -> Place:
    """Where a task stands in an open list, and what follows it; it need not be in the list any more."""
    within = and_(listed(standing, wanted.tab), narrowed(wanted, now))
    behind = _after(at)
    following = _from_tasks(Task.public_id).where(within, behind).order_by(*_order(wanted.tab)).limit(1)
    before, after, next_id = session.execute(
        select(
            _count(_from_tasks(Task.id).where(within, Task.id != at.row_id, ~behind)),
            _count(_from_tasks(Task.id).where(within, behind)),
            following.scalar_subquery(),
        )
    ).one()
    return Place(before + 1, before + 1 + after, next_id)


def listed(standing: Standing, tab: Tab) -> ColumnElement[bool]:
    """Condition on Task: it is in this list of the person."""
    me = standing.person_id
    if tab == "done":
        return and_(Task.status == "done", Task.closed_by_id == me)
    if tab == "delegated":
        return false()
    if tab == "common":
        return and_(
            Task.status == "open", Task.holder_id.is_(None), Task.person_id.is_(None), actable(standing)
        )
    own = or_(Task.holder_id == me, and_(Task.person_id == me, Task.holder_id.is_(None)))
    return and_(Task.status == "open", own, actable(standing))


def narrowed(wanted: Wanted, now: dt.datetime) -> ColumnElement[bool]:
    """Condition on Task, Case, Unit and Campaign: it fits the filters."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.campaign:
        conditions.append(Campaign.code == wanted.campaign)
    if wanted.kind:
        process, _, element = wanted.kind.partition(".")
        conditions.append(and_(Task.process == process, Task.element == element))
    if wanted.unit:
        conditions.append(Unit.code == wanted.unit)
    if wanted.due == "overdue":
        conditions.append(Task.due < now)
    if wanted.due == "soon":
        conditions.append(and_(Task.due >= now, Task.due < _end_of_soon(now)))
    return and_(*conditions) if conditions else Task.id.is_not(None)


def _end_of_soon(now: dt.datetime) -> dt.datetime:
    day = local_day(now) + dt.timedelta(days=SOON_DAYS + 1)
    return dt.datetime.combine(day, dt.time(), VIETNAM)


def _from_tasks(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Task)
        .join(Case, Case.id == Task.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
    )


def _count(rows: Select[Any]) -> ScalarSelect[int]:
    return select(func.count()).select_from(rows.subquery()).scalar_subquery()


def _order(tab: Tab) -> tuple[ColumnElement[Any], ...]:
    if tab == "done":
        return Task.closed_at.desc(), Task.id.desc()
    return Task.due.is_(None), Task.due.asc(), Task.id.asc()


def _after(at: Position) -> ColumnElement[bool]:
    """Condition on Task: it stands behind a position in the order of open lists."""
    if at.due is None:
        return and_(Task.due.is_(None), Task.id > at.row_id)
    later = or_(Task.due > at.due, and_(Task.due == at.due, Task.id > at.row_id))
    return or_(Task.due.is_(None), and_(Task.due.is_not(None), later))
