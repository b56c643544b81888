"""Where a task stands in a list of open ones, as "12 / 45", and what is beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from webapp.models import Task
from webapp.queries.inbox import Position, Wanted, narrowed, parts
from webapp.queries.standing import Standing


@dataclass(frozen=True)
class Place:
    """Where a task stands in its list, from 1, the one after it and the one before it."""

    position: int
    total: int
    next: str | None
    previous: str | None = None


def place_in_list(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime, at: Position
) -> Place:
    """Where a task stands in an open list, and what is beside it; it need not be in the list any more.

    One statement; each stretch of the list, before and behind the task, is counted once and from an index alone.
    """
    lists = [and_(part, *narrowed(wanted, now)) for part in parts(standing, wanted.tab)]
    leading, following = _before(at), _after(at)
    before, after, next_id, previous_id = session.execute(
        select(
            _count(lists, leading),
            _count(lists, following),
            _nearest(lists, following, forwards=True),
            _nearest(lists, leading, forwards=False),
        )
    ).one()
    return Place(before + 1, before + after + 1, next_id, previous_id)


Stretches = Sequence[ColumnElement[bool]]


def _before(at: Position) -> Stretches:
    """Conditions on Task of which none shares a task with another: it stands before a position in the order."""
    if at.due is None:
        return [Task.due.is_not(None), and_(Task.due.is_(None), Task.id < at.row_id)]
    return [and_(Task.due <= at.due, or_(Task.due < at.due, Task.id < at.row_id))]


def _after(at: Position) -> Stretches:
    """The same for what stands behind it."""
    if at.due is None:
        return [and_(Task.due.is_(None), Task.id > at.row_id)]
    return [and_(Task.due >= at.due, or_(Task.due > at.due, Task.id > at.row_id)), Task.due.is_(None)]


def _count(lists: Sequence[ColumnElement[bool]], stretches: Stretches) -> ColumnElement[int]:
    counts = (
        select(func.count()).select_from(Task).where(kept, stretch).scalar_subquery()
        for kept in lists
        for stretch in stretches
    )
    return sum(counts, literal(0))


def _nearest(
    lists: Sequence[ColumnElement[bool]], stretches: Stretches, *, forwards: bool
) -> ScalarSelect[str]:
    """The public id of the first task of the stretches, or of the last one."""

    def order(of: Any) -> tuple[ColumnElement[Any], ...]:
        return (of.due.asc(), of.id.asc()) if forwards else (of.due.desc(), of.id.desc())

    firsts = (
        select(Task.public_id, Task.due, Task.id)
        .where(kept, stretch)
        .order_by(*order(Task))
        .limit(1)
        .subquery()
        for kept in lists
        for stretch in stretches
    )
    found = union_all(*(select(each) for each in firsts)).subquery()
    last = found.c.due.is_(None) if forwards else found.c.due.is_not(None)
    return select(found.c.public_id).order_by(last, *order(found.c)).limit(1).scalar_subquery()
