"""The working calendar of an office: public holidays, and the days that units have entered."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from sqlalchemy import ColumnElement, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from webapp.models import OfficeDay, Unit
from webapp.queries.administered import ADMIN
from webapp.queries.standing import Standing, at_or_below
from workflows.rules.deadlines import Calendar, office_calendar

OFF, WORKED = "off", "worked"
KINDS = (OFF, WORKED)

_place = aliased(Unit)
_OWN = (
    select(OfficeDay.day, OfficeDay.kind)
    .join(Unit, Unit.id == OfficeDay.unit_id)
    .join(
        _place,
        or_(
            _place.code == Unit.code,
            func.substr(_place.code, 1, func.length(Unit.code) + 1) == Unit.code + "/",
        ),
    )
    .where(_place.id == bindparam("unit"), OfficeDay.day.between(bindparam("first"), bindparam("last")))
)


def calendar_of(session: Session, unit_id: int, year: int) -> Calendar:
    """The calendar of a unit, with its own days and those of the units above it, around a year; one statement.

    It holds the year and its neighbours: no clock runs longer than that.
    """
    first, last = dt.date(year - 1, 1, 1), dt.date(year + 1, 12, 31)
    own = session.execute(_OWN, {"unit": unit_id, "first": first, "last": last}).all()
    public = calendar_around(year)
    if not own:
        return public
    off = frozenset(day for day, kind in own if kind == OFF)
    worked = frozenset(day for day, kind in own if kind == WORKED)
    return Calendar(public.holidays, off, public.swapped_days | worked)


@lru_cache(maxsize=32)
def calendar_around(year: int) -> Calendar:
    """Public holidays of a year and its neighbours."""
    return office_calendar(range(year - 1, year + 2))


def own_days(session: Session, standing: Standing, year: int) -> list[OfficeDay]:
    """The days of a year entered for the units administered and for those above them."""
    query = (
        select(OfficeDay)
        .join(Unit, Unit.id == OfficeDay.unit_id)
        .where(
            or_(at_or_below(standing, ADMIN), _above(standing)),
            OfficeDay.day.between(dt.date(year, 1, 1), dt.date(year, 12, 31)),
        )
        .order_by(OfficeDay.day, OfficeDay.id)
        .options(joinedload(OfficeDay.unit), joinedload(OfficeDay.entered_by))
    )
    return list(session.scalars(query))


def _above(standing: Standing) -> ColumnElement[bool]:
    codes = {held.unit_code for held in standing.roles if held.role == ADMIN}
    parts = (code.split("/") for code in codes)
    return Unit.code.in_({"/".join(steps[:at]) for steps in parts for at in range(1, len(steps))})
