"""Working days between two days, as the office of a reader counts them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import OfficeDay, Unit
from webapp.queries.office_days import OFF, WORKED
from webapp.queries.standing import Standing
from webapp.queries.units import lineage_codes
from workflows.rules.deadlines import Calendar, office_calendar


class WorkingDays:
    """Counts working days from a first day on, each by one subtraction."""

    def __init__(self, calendar: Calendar, first: dt.date) -> None:
        self.first, self.calendar, self.sums = first, calendar, [0]

    def between(self, began: dt.date, ended: dt.date) -> int:
        """Working days after ``began`` up to and with ``ended``."""
        self._fill(ended)
        return self.sums[(ended - self.first).days] - self.sums[(began - self.first).days]

    def _fill(self, last: dt.date) -> None:
        while len(self.sums) <= (last - self.first).days:
            day = self.first + dt.timedelta(days=len(self.sums))
            self.sums.append(self.sums[-1] + self.calendar.is_working_day(day))


def working_days(session: Session, standing: Standing, first: dt.date, last: dt.date) -> WorkingDays:
    """Public holidays, and the days of the reader's unit and those above it, over these years. One statement."""
    above = lineage_codes(standing.roles[0].unit_code) if standing.roles else []
    query = select(OfficeDay.day, OfficeDay.kind).join(Unit, Unit.id == OfficeDay.unit_id)
    own = session.execute(query.where(Unit.code.in_(above))).all()
    calendar = office_calendar(
        range(first.year, last.year + 1),
        [day for day, kind in own if kind == OFF],
        [day for day, kind in own if kind == WORKED],
    )
    return WorkingDays(calendar, first)
