"""What a meeting of the people decides, by shares of those invited and of those present."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.law import MeetingRule
from workflows.rules.meetings import meeting_result, needed_agreeing


def rule(comparison="more_than", quorum="1/2", threshold="1/2"):
    return MeetingRule(
        kind="hamlet",
        name="Họp ấp",
        quorum=Fraction(quorum),
        threshold=Fraction(threshold),
        comparison=comparison,
        citation="Quy chế",
        mark="unverified",
    )


@pytest.mark.parametrize(
    ("comparison", "invited", "present", "agreed", "expected"),
    [
        ("more_than", 40, 19, 19, "no_quorum"),
        ("more_than", 40, 20, 10, "short"),
        ("more_than", 40, 20, 11, "carried"),
        ("at_least", 40, 20, 10, "carried"),
        ("at_least", 41, 21, 10, "short"),
        ("at_least", 41, 21, 11, "carried"),
    ],
)
def test_quorum_then_threshold(comparison, invited, present, agreed, expected):
    assert meeting_result(rule(comparison), invited, present, agreed) == expected


@given(st.integers(1, 500), st.sampled_from(["1/3", "1/2", "2/3", "4/5"]))
def test_one_fewer_than_needed_never_carries(present, threshold):
    for comparison in ("more_than", "at_least"):
        judged = rule(comparison, "0", threshold)
        needed = needed_agreeing(judged, present)
        assert meeting_result(judged, present, present, needed - 1) == "short"
        assert needed > present or meeting_result(judged, present, present, needed) == "carried"
