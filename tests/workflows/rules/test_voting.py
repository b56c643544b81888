"""Votes: a table of cases, quorum and what is refused."""

from dataclasses import replace
from fractions import Fraction

import pytest

from workflows.rules.voting import Counts, VoteProfile, nomination_result, outcome

HALF, TWO_THIRDS, FOUR_FIFTHS = Fraction(1, 2), Fraction(2, 3), Fraction(4, 5)
MAJORITY = VoteProfile(TWO_THIRDS, "all", "open", HALF, "more_than", "all")
EIGHTY = VoteProfile(TWO_THIRDS, "all", "secret", FOUR_FIFTHS, "at_least", "all")


def test_twenty_one_of_twenty_five_pass_eighty_percent_by_one() -> None:
    result = outcome(EIGHTY, Counts(members=25, present=25, agree=21, disagree=4))
    assert (result.passed, result.needed, result.margin) == (True, 20, 1)
    assert result.share == Fraction(84, 100)


# Council of 25 unless said otherwise; what changes in profile and counts; result, needed, margin.
CASES = {
    "counted on those present, not all": (
        replace(EIGHTY, base="present"),
        Counts(25, 20, agree=16, disagree=4),
        ("passed", 16, 0),
    ),
    "the same votes counted on all": (EIGHTY, Counts(25, 20, agree=16, disagree=4), ("not_passed", 20, -4)),
    "half of all is not more than half": (
        MAJORITY,
        Counts(24, 24, agree=12, disagree=11, abstain=1),
        ("not_passed", 13, -1),
    ),
    "one more is": (MAJORITY, Counts(24, 24, agree=13, disagree=11), ("passed", 13, 0)),
    "80 % of 11 is 9": (EIGHTY, Counts(11, 11, agree=8, disagree=3), ("not_passed", 9, -1)),
    "80 % of 11 rounded down is 8": (
        replace(EIGHTY, rounding="down"),
        Counts(11, 11, agree=8, disagree=3),
        ("passed", 8, 0),
    ),
    "80 % of 12 is 9.6, to the nearest 10": (
        replace(EIGHTY, rounding="nearest"),
        Counts(12, 12, agree=9, disagree=3),
        ("not_passed", 10, -1),
    ),
    "80 % of 13 is 10.4, to the nearest 10": (
        replace(EIGHTY, rounding="nearest"),
        Counts(13, 13, agree=10, disagree=3),
        ("passed", 10, 0),
    ),
    "written opinions count": (
        replace(EIGHTY, written_opinions=True),
        Counts(25, 18, agree=17, disagree=1, written_agree=3),
        ("passed", 20, 0),
    ),
    "written opinions do not count": (
        EIGHTY,
        Counts(25, 18, agree=17, disagree=1, written_agree=3),
        ("not_passed", 20, -3),
    ),
    "a recused member leaves the base": (
        replace(EIGHTY, recused_in_base=False),
        Counts(11, 11, agree=8, disagree=2, recused=1, present_recused=1),
        ("passed", 8, 0),
    ),
    "a recused member stays in the base": (
        EIGHTY,
        Counts(11, 11, agree=8, disagree=2, recused=1, present_recused=1),
        ("not_passed", 9, -1),
    ),
    "no quorum, whatever the votes": (
        replace(MAJORITY, base="present"),
        Counts(25, 16, agree=16),
        ("not_passed", 9, 7),
    ),
    "the chair must agree": (
        replace(MAJORITY, chair_yes_required=True),
        Counts(9, 9, agree=8, disagree=1, chair="disagree"),
        ("not_passed", 5, 3),
    ),
    "the chair agrees": (
        replace(MAJORITY, chair_yes_required=True),
        Counts(9, 9, agree=5, disagree=4, chair="agree"),
        ("passed", 5, 0),
    ),
    "abstentions leave the base": (
        replace(MAJORITY, base="valid", abstentions="not_in_base"),
        Counts(10, 10, agree=4, disagree=3, abstain=3),
        ("passed", 4, 0),
    ),
    "abstentions stay in the base": (
        replace(MAJORITY, base="valid"),
        Counts(10, 10, agree=4, disagree=3, abstain=3),
        ("not_passed", 6, -2),
    ),
    "invalid ballots are not valid ones": (
        replace(MAJORITY, base="valid"),
        Counts(10, 10, agree=4, disagree=3, invalid=3),
        ("passed", 4, 0),
    ),
    "invalid ballots among those present": (
        replace(MAJORITY, base="present"),
        Counts(10, 10, agree=4, disagree=3, invalid=3),
        ("not_passed", 6, -2),
    ),
    "a blank ballot as abstention": (
        replace(MAJORITY, base="valid", blank="abstain"),
        Counts(10, 10, agree=5, disagree=4, blank=1),
        ("not_passed", 6, -1),
    ),
    "a tie is decided by the chair": (
        replace(MAJORITY, tie="chair_decides"),
        Counts(10, 10, agree=5, disagree=5, chair="agree"),
        ("passed", 6, -1),
    ),
    "a tie the chair is against": (
        replace(MAJORITY, tie="chair_decides"),
        Counts(10, 10, agree=5, disagree=5, chair="disagree"),
        ("not_passed", 6, -1),
    ),
    "a tie that waits for the chair": (
        replace(MAJORITY, tie="chair_decides"),
        Counts(10, 10, agree=5, disagree=5),
        ("chair_decides", 6, -1),
    ),
    "a tie that is voted again": (
        replace(MAJORITY, tie="second_ballot"),
        Counts(10, 10, agree=5, disagree=5),
        ("second_ballot", 6, -1),
    ),
    "evenly split but short of the base is no tie": (
        replace(MAJORITY, tie="chair_decides"),
        Counts(10, 10, agree=4, disagree=4, abstain=2, chair="agree"),
        ("not_passed", 6, -2),
    ),
    "nobody voted": (
        replace(MAJORITY, base="valid"),
        Counts(9, 9, agree=0, invalid=9),
        ("not_passed", 1, -1),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_case(case: str) -> None:
    profile, counts, expected = CASES[case]
    result = outcome(profile, counts)
    assert (result.result, result.needed, result.margin) == expected


@pytest.mark.parametrize(
    ("profile", "counts", "deciding", "expected"),
    [
        (MAJORITY, Counts(9, 9, agree=9), ("commune", "district"), "passed"),
        (MAJORITY, Counts(9, 9, agree=9), ("province",), "passed_higher"),
        (MAJORITY, Counts(9, 9, agree=9), ("state",), "passed_higher"),
        (MAJORITY, Counts(9, 9, agree=2), ("province",), "not_passed"),
        (MAJORITY, Counts(9, 2, agree=2), ("district",), "deferred"),
        (
            replace(MAJORITY, tie="second_ballot"),
            Counts(10, 10, agree=5, disagree=5),
            ("district",),
            "deferred",
        ),
    ],
)
def test_what_an_outcome_means_for_the_nomination(profile, counts, deciding, expected) -> None:
    assert nomination_result(outcome(profile, counts), "district", deciding) == expected


def test_a_quorum_of_those_summoned_needs_their_number() -> None:
    profile = replace(MAJORITY, quorum_base="summoned", base="present")
    assert outcome(profile, Counts(25, 14, agree=14, summoned=20)).quorate
    with pytest.raises(ValueError, match="summoned"):
        outcome(profile, Counts(25, 14, agree=14))


@pytest.mark.parametrize(
    "numbers",
    [
        {"members": 5, "present": 6, "agree": 5},
        {"members": 5, "present": 5, "agree": 6},
        {"members": 5, "present": 5, "agree": 5, "written_agree": 1},
        {"members": 5, "present": 5, "agree": 5, "recused": 1, "present_recused": 1},
        {"members": 5, "present": 5, "agree": -1},
    ],
)
def test_more_votes_than_voters_are_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="more votes"):
        Counts(**numbers)
