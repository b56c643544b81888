"""Enters days on which an office works or not, other than the public calendar says, and takes them out again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from webapp.models import OfficeDay
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import unit_in_reach
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound
from webapp.operations.transaction import write
from webapp.queries.office_days import OFF, calendar_of
from workflows.forms import Fault
from workflows.rule_events import OfficeDaySet, OfficeDayTaken


def set_office_day(unit: str, day: dt.date, kind: str, reason: str, *, actor: Actor, now: Now) -> int:
    """Enter a day for a unit and all below it; deadlines that run already stay. Returns its row id.

    Raises NotFound for a unit the actor does not administer, InvalidForm when the day is entered already, or is no
    working day (day of rest) anyway.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        place = unit_in_reach(transaction, unit)
        transaction.hold(type(place), place.id)
        entered = select(OfficeDay.id).where(OfficeDay.unit_id == place.id, OfficeDay.day == day)
        if session.scalar(entered) is not None:
            raise InvalidForm([Fault("/day", "day_entered")])
        works = calendar_of(session, place.id, day.year).is_working_day(day)
        if works != (kind == OFF):
            raise InvalidForm([Fault("/day", "day_works_anyway" if works else "day_off_anyway")])
        if actor.person_id is None:
            raise Forbidden
        row = OfficeDay(
            unit_id=place.id,
            day=day,
            kind=kind,
            reason=reason,
            entered_by_id=actor.person_id,
            entered_at=now.at,
        )
        session.add(row)
        session.flush()
        transaction.log("calendar", OfficeDaySet(unit=unit, on_date=day.isoformat(), kind=kind))
        return row.id


def take_office_day(row_id: int, *, actor: Actor, now: Now) -> dt.date:
    """Take a day out again; returns it. Raises NotFound."""
    with write(actor, now) as transaction:
        row = transaction.session.get(OfficeDay, row_id)
        if row is None:
            raise NotFound
        unit = unit_in_reach(transaction, row.unit.code)
        transaction.session.delete(row)
        transaction.log(
            "calendar", OfficeDayTaken(unit=unit.code, on_date=row.day.isoformat(), kind=row.kind)
        )
        return row.day
