"""When units were last reminded of what they owe, and by whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from webapp.models import OwedReminder, Person, Unit
from webapp.queries.owing import Desk
from workflows.values import local_day


@dataclass(frozen=True)
class Reminded:
    """When somebody was last reminded, and by whom."""

    at: dt.datetime
    by: str


def told_items(desk: Desk) -> Select[str]:
    """The things this desk reminded of today."""
    today = OwedReminder.day == local_day(desk.now)
    return select(OwedReminder.item).where(OwedReminder.by_unit_id == desk.unit.id, today)


def told_today(session: Session, desk: Desk) -> set[str]:
    """The same, read."""
    return set(session.scalars(told_items(desk)))


def reminders_of(session: Session, desk: Desk) -> dict[int, Reminded]:
    """When each unit (row id) was last reminded by this desk, and by whom; one statement."""
    last = (
        select(OwedReminder.unit_id, func.max(OwedReminder.id).label("id"))
        .where(OwedReminder.by_unit_id == desk.unit.id)
        .group_by(OwedReminder.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(OwedReminder.unit_id, OwedReminder.reminded_at, Person.name)
        .join(last, last.c.id == OwedReminder.id)
        .join(Person, Person.id == OwedReminder.person_id)
    )
    return {unit_id: Reminded(at, by) for unit_id, at, by in rows}


def reminded_items(session: Session, desk: Desk, unit: str) -> dict[str, Reminded]:
    """The same for each thing a unit (its code) was reminded of."""
    rows = session.execute(
        select(OwedReminder.item, OwedReminder.reminded_at, Person.name)
        .join(Unit, Unit.id == OwedReminder.unit_id)
        .join(Person, Person.id == OwedReminder.person_id)
        .where(OwedReminder.by_unit_id == desk.unit.id, Unit.code == unit)
        .order_by(OwedReminder.id)
    )
    return {item: Reminded(at, by) for item, at, by in rows}
