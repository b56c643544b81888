"""Dates, deadlines, amounts and sizes read as people here write them."""

import datetime as dt
from decimal import Decimal

import pytest
from flask import session

from webapp.ui.formats import day, due, due_state, instant, money, number, percent, size

NOW = dt.datetime(2019, 12, 10, 2, 0, tzinfo=dt.UTC)  # 09:00 in the office


def test_a_day_is_written_day_first(vietnamese) -> None:
    assert day(dt.date(2019, 5, 3)) == "03/05/2019"


def test_an_instant_is_shown_in_the_office_and_not_in_the_server_zone(vietnamese) -> None:
    assert instant(dt.datetime(2019, 12, 9, 18, 30, tzinfo=dt.UTC)) == "10/12/2019 01:30"


def test_nothing_is_shown_as_nothing(vietnamese) -> None:
    assert [shape(None) for shape in (day, instant, due, number, money, percent, size)] == [""] * 7


@pytest.mark.parametrize(
    ("later", "text", "state"),
    [
        (dt.timedelta(days=-2), "Quá hạn 2 ngày", "overdue"),
        (dt.timedelta(minutes=-1), "Quá hạn trong hôm nay", "overdue"),
        (dt.timedelta(hours=2), "Hạn 11:00 hôm nay", "due_soon"),
        (dt.timedelta(hours=15), "còn 1 ngày", "due_soon"),
        (dt.timedelta(days=2), "còn 2 ngày", "due_soon"),
        (dt.timedelta(days=3), "còn 3 ngày", "open"),
    ],
)
def test_a_deadline_says_how_far_it_is(vietnamese, later: dt.timedelta, text: str, state: str) -> None:
    assert (due(NOW + later, NOW), due_state(NOW + later, NOW)) == (text, state)


def test_english_counts_one_day(english) -> None:
    assert due(NOW + dt.timedelta(days=1), NOW) == "1 day left"
    assert due(NOW - dt.timedelta(days=1), NOW) == "Over-due by 1 day"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (702000, None, "702.000"),
        (1234.5, None, "1.234,5"),
        (0.1, None, "0,1"),
        (1.0, None, "1"),
        (Decimal("84"), 1, "84,0"),
        (-1500, None, "-1.500"),
    ],
)
def test_numbers_in_vietnamese(vietnamese, value: float, digits: int | None, text: str) -> None:
    assert number(value, digits) == text


def test_numbers_in_english(english) -> None:
    assert number(1234567.5) == "1,234,567.5"


def test_a_constant_in_a_template_is_written_for_each_reader(bare_app) -> None:
    template = bare_app.jinja_env.from_string("{{ 702000 | number }} {{ 'clerk' | role_name }}")
    read = []
    for language in ("vi", "en"):
        with bare_app.test_request_context():
            session["language"] = language
            read.append(template.render())
    assert read == ["702.000 Văn thư", "702,000 Clerk"]


def test_amounts_shares_and_sizes(vietnamese) -> None:
    assert money(702_000) == "702.000\N{NO-BREAK SPACE}đ"
    assert percent(0.84) == "84,0\N{NO-BREAK SPACE}%"
    assert [size(532), size(12_700), size(3_250_586)] == [
        "532\N{NO-BREAK SPACE}B",
        "12,4\N{NO-BREAK SPACE}KB",
        "3,1\N{NO-BREAK SPACE}MB",
    ]
