"""What every unit owes, counted: how much of each kind, how much late, since when, and reminded of how much today."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, Task, Unit
from webapp.queries.owed_reminders import told_items, told_today
from webapp.queries.owing import (
    KIND_OF,
    MISSING,
    PROVINCE,
    Desk,
    OwedFilter,
    asked_by,
    missing_item,
    missing_registrations,
    open_tasks,
)

_any = aliased(Case)
_UNIT = (Unit.id, Unit.code, Unit.name, Unit.sort_key)


@dataclass(frozen=True)
class Heap:
    """So many things of one kind with one deadline. ``over``: working days since it; ``told``: of how many today."""

    kind: str
    late: bool
    over: int
    number: int
    told: int
    since: dt.datetime


@dataclass(frozen=True)
class UnitOwes:
    """What one unit owes; every number is that of its heaps."""

    row_id: int
    code: str
    name: str
    sort_key: str
    heaps: tuple[Heap, ...]

    def only(self, wanted: OwedFilter) -> UnitOwes:
        """The same of what is asked for alone."""
        return replace(self, heaps=tuple(each for each in self.heaps if wanted.fits(each.kind, each.late)))

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """How much of each kind."""
        counts: defaultdict[str, int] = defaultdict(int)
        for each in self.heaps:
            counts[each.kind] += each.number
        return dict(counts)

    @property
    def total(self) -> int:
        return sum(each.number for each in self.heaps)

    @property
    def late(self) -> int:
        """How much of it is late."""
        return sum(each.number for each in self.heaps if each.late)

    @property
    def over(self) -> int:
        """Since how many working days the oldest deadline is over."""
        return max((each.over for each in self.heaps), default=0)

    @property
    def since(self) -> dt.datetime:
        """Since when the oldest is owed; what never came counts where there is nothing else."""
        begun = [each.since for each in self.heaps if each.kind != MISSING]
        return min(begun or [each.since for each in self.heaps])

    @property
    def to_remind(self) -> int:
        """Of how much it was not reminded today."""
        return sum(each.number - each.told for each in self.heaps)


def owing_units(session: Session, desk: Desk, wanted: OwedFilter = OwedFilter()) -> list[UnitOwes]:  # noqa: B008 -- it is frozen
    """Every unit that owes something of what is asked for, the longest over first; four statements."""
    heaps: defaultdict[int, list[Heap]] = defaultdict(list)
    units: dict[int, Any] = {}
    told = _told_tasks(session, desk)
    for row in session.execute(_grouped(desk, *_UNIT, func.min(Task.opened_at).label("since"))):
        units[row.id] = row
        reminded = told.get((row.id, row.element, row.due), 0)
        heaps[row.id].append(_heap(desk, KIND_OF[row.element], row.due, row.number, reminded, row.since))
    named = told_today(session, desk)
    for row in session.execute(missing_registrations(desk)):
        units[row.Unit.id] = row.Unit
        reminded = int(missing_item(row) in named)
        heaps[row.Unit.id].append(_heap(desk, MISSING, row.registration_closes, 1, reminded, row.opened_at))
    found = [
        UnitOwes(row_id, unit.code, unit.name, unit.sort_key, tuple(heaps[row_id])).only(wanted)
        for row_id, unit in units.items()
    ]
    return longest_over_first(each for each in found if each.heaps)


def longest_over_first(units: Iterable[UnitOwes]) -> list[UnitOwes]:
    """In the order in which they are asked."""
    return sorted(units, key=lambda each: (-each.over, -each.late, -each.total, each.sort_key))


def _heap(desk: Desk, kind: str, due: dt.datetime | None, number: int, told: int, since: dt.datetime) -> Heap:
    return Heap(kind, desk.late(due), desk.over(due), number, told, since)


def _grouped(desk: Desk, *columns: Any) -> Any:
    """Open tasks that are asked for, counted by unit, task and deadline."""
    by = (*_UNIT, Task.element, Task.due)
    counted = open_tasks(desk, *columns, Task.element, Task.due, func.count().label("number"))
    return counted.where(_among_all(desk.unit.id)).group_by(*by)


def _told_tasks(session: Session, desk: Desk) -> dict[tuple[int, str, dt.datetime | None], int]:
    """How many of them the unit was reminded of today."""
    rows = session.execute(_grouped(desk, Unit.id).where(Task.public_id.in_(told_items(desk))))
    return {(row.id, row.element, row.due): row.number for row in rows}


def _among_all(unit: int) -> ColumnElement[bool]:
    """Condition on Task: it is asked for by a unit; for counting over all cases.

    Written so that SQLite reads what is under way from the index that holds all this, and not from rows.
    """
    active = select(_any.id).where(func.coalesce(_any.state, "") == "active")
    above = and_(Task.process == PROVINCE, Task.case_id.in_(active.where(_any.province_id == unit)))
    return or_(Task.case_id.in_(active.where(asked_by(unit, _any))), above)
