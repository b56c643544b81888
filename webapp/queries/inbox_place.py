"""The place of one task in its list, and its neighbours there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, not_, or_, select
from sqlalchemy.orm import Session

from webapp.models import Task
from webapp.queries.inbox import Position, Wanted, list_order, within
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
    """Where a task stands in an open list, and what is beside it; it need not be in the list any more."""
    behind = _after(at)
    others = within(select(Task.id, behind.label("behind")), standing, wanted, now).where(
        Task.id != at.row_id
    )
    following = within(select(Task.public_id), standing, wanted, now).where(behind)
    leading = within(select(Task.public_id), standing, wanted, now).where(not_(behind), Task.id != at.row_id)
    backwards = Task.due.desc().nulls_first(), Task.id.desc()
    found = others.subquery()
    total, after, next_id, previous_id = session.execute(
        select(
            func.count(),
            func.count().filter(found.c.behind),
            following.order_by(*list_order(wanted.tab)).limit(1).scalar_subquery(),
            leading.order_by(*backwards).limit(1).scalar_subquery(),
        ).select_from(found)
    ).one()
    return Place(total - after + 1, total + 1, next_id, previous_id)


def _after(at: Position) -> ColumnElement[bool]:
    """Condition on Task: it stands behind a position in the order of open lists; never null."""
    if at.due is None:
        return and_(Task.due.is_(None), Task.id > at.row_id)
    later = or_(Task.due > at.due, and_(Task.due == at.due, Task.id > at.row_id))
    return or_(Task.due.is_(None), and_(Task.due.is_not(None), later))
