"""Working-day arithmetic of the office and the table of clocks the diagrams' timers ask for.

Source of the rule: deadlines run in working days, without weekends and public holidays (Tết and Giỗ Tổ by the
lunar calendar), or in calendar days where the rule set says so; a day ends at 23:59:59 in Việt Nam.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal
from zoneinfo import ZoneInfo

import holidays

from workflows.law import Clock, RuleSet

OFFICE_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_LAST_SECOND: Final = dt.time(23, 59, 59)
_SATURDAY: Final = 5
# The longest run of days off that is believed; a calendar without working days would count for ever.
_LONGEST_REST: Final = 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days that are not worked although they are weekdays, and weekend days that are worked in exchange."""

    holidays: frozenset[dt.date] = frozenset()
    days_off: frozenset[dt.date] = frozenset()
    swapped_days: frozenset[dt.date] = frozenset()

    def is_working_day(self, day: dt.date) -> bool:
        """A swapped weekend day is worked; the office's own day off never is."""
        if day in self.days_off:
            return False
        return day in self.swapped_days or (day.weekday() < _SATURDAY and day not in self.holidays)


def office_calendar(
    years: Iterable[int], days_off: Iterable[dt.date] = (), swapped_days: Iterable[dt.date] = ()
) -> Calendar:
    """Việt Nam's public holidays of the years (with their swapped days), and the office's own days."""
    national = holidays.country_holidays("VN", years=sorted(set(years)))
    worked = frozenset(national.weekend_workdays) | frozenset(swapped_days)
    return Calendar(frozenset(national), frozenset(days_off), worked)


def public_holidays(year: int, language: Literal["vi", "en_US"] = "vi") -> list[tuple[dt.date, str | None]]:
    """The days of a year that are not as their weekday says, each with the name of the holiday.

    A weekend day that is worked in exchange has none.
    """
    national = holidays.country_holidays("VN", years=year, language=language)
    worked = {day: None for day in national.weekend_workdays if day.year == year}
    return sorted({**worked, **dict(national)}.items())


def add_working_days(day: dt.date, count: int, calendar: Calendar) -> dt.date:
    """The ``count``-th working day after ``day`` (before it, if negative); ``day`` itself is never counted.

    With 0 the day itself, working or not. Raises ValueError for a calendar with no working day in 60.
    """
    step = dt.timedelta(days=1 if count >= 0 else -1)
    left, rest = abs(count), 0
    while left:
        day += step
        rest = 0 if calendar.is_working_day(day) else rest + 1
        left -= rest == 0
        if rest > _LONGEST_REST:
            raise ValueError("the calendar has no working days")
    return day


def working_days_between(start: dt.date, end: dt.date, calendar: Calendar) -> int:
    """Working days after ``start`` up to and with ``end``; negative if ``end`` is earlier."""
    if end < start:
        return -working_days_between(end, start, calendar)
    days = (start + dt.timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(calendar.is_working_day(day) for day in days)


def end_of_day(day: dt.date) -> dt.datetime:
    """The last second of a day in the office's zone."""
    return dt.datetime.combine(day, _LAST_SECOND, OFFICE_ZONE)


def due(clock: Clock, now: dt.datetime, calendar: Calendar) -> dt.datetime:
    """When a clock that starts at ``now`` (aware) runs out. Clocks of 0 days end on the same day."""
    if clock.day_kind == "minutes":
        return now.astimezone(OFFICE_ZONE) + dt.timedelta(minutes=clock.days)
    today = now.astimezone(OFFICE_ZONE).date()
    if clock.day_kind == "calendar":
        return end_of_day(today + dt.timedelta(days=clock.days))
    return end_of_day(add_working_days(today, clock.days, calendar))


def resumed(
    clock: Clock, deadline: dt.datetime, stopped: dt.datetime, now: dt.datetime, calendar: Calendar
) -> dt.datetime:
    """The deadline (all aware) of a clock that stood still from ``stopped`` until ``now``.

    As many days are left after today as were left after the day it stopped, counted as the clock counts: a deadline
    in working days falls on a working day. What was due on that very day is due today, or on the next working day.
    """
    if clock.day_kind == "minutes":
        return deadline + (now - stopped)
    before, today, last = (each.astimezone(OFFICE_ZONE).date() for each in (stopped, now, deadline))
    if clock.day_kind == "calendar":
        return end_of_day(today + (last - before))
    left = working_days_between(before, last, calendar)
    if left <= 0:
        left, today = 1, today - dt.timedelta(days=1)
    return end_of_day(add_working_days(today, left, calendar))


def continued(
    clock: Clock,
    whole: Clock,
    deadline: dt.datetime,
    closed: dt.datetime,
    now: dt.datetime,
    calendar: Calendar,
) -> dt.datetime:
    """When a clock runs out that goes on at ``now`` where ``whole`` stood when its work was ``closed`` (all aware).

    The days of ``whole`` that were used up before its ``deadline`` are taken off; where none is left it is today. A
    reminder is a shorter clock of the same work, so it goes on like the deadline it reminds of.
    """
    end, last = (each.astimezone(OFFICE_ZONE).date() for each in (closed, deadline))
    working = whole.day_kind == "working"
    left = working_days_between(end, last, calendar) if working else (last - end).days
    return due(replace(clock, days=max(0, clock.days - whole.days + max(0, left))), now, calendar)


def moved_with(
    instant: dt.datetime, deadline: dt.datetime, after: dt.datetime, now: dt.datetime, calendar: Calendar
) -> dt.datetime:
    """Where a timer of a task goes whose ``deadline`` is set to ``after`` (all aware).

    What runs out with the deadline goes with it; what reminds of it stays as many working days before it, but today at
    the earliest.
    """
    if instant == deadline:
        return after
    days = (each.astimezone(OFFICE_ZONE).date() for each in (instant, deadline, after, now))
    reminds, last, new, today = days
    gap = working_days_between(reminds, last, calendar)
    return end_of_day(max(today, add_working_days(new, -gap, calendar)))


def reminder(clock: Clock, deadline: dt.datetime, calendar: Calendar) -> dt.datetime:
    """When to remind of ``deadline`` (aware) by a clock that runs before it."""
    last = deadline.astimezone(OFFICE_ZONE).date()
    if clock.day_kind == "calendar":
        return end_of_day(last - dt.timedelta(days=clock.days))
    return end_of_day(add_working_days(last, -clock.days, calendar))


def clock_table(
    rule_set: RuleSet, now: dt.datetime, calendar: Calendar, award: str | None = None
) -> dict[str, str]:
    """Every clock started at ``now`` (aware): clock id → ISO instant with the office's offset.

    With ``award`` a clock kept for that award stands in for the general one (posting of Gia đình văn hóa).
    """
    on = now.astimezone(OFFICE_ZONE).date()
    clocks = (rule_set.clock(code, on, award) for code in rule_set.clock_codes)
    return {clock.code: due(clock, now, calendar).isoformat() for clock in clocks if clock.runs == "after"}
