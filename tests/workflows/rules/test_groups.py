"""Groups with a quota: what a sheet counts for, who is cut; and against another implementation."""

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.groups import Group, as_counted, session_outcomes
from workflows.rules.voting import Counts, VoteProfile

MAJORITY = VoteProfile(Fraction(2, 3), "all", "open", Fraction(1, 2), "more_than", "all")
CUTTING = replace(MAJORITY, quota="cuts")
LIMITED = replace(MAJORITY, ballot_limit=True)


def results(profile: VoteProfile, places: int | None, **agreed: int) -> dict[str, tuple[str, str]]:
    """Result and reason of each nominee of one group, in a council of 11 that all voted."""
    counts = {name: Counts(members=11, present=11, agree=n, disagree=11 - n) for name, n in agreed.items()}
    found = session_outcomes(profile, [Group(tuple(agreed), places)], counts)
    return {name: (one.result, one.reason) for name, one in found.items()}


PASSED, SHORT = ("passed", "threshold"), ("not_passed", "threshold")
BEYOND, SECOND = ("not_passed", "beyond_quota"), ("second_ballot", "quota_tie")


@pytest.mark.parametrize(
    ("places", "agreed", "expected"),
    [
        (3, {"a": 11, "b": 9, "c": 5}, {"a": PASSED, "b": PASSED, "c": SHORT}),
        (1, {"a": 11, "b": 9, "c": 5}, {"a": PASSED, "b": BEYOND, "c": SHORT}),
        (2, {"a": 11, "b": 9, "c": 9, "d": 7}, {"a": PASSED, "b": SECOND, "c": SECOND, "d": BEYOND}),
        (3, {"a": 11, "b": 9, "c": 9, "d": 7}, {"a": PASSED, "b": PASSED, "c": PASSED, "d": BEYOND}),
        (1, {"a": 9, "b": 9}, {"a": SECOND, "b": SECOND}),
        (0, {"a": 11, "b": 2}, {"a": BEYOND, "b": SHORT}),
        (None, {"a": 11, "b": 11}, {"a": PASSED, "b": PASSED}),
    ],
)
def test_the_highest_counts_pass(
    places: int | None, agreed: dict[str, int], expected: dict[str, tuple[str, str]]
) -> None:
    assert results(CUTTING, places, **agreed) == expected


def test_a_quota_that_informs_cuts_nobody() -> None:
    assert results(MAJORITY, 1, a=11, b=9) == {"a": PASSED, "b": PASSED}


def test_the_chair_may_decide_a_tie_at_the_edge() -> None:
    found = results(replace(CUTTING, quota_tie="chair_decides"), 1, a=9, b=9)
    assert set(found.values()) == {("chair_decides", "quota_tie")}


def test_groups_are_cut_one_by_one() -> None:
    full = Counts(members=11, present=11, agree=11)
    groups = [Group(("a", "b"), 1), Group(("c",), 1)]
    found = session_outcomes(CUTTING, groups, dict.fromkeys("abc", full))
    assert [one.result for one in found.values()] == ["second_ballot", "second_ballot", "passed"]


CAP, BARRED = ("not_passed", "beyond_cap"), ("not_passed", "not_eligible")


def capped(
    groups: list[Group[str]], barred: tuple[str, ...] = (), **agreed: int
) -> dict[str, tuple[str, str]]:
    """Result and reason in a council of 11 that all voted, by a rule whose places cut."""
    counts = {name: Counts(members=11, present=11, agree=n, disagree=11 - n) for name, n in agreed.items()}
    found = session_outcomes(CUTTING, groups, counts, barred=barred)
    return {name: (one.result, one.reason) for name, one in found.items()}


def test_whom_a_condition_bars_passes_by_no_vote_and_takes_no_place() -> None:
    found = capped([Group(("a", "b"), 1)], ("a",), a=11, b=9)
    assert found == {"a": BARRED, "b": PASSED}


def test_who_failed_anyway_failed_by_the_vote() -> None:
    assert capped([], ("a",), a=5) == {"a": SHORT}


def test_a_cap_across_strands_cuts_before_the_places_of_each() -> None:
    groups = [Group(("a", "b", "c"), 2, "share"), Group(("a", "c"), 1), Group(("b", "d"), 1)]
    assert capped(groups, a=11, b=10, c=9, d=8) == {"a": PASSED, "b": PASSED, "c": CAP, "d": BEYOND}


def test_who_waits_at_a_cap_keeps_a_place_of_the_strand_open() -> None:
    groups = [Group(("a", "b"), 1, "share"), Group(("b", "c", "d"), 1)]
    at_cap, level = ("second_ballot", "cap_tie"), SECOND
    assert capped(groups, a=9, b=9, c=8, d=7) == {"a": at_cap, "b": at_cap, "c": level, "d": BEYOND}
    assert capped(groups, a=9, b=9, c=11) == {"a": at_cap, "b": BEYOND, "c": PASSED}


GROUPS = [Group(("a", "b", "c"), 1), Group(("d",), None)]


@pytest.mark.parametrize(
    ("sheet", "counted"),
    [
        ("agree disagree abstain agree", "agree disagree abstain agree"),
        ("agree agree disagree agree", "invalid invalid invalid agree"),
        ("agree agree recused disagree", "invalid invalid recused disagree"),
    ],
)
def test_a_sheet_with_too_many_agrees_is_invalid_for_the_group(sheet: str, counted: str) -> None:
    marks = dict(zip("abcd", sheet.split(), strict=True))
    assert list(as_counted(LIMITED, GROUPS, marks).values()) == counted.split()  # type: ignore[arg-type]  # words
    assert as_counted(MAJORITY, GROUPS, marks) == marks  # type: ignore[arg-type, comparison-overlap]  # words


# Another implementation, to compare with: who is beaten by how many.


def slowly(profile: VoteProfile, places: int, agreed: dict[str, int]) -> dict[str, str]:
    needed = 6  # more than half of 11
    told = {}
    for name, votes in agreed.items():
        rivals = [other for other, n in agreed.items() if other != name and n >= needed]
        better = sum(agreed[other] > votes for other in rivals)
        equal = sum(agreed[other] == votes for other in rivals)
        if votes < needed or better >= places:
            told[name] = "not_passed"
        elif better + equal < places:
            told[name] = "passed"
        else:
            told[name] = profile.quota_tie
    return told


@pytest.mark.parametrize("places", [0, 1, 2, 3])
def test_all_counts_of_four_nominees(places: int) -> None:
    wrong = [
        votes
        for votes in itertools.product((5, 6, 7, 8, 11), repeat=4)
        if {
            name: one[0]
            for name, one in results(CUTTING, places, **dict(zip("abcd", votes, strict=True))).items()
        }
        != slowly(CUTTING, places, dict(zip("abcd", votes, strict=True)))
    ]
    assert wrong == []


@given(
    st.dictionaries(st.sampled_from("abcdefghijklmnop"), st.integers(0, 11), min_size=1), st.integers(0, 12)
)
def test_any_counts(agreed: dict[str, int], places: int) -> None:
    found = results(CUTTING, places, **agreed)
    assert {name: one[0] for name, one in found.items()} == slowly(CUTTING, places, agreed)
    assert sum(one == PASSED for one in found.values()) <= places
