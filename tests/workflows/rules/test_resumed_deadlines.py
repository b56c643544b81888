"""A clock that stood still keeps the days it had left, counted as it counts them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.law import Clock
from workflows.rules.deadlines import OFFICE_ZONE, due, office_calendar, resumed, working_days_between

CALENDAR = office_calendar(range(2018, 2022))
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2020, 6, 30))


def clock(days, kind):
    return Clock(
        code="appraisal", name="Thẩm định", days=days, day_kind=kind, citation="–", mark="unverified"
    )


def at(day, hour=9):
    return dt.datetime.combine(day, dt.time(hour), OFFICE_ZONE)


@pytest.mark.parametrize(
    ("kind", "deadline", "stopped", "now", "expected"),
    [
        ("working", "2019-12-13", "2019-12-09", "2019-12-17", "2019-12-23"),
        ("working", "2019-12-13", "2019-12-13", "2019-12-14", "2019-12-16"),
        ("working", "2019-12-13", "2019-12-13", "2019-12-17", "2019-12-17"),
        ("working", "2020-01-22", "2020-01-21", "2020-01-22", "2020-01-30"),
        ("working", "2019-12-13", "2019-12-12", "2019-12-12", "2019-12-13"),
        ("calendar", "2019-12-13", "2019-12-09", "2019-12-17", "2019-12-21"),
    ],
    ids=["four left", "due that day, a Saturday", "due that day", "Tết", "same day", "calendar days"],
)
def test_where_a_deadline_goes(kind, deadline, stopped, now, expected):
    days = [dt.date.fromisoformat(each) for each in (deadline, stopped, now)]
    found = resumed(clock(10, kind), at(days[0], 23), at(days[1]), at(days[2]), CALENDAR)
    assert found.date().isoformat() == expected
    assert found.time() == dt.time(23, 59, 59)


@given(DAYS, st.integers(1, 20), st.integers(0, 19), st.integers(0, 120))
def test_working_days_left_stay_and_the_deadline_is_one(start, count, worked, pause):
    kept = clock(count, "working")
    deadline = due(kept, at(start), CALENDAR)
    stopped = min(start + dt.timedelta(days=worked), deadline.date())
    today = stopped + dt.timedelta(days=pause)
    later = resumed(kept, deadline, at(stopped), at(today), CALENDAR)
    left = working_days_between(stopped, deadline.date(), CALENDAR)
    assert CALENDAR.is_working_day(later.date())
    assert later.date() >= max(today, deadline.date())
    if left:
        assert working_days_between(today, later.date(), CALENDAR) == left
