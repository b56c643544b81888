"""A secret ballot as bytes: it says what was marked, and its size says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.sheets import UnreadableSheet, read_sheet, write_sheet

LINES = tuple(range(6))


@given(st.dictionaries(st.sampled_from(LINES), st.sampled_from(["agree", "disagree", "abstain"])))
def test_a_sheet_is_read_as_it_was_written(marks):
    body = write_sheet("K7QF-2M9X-4T8B", LINES, marks)
    assert read_sheet(body, LINES) == ("K7QF-2M9X-4T8B", marks)
    assert len(body) == len(write_sheet("A", LINES, {}))


def test_a_line_stood_aside_for_is_no_mark():
    assert read_sheet(write_sheet("A", LINES, {0: "recused", 1: "agree"}), LINES) == ("A", {1: "agree"})


@pytest.mark.parametrize("body", [b"", b"A" * 25, b"A" * 20 + bytes([9] * 6), b"A" * 27])
def test_other_bytes_are_no_sheet(body):
    with pytest.raises(UnreadableSheet):
        read_sheet(body, LINES)


def test_a_tracker_has_its_place():
    with pytest.raises(ValueError, match="too long"):
        write_sheet("A" * 21, LINES, {})
