"""Deadlines: working days without weekends and holidays, ends of days in Việt Nam, the table of clocks."""

import datetime as dt
from functools import cache

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.law import SHIPPED_LAW, Clock, parse_rule_set
from workflows.rules.deadlines import (
    Calendar,
    add_working_days,
    clock_table,
    continued,
    due,
    end_of_day,
    office_calendar,
    reminder,
    working_days_between,
)

NONE = Calendar()
VIETNAM = office_calendar(range(2016, 2031))
NATIONAL = holidays.country_holidays("VN", years=range(2016, 2031), language="vi")
LAW_2014 = parse_rule_set((SHIPPED_LAW / "law-2014.yaml").read_text("utf-8"))
days = st.dates(dt.date(2017, 1, 1), dt.date(2028, 12, 31))
years = st.integers(2017, 2028)
counts = st.integers(1, 60)
instants = st.builds(lambda day, time: dt.datetime.combine(day, time, dt.UTC), days, st.times())
clocks = st.sampled_from([clock for clock in LAW_2014.clocks if clock.runs == "after"])


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Việt Nam's holidays with an office's own days: some it has off, some weekend days it works in exchange."""
    off = draw(st.sets(days, max_size=20))
    worked = draw(st.sets(days.filter(lambda one: one.weekday() > 4), max_size=20))
    return office_calendar(range(2016, 2031), off, worked)


def tet(year: int) -> list[dt.date]:
    """The days off around the lunar New Year, by the library's own names."""
    return [one for one, name in NATIONAL.items() if one.year == year and "Tết Nguyên Đán" in name]


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


@given(days, counts, calendars())
def test_it_ends_on_a_working_day_and_counts_back(start: dt.date, count: int, calendar: Calendar) -> None:
    end = add_working_days(start, count, calendar)
    assert calendar.is_working_day(end)
    assert working_days_between(start, end, calendar) == count
    back = add_working_days(end, -count, calendar)
    assert back == start if calendar.is_working_day(start) else back < start


@given(days, st.integers(-30, 30), st.integers(0, 30), calendars())
def test_spans_add_up(start: dt.date, first: int, second: int, calendar: Calendar) -> None:
    halfway = add_working_days(start, abs(first), calendar)
    assert add_working_days(halfway, second, calendar) == add_working_days(
        start, abs(first) + second, calendar
    )
    middle = start + dt.timedelta(days=first)
    end = start + dt.timedelta(days=second)
    parts = working_days_between(start, middle, calendar) + working_days_between(middle, end, calendar)
    assert parts == working_days_between(start, end, calendar)


@given(days, days, counts, counts, calendars())
def test_later_or_longer_is_never_due_earlier(
    one: dt.date, other: dt.date, short: int, long: int, calendar: Calendar
) -> None:
    early, late = sorted((one, other))
    few, many = sorted((short, long))
    assert add_working_days(early, few, calendar) <= add_working_days(late, few, calendar)
    assert add_working_days(early, few, calendar) <= add_working_days(early, many, calendar)


@given(instants, instants, clocks)
def test_a_clock_begun_anew_after_a_return_is_never_due_earlier(
    one: dt.datetime, other: dt.datetime, clock: Clock
) -> None:
    first, again = sorted((one, other))
    assert first < due(clock, first, VIETNAM) <= due(clock, again, VIETNAM)


@given(instants, clocks)
def test_a_clock_of_working_days_ends_with_a_working_day_in_viet_nam(now: dt.datetime, clock: Clock) -> None:
    ends = due(clock, now, VIETNAM)
    if clock.day_kind == "minutes":
        assert ends - now == dt.timedelta(minutes=clock.days)
        return
    assert ends == end_of_day(ends.date())
    assert clock.day_kind == "calendar" or clock.days == 0 or ends.date() in worked_by_the_library()


@cache
def worked_by_the_library() -> frozenset[dt.date]:
    everyday = (dt.date(2016, 1, 1) + dt.timedelta(days=n) for n in range(366 * 14))
    return frozenset(one for one in everyday if NATIONAL.is_working_day(one))


