"""Where nominations stood at an instant of the past: phase, state, with whom, since when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.eventlog import Recorded
from webapp.models import NOMINATIONS, Campaign, Case, Person, StageVisit, Task, Unit
from webapp.queries.as_of import (
    DEADLINES,
    HANDS,
    PAUSES,
    Hand,
    Span,
    due_at,
    frozen_at,
    hand_at,
    named_at,
    open_within,
    told_of,
    told_of_all,
)
from webapp.queries.standing import Standing, visible, visible_among
from webapp.queries.tracking_filters import AWARDED

PAGE_SIZE = 25

_at, _named = aliased(Unit), aliased(Person)


@dataclass(frozen=True)
class WantedThen:
    """Which nominations; empty: all.

    ``campaign`` is a code, ``unit`` that of a unit and all below it, ``phase`` a phase of then.
    """

    campaign: str = ""
    unit: str = ""
    phase: str = ""
    page: int = 1


@dataclass(frozen=True)
class OpenThen:
    """A task that was open: what, since when, due when as of then, and who had it, where somebody had."""

    name: str
    role: str
    unit: str
    holder: str
    since: dt.datetime
    due: dt.datetime | None


@dataclass(frozen=True)
class NominationThen:
    """A nomination as it stood. ``since``: when it came to its phase; ``frozen_since``: it rested then."""

    code: str
    process: str
    title: str
    unit: str
    phase: str
    outcome: str | None
    since: dt.datetime
    frozen_since: dt.datetime | None
    tasks: tuple[OpenThen, ...]


@dataclass(frozen=True)
class TrackingThen:
    """``counts`` are those of all phases under the other filters, ``frozen`` how many of them rested."""

    rows: tuple[NominationThen, ...]
    counts: dict[str, int]
    frozen: int
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def tracking_then(session: Session, standing: Standing, wanted: WantedThen, at: dt.datetime) -> TrackingThen:
    """One page of the nominations there were at an instant, with all counts; a fixed number of statements."""
    paused = told_of_all(session, PAUSES)
    resting = {code: since for code, events in paused.items() if (since := frozen_at(events, at))}
    phase, every = _phase(at), _nominations(wanted, at)
    counted = every.with_only_columns(phase, func.count()).where(visible_among(standing)).group_by(phase)
    counts: dict[str, int] = dict(session.execute(counted).all())
    rests = every.with_only_columns(func.count()).where(visible_among(standing), Case.code.in_(resting))
    frozen = (session.scalar(rests) or 0) if resting else 0
    total = counts.get(wanted.phase, 0) if wanted.phase else sum(counts.values())
    page = min(max(1, wanted.page), max(1, -(-total // PAGE_SIZE)))
    cut = every.where(visible(standing), *([phase == wanted.phase] if wanted.phase else []))
    found = session.execute(
        cut.order_by(Case.id.desc()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    ).all()
    tasks = _tasks_then(session, {row.id: row.code for row in found}, at)
    rows = (_row(row, resting.get(row.code), tasks.get(row.id, ())) for row in found)
    return TrackingThen(tuple(rows), counts, frozen, total, page)


def _row(row: Row[Any], frozen_since: dt.datetime | None, tasks: tuple[OpenThen, ...]) -> NominationThen:
    given: list[Any] = [*row[1:], frozen_since, tasks]
    return NominationThen(*given)


def in_unit(code: str) -> ColumnElement[bool]:
    """Condition on Unit: it is the unit of a code, or lies below it."""
    return or_(Unit.code == code, Unit.code.startswith(code + "/", autoescape=True))


def _visit(at: dt.datetime) -> ColumnElement[bool]:
    return and_(
        StageVisit.case_id == Case.id,
        StageVisit.entered_at <= at,
        or_(StageVisit.left_at.is_(None), StageVisit.left_at > at),
    )


def _over(at: dt.datetime) -> ColumnElement[bool]:
    return and_(Case.ended_at.is_not(None), Case.ended_at <= at)


def _phase(at: dt.datetime) -> ColumnElement[str]:
    """The phase of a case at an instant, in the words of the tracking table."""
    over = _over(at)
    return case(
        (and_(over, Case.outcome.in_(AWARDED)), "awarded"),
        (over, "closed"),
        else_=func.coalesce(StageVisit.stage, "draft"),
    )


def _nominations(wanted: WantedThen, at: dt.datetime) -> Select[Any]:
    """The nominations opened by an instant, each once: a case is at one stage at a time."""
    over = _over(at)
    since = case((over, Case.ended_at), else_=func.coalesce(StageVisit.entered_at, Case.opened_at))
    query = (
        select(
            Case.id,
            Case.code,
            Case.process,
            Case.title,
            Unit.name,
            _phase(at),
            case((over, Case.outcome)),
            since,
        )
        .select_from(Case)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
        .outerjoin(StageVisit, _visit(at))
        .where(Case.process.in_(NOMINATIONS), Case.opened_at <= at)
    )
    if wanted.campaign:
        query = query.where(Campaign.code == wanted.campaign)
    return query.where(in_unit(wanted.unit)) if wanted.unit else query


def _tasks_then(
    session: Session, cases: Mapping[int, str], at: dt.datetime
) -> Mapping[int, tuple[OpenThen, ...]]:
    """The tasks that were open in some cases (id → code), by the id of the case; three statements."""
    rows = session.execute(
        select(Task, _at.name, _named.public_id)
        .outerjoin(_at, _at.id == Task.unit_id)
        .outerjoin(_named, _named.id == Task.person_id)
        .where(Task.case_id.in_(cases), open_within(Span(at, at)))
        .order_by(Task.case_id, Task.due.asc().nulls_last(), Task.id)
    ).all()
    told = told_of(session, cases.values(), HANDS | DEADLINES)
    holders = {task.id: _holder(told[cases[task.case_id]], task, alone, at) for task, _unit, alone in rows}
    names = _names(session, holders.values())
    found: dict[int, list[OpenThen]] = defaultdict(list)
    for task, unit, _alone in rows:
        due = due_at(told[cases[task.case_id]], task.public_id, task.due, at, task.closed_at)
        holder = names.get(holders[task.id], "")
        found[task.case_id].append(OpenThen(task.name, task.role, unit or "", holder, task.opened_at, due))
    return {case_id: tuple(tasks) for case_id, tasks in found.items()}


def _holder(events: Iterable[Recorded], task: Task, alone: str | None, at: dt.datetime) -> str:
    """Public id of whom alone a task was for, or who had taken it; empty: nobody."""
    hand: Hand | None = hand_at(events, task.public_id, at)
    if hand is not None:
        return hand.holder
    return named_at(events, task.public_id, alone, at) if alone else ""


def _names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    query = select(Person.public_id, Person.name).where(Person.public_id.in_(set(ids) - {""}))
    return dict(session.execute(query).all())
