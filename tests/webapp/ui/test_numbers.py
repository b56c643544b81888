"""What people type as numbers, days and instants; anything doubtful stays text and is asked about."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.ui.numbers import read_day, read_instant, read_number

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("702000", 702000),
        ("702.000", 702000),
        ("1.234,5", 1234.5),
        ("0,25", 0.25),
        ("-1,5", -1.5),
        ("\N{MINUS SIGN}2", -2),
        ("1 234", 1234),
    ],
)
def test_vietnamese_numbers_are_read(typed: str, value: float) -> None:
    assert read_number(typed, "vi", whole=False) == value


@pytest.mark.parametrize(
    "typed", ["1.5", "1,234.5", "12.34.567", "1e5", "NaN", "٣", "", "9" * 20, "1,", "--1"]
)
def test_what_is_no_vietnamese_number_stays_as_typed(typed: str) -> None:
    assert read_number(typed, "vi", whole=False) == typed


def test_english_numbers_are_read() -> None:
    assert read_number("1,234.5", "en", whole=False) == 1234.5
    assert read_number("1.234,5", "en", whole=False) == "1.234,5"


def test_a_whole_number_is_an_integer_and_never_a_float() -> None:
    assert [type(read_number(typed, "vi", whole=True)) for typed in ("5", "5,0", "5,5")] == [int, int, float]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("3/5/2024", "2024-05-03"),
        ("03/05/2024", "2024-05-03"),
        ("03-05-2024", "2024-05-03"),
        ("2024-05-03", "2024-05-03"),
        ("31/02/2024", "31/02/2024"),
        ("5/2024", "5/2024"),
        ("hôm nay", "hôm nay"),
    ],
)
def test_days(typed: str, value: str) -> None:
    assert read_day(typed) == value


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("10/12/2019 14:30", "2019-12-10T14:30:00+07:00"),
        ("10/12/2019 7h05", "2019-12-10T07:05:00+07:00"),
        ("2019-12-10T14:30", "2019-12-10T14:30:00+07:00"),
        ("10/12/2019", "10/12/2019"),
        ("10/12/2019 25:00", "10/12/2019 25:00"),
    ],
)
def test_instants_belong_to_the_office(typed: str, value: str) -> None:
    assert read_instant(typed, ZONE) == value


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(read_number(text, "vi", whole=False), int | float | str)
    assert isinstance(read_day(text), str)
    assert isinstance(read_instant(text, ZONE), str)
