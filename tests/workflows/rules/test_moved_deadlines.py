"""When a deadline is set to another day, what reminds of it stays as many working days before it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.deadlines import (
    OFFICE_ZONE,
    add_working_days,
    end_of_day,
    moved_with,
    office_calendar,
    working_days_between,
)

CALENDAR = office_calendar(range(2018, 2022))
SWAPPED = office_calendar(
    range(2018, 2022), days_off=[dt.date(2020, 1, 31)], swapped_days=[dt.date(2020, 2, 8)]
)
"""The office rests on the Friday after Tết, and works on the Saturday of the week after in exchange."""
DAYS = st.dates(dt.date(2019, 1, 1), dt.date(2020, 6, 30)).filter(CALENDAR.is_working_day)


def day(text):
    return dt.date.fromisoformat(text)


def moved(reminds, deadline, after, now, calendar=CALENDAR):
    instants = [end_of_day(day(each)) for each in (reminds, deadline, after)]
    return moved_with(*instants, dt.datetime.combine(day(now), dt.time(9), OFFICE_ZONE), calendar)


# Reminder, deadline, new deadline, today, calendar, where the reminder goes, why.
CASES = {
    "within a week": ("2019-12-11", "2019-12-16", "2019-12-20", "2019-12-09", CALENDAR, "2019-12-17"),
    "over Tết": ("2020-01-17", "2020-01-22", "2020-01-31", "2020-01-10", CALENDAR, "2020-01-21"),
    "a day off and a swapped Saturday": (
        *("2020-01-17", "2020-01-22", "2020-02-10", "2020-01-10"),
        SWAPPED,
        "2020-02-06",
    ),
    "without the swap": ("2020-01-17", "2020-01-22", "2020-02-10", "2020-01-10", CALENDAR, "2020-02-05"),
    "earlier": ("2019-12-25", "2019-12-30", "2019-12-16", "2019-12-02", CALENDAR, "2019-12-11"),
    "so early that it is today": (
        "2019-12-25",
        "2019-12-30",
        "2019-12-10",
        "2019-12-09",
        CALENDAR,
        "2019-12-09",
    ),
}


@pytest.mark.parametrize(
    ("reminds", "deadline", "after", "now", "calendar", "expected"), CASES.values(), ids=CASES
)
def test_where_a_reminder_goes(reminds, deadline, after, now, calendar, expected):
    assert moved(reminds, deadline, after, now, calendar) == end_of_day(day(expected))


def test_what_runs_out_with_the_deadline_goes_with_it():
    assert moved("2019-12-16", "2019-12-16", "2019-12-20", "2019-12-09") == end_of_day(day("2019-12-20"))


@given(DAYS, st.integers(1, 10), DAYS)
def test_the_working_days_between_them_stay(reminds, gap, after):
    deadline = add_working_days(reminds, gap, CALENDAR)
    now = dt.datetime(2018, 6, 1, 9, tzinfo=OFFICE_ZONE)
    found = moved_with(end_of_day(reminds), end_of_day(deadline), end_of_day(after), now, CALENDAR)
    assert working_days_between(found.date(), after, CALENDAR) == gap