@given(days, days)
def test_the_library_itself_counts_the_same_days(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    assert VIETNAM.is_working_day(first) == NATIONAL.is_working_day(first)
    after = first + dt.timedelta(days=1)
    counted = NATIONAL.get_working_days_count(after, last) if after <= last else 0
    assert working_days_between(first, last, VIETNAM) == counted


@given(days, st.integers(-40, 40).filter(bool))
def test_the_library_itself_agrees(start: dt.date, count: int) -> None:
    assert add_working_days(start, count, VIETNAM) == NATIONAL.get_nth_working_day(start, count)


@given(years, st.integers(1, 9))
def test_nothing_falls_due_at_tet(year: int, count: int) -> None:
    holiday = tet(year)
    assert len(holiday) >= 5
    eve = min(holiday) - dt.timedelta(days=1)
    assert add_working_days(eve, count, VIETNAM) > max(holiday)
    assert not set(holiday) & worked_by_the_library()


@pytest.mark.parametrize("worked", sorted(NATIONAL.weekend_workdays), ids=str)
def test_a_weekend_day_worked_in_exchange_counts(worked: dt.date) -> None:
    assert worked.weekday() > 4
    assert add_working_days(worked - dt.timedelta(days=1), 1, VIETNAM) == worked


@given(days, counts, st.sets(days, max_size=20))
def test_more_days_off_never_bring_a_deadline_forward(start: dt.date, count: int, off: set[dt.date]) -> None:
    end = add_working_days(start, count, Calendar(days_off=frozenset(off)))
    assert end >= add_working_days(start, count, NONE)
    assert end not in off


@given(days, counts, calendars())
def test_an_offices_day_off_is_off_even_when_it_is_swapped(
    start: dt.date, count: int, calendar: Calendar
) -> None:
    end = add_working_days(start, count, calendar)
    closed = Calendar(calendar.holidays, calendar.days_off | {end}, calendar.swapped_days | {end})
    assert add_working_days(start, count, closed) > end


GOES_ON = {
    "two of ten working days were used, eight are left": ("2019-12-04", "2019-12-16", 8, "2019-12-26"),
    "closed on its last day, it ends on the day it goes on": ("2019-12-16", "2019-12-16", 0, "2019-12-16"),
    "overdue, it ends on the day it goes on": ("2019-12-20", "2019-12-23", 0, "2019-12-23"),
}


@pytest.mark.parametrize(("closed", "again", "left", "ends"), GOES_ON.values(), ids=GOES_ON)
def test_a_clock_that_goes_on_has_the_days_left_that_it_had(
    closed: str, again: str, left: int, ends: str
) -> None:
    appraisal = LAW_2014.clock("appraisal", day("2019-12-02"))
    deadline = due(appraisal, noon("2019-12-02"), VIETNAM)
    assert deadline == end_of_day(day("2019-12-16"))
    end = continued(appraisal, appraisal, deadline, noon(closed), noon(again), VIETNAM)
    assert end == end_of_day(day(ends)) == end_of_day(add_working_days(day(again), left, VIETNAM))


def test_a_reminder_goes_on_like_the_deadline_it_reminds_of() -> None:
    appraisal, reminding = (
        LAW_2014.clock(code, day("2019-12-02")) for code in ("appraisal", "appraisal_reminder")
    )
    deadline = due(appraisal, noon("2019-12-02"), VIETNAM)
    early, late = (noon(each) for each in ("2019-12-04", "2019-12-13"))
    again = noon("2019-12-16")
    assert continued(reminding, appraisal, deadline, early, again, VIETNAM) == end_of_day(day("2019-12-23"))
    assert continued(reminding, appraisal, deadline, late, again, VIETNAM) == end_of_day(day("2019-12-16"))


@given(instants, instants)
def test_a_round_that_used_no_day_takes_none(opened: dt.datetime, again: dt.datetime) -> None:
    appraisal = LAW_2014.clock("appraisal", day("2019-12-02"))
    deadline = due(appraisal, opened, VIETNAM)
    assert continued(appraisal, appraisal, deadline, opened, again, VIETNAM) == due(appraisal, again, VIETNAM)


def noon(text: str) -> dt.datetime:
    return dt.datetime.combine(day(text), dt.time(5), dt.UTC)
