"""Numbers in Vietnamese words: the irregular ones, and reading them back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.documents.words import LARGEST, amount_in_words, number_in_words

DIGITS = dict(zip("không một hai ba bốn năm sáu bảy tám chín".split(), range(10), strict=True))
AFTER_TENS = DIGITS | {"mốt": 1, "tư": 4, "lăm": 5}
SCALES = {"nghìn": 10**3, "triệu": 10**6}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (91, "chín mươi mốt"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (555, "năm trăm năm mươi lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (10_024, "mười nghìn không trăm hai mươi tư"),
        (447_000, "bốn trăm bốn mươi bảy nghìn"),
        (1_390_000, "một triệu ba trăm chín mươi nghìn"),
        (2_000_015, "hai triệu không trăm mười lăm"),
        (14_526_000, "mười bốn triệu năm trăm hai mươi sáu nghìn"),
        (1_000_000_000, "một tỷ"),
        (21_000_000_001, "hai mươi mốt tỷ không trăm linh một"),
        (1_000_000_000_000, "một nghìn tỷ"),
    ],
)
def test_number_in_words(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_amount_begins_with_a_capital_and_ends_with_the_currency() -> None:
    assert amount_in_words(894_000) == "Tám trăm chín mươi tư nghìn đồng"


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_without_words_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        number_in_words(number)


@given(st.integers(0, LARGEST))
def test_words_read_back_are_the_number(number: int) -> None:
    assert read(number_in_words(number)) == number


@given(st.integers(0, LARGEST))
def test_irregular_units_are_never_regular(number: int) -> None:
    words = f" {number_in_words(number)} "
    assert not any(f" mươi {wrong} " in words for wrong in ("một", "bốn", "năm"))
    assert " mười năm " not in words
    assert "  " not in words


def read(words: str) -> int:
    """The number these words mean, worked out the other way round: from words to parts."""
    above, billion, below = f" {words} ".rpartition(" tỷ ")
    return (read(above.strip()) * 10**9 if billion else 0) + read_below_billion(below.split())


def read_below_billion(words: list[str]) -> int:
    total, group = 0, []
    for word in words:
        if word in SCALES:
            total, group = total + read_group(group) * SCALES[word], []
        else:
            group.append(word)
    return total + read_group(group)


def read_group(words: list[str]) -> int:
    total = 0
    if "trăm" in words:
        total, words = DIGITS[words[0]] * 100, words[2:]
    if "mươi" in words:
        total, words = total + DIGITS[words[0]] * 10, words[2:]
    if "mười" in words:
        total, words = total + 10, words[1:]
    return total + sum(AFTER_TENS[word] for word in words if word != "linh")
