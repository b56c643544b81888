"""Deadlines: working days without weekends and holidays, ends of days in Việt Nam, the table of clocks."""

import datetime as dt

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.law import SHIPPED_LAW, parse_rule_set
from workflows.rules.deadlines import (
    Calendar,
    add_working_days,
    clock_table,
    end_of_day,
    office_calendar,
    reminder,
    working_days_between,
)

NONE = Calendar()
VIETNAM = office_calendar(range(2016, 2031))
NATIONAL = holidays.country_holidays("VN", years=range(2016, 2031))
LAW_2014 = parse_rule_set((SHIPPED_LAW / "law-2014.yaml").read_text("utf-8"))
days = st.dates(dt.date(2017, 1, 1), dt.date(2028, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# Start, count of working days, the day it ends on, why.
CASES = [
    ("2019-12-10", 0, "2019-12-10", "no day"),
    ("2019-12-10", 1, "2019-12-11", "the next day; the first is not counted"),
    ("2019-12-13", 1, "2019-12-16", "over a weekend"),
    ("2019-12-14", 1, "2019-12-16", "from a Saturday"),
    ("2019-12-10", 10, "2019-12-24", "ten working days"),
    ("2019-12-27", 3, "2020-01-02", "over New Year"),
    ("2019-04-12", 1, "2019-04-16", "Giỗ Tổ of 2019 fell on a Sunday, Monday was off"),
    ("2019-04-26", 1, "2019-05-02", "29 April swapped with a Saturday, 30 April, 1 May"),
    ("2019-05-03", 1, "2019-05-04", "that Saturday was worked"),
    ("2020-01-22", 1, "2020-01-30", "Tết 2020"),
    ("2020-01-30", -1, "2020-01-22", "and backwards"),
    ("2019-12-16", -1, "2019-12-13", "back over a weekend"),
]


@pytest.mark.parametrize(("start", "count", "end", "why"), CASES, ids=[case[3] for case in CASES])
def test_working_days(start: str, count: int, end: str, why: str) -> None:
    assert add_working_days(day(start), count, VIETNAM) == day(end), why


@pytest.mark.parametrize(
    ("year", "new_year", "kings"),
    [(2018, "02-16", "04-25"), (2019, "02-05", "04-14"), (2020, "01-25", "04-02"), (2024, "02-10", "04-18")],
)
def test_the_library_knows_the_lunar_holidays(year: int, new_year: str, kings: str) -> None:
    calendar = office_calendar([year])
    assert {day(f"{year}-{new_year}"), day(f"{year}-{kings}")} <= calendar.holidays


def test_the_offices_own_days_come_on_top() -> None:
    off, worked = day("2019-12-11"), day("2019-12-14")
    calendar = office_calendar([2019], days_off=[off], swapped_days=[worked])
    assert add_working_days(day("2019-12-10"), 1, calendar) == day("2019-12-12")
    assert add_working_days(day("2019-12-13"), 1, calendar) == worked


def test_a_calendar_without_working_days_is_refused() -> None:
    start = day("2019-01-01")
    closed = Calendar(days_off=frozenset(start + dt.timedelta(days=n) for n in range(400)))
    with pytest.raises(ValueError, match="no working days"):
        add_working_days(start, 1, closed)


def test_a_day_ends_a_second_before_midnight_in_viet_nam() -> None:
    assert end_of_day(day("2019-12-10")).isoformat() == "2019-12-10T23:59:59+07:00"


def test_the_clock_table_starts_on_the_offices_day_not_the_servers() -> None:
    late_evening_utc = dt.datetime(2019, 12, 10, 18, 30, tzinfo=dt.UTC)  # 01:30 of the 11th in the office
    table = clock_table(LAW_2014, late_evening_utc, VIETNAM)
    assert table["appraisal"] == "2019-12-25T23:59:59+07:00"


def test_the_clock_table_holds_what_the_diagrams_ask_for() -> None:
    table = clock_table(LAW_2014, dt.datetime(2019, 12, 10, 9, tzinfo=dt.UTC), VIETNAM)
    asked = "commune_check public_posting intake appraisal appraisal_reminder supplement opinion"
    assert set(asked.split()) | {"province_appraisal"} <= set(table)
    assert "vote_reminder" not in table


def test_a_clock_kept_for_an_award_runs_in_calendar_days() -> None:
    friday = dt.datetime(2019, 12, 13, 3, tzinfo=dt.UTC)
    table = clock_table(LAW_2014, friday, VIETNAM, award="cultural_family")
    assert table["public_posting"] == "2019-12-23T23:59:59+07:00"
    assert clock_table(LAW_2014, friday, VIETNAM)["public_posting"] != table["public_posting"]


def test_a_reminder_comes_before_its_deadline() -> None:
    clock = LAW_2014.clock("vote_reminder", day("2019-12-10"))
    monday = dt.datetime(2019, 12, 16, 17, tzinfo=dt.timezone(dt.timedelta(hours=7)))
    assert reminder(clock, monday, VIETNAM) == end_of_day(day("2019-12-13"))


@given(days, st.integers(1, 60))
def test_it_ends_on_a_working_day_and_counts_back(start: dt.date, count: int) -> None:
    end = add_working_days(start, count, VIETNAM)
    assert VIETNAM.is_working_day(end)
    assert working_days_between(start, end, VIETNAM) == count
    back = add_working_days(end, -count, VIETNAM)
    assert back == start if VIETNAM.is_working_day(start) else back < start


@given(days, st.integers(0, 30), st.integers(0, 30))
def test_spans_add_up(start: dt.date, first: int, second: int) -> None:
    halfway = add_working_days(start, first, VIETNAM)
    assert add_working_days(halfway, second, VIETNAM) == add_working_days(start, first + second, VIETNAM)


@given(days, st.integers(1, 40))
def test_the_library_itself_agrees(start: dt.date, count: int) -> None:
    assert add_working_days(start, count, VIETNAM) == NATIONAL.get_nth_working_day(start, count)


@given(days, st.integers(1, 60), st.sets(days, max_size=20))
def test_more_days_off_never_bring_a_deadline_forward(start: dt.date, count: int, off: set[dt.date]) -> None:
    assert add_working_days(start, count, Calendar(days_off=frozenset(off))) >= add_working_days(
        start, count, NONE
    )
