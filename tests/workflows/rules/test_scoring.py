"""Scores of a cluster: totals with weights, bonus and penalty, ranks, the ring, the acclaim vote."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.criteria import SHIPPED_CRITERIA, AcclaimRule, parse_criteria
from workflows.rules.scoring import (
    Total,
    acclaim,
    deviates,
    limit_fault,
    most_points,
    ranked,
    ring,
    total_of,
    votes_needed,
    weighted,
)

TABLE = parse_criteria((SHIPPED_CRITERIA / "vi-du-cum-xa.yaml").read_text("utf-8"))
HALF = AcclaimRule(Decimal(50), 5, 3, "ví dụ")
POINTS = st.fixed_dictionaries(
    {criterion.code: st.decimals(0, criterion.maximum, places=2) for criterion in TABLE.criteria}
)


def test_a_total_may_be_over_a_hundred() -> None:
    assert most_points(TABLE) == Total(Decimal("103"), Decimal(8), Decimal(5))
    full = {c.code: c.maximum for c in TABLE.criteria if c.kind != "penalty"}
    assert total_of(TABLE, full).total == Decimal(111)


def test_a_weight_multiplies_and_a_penalty_is_taken_off() -> None:
    assert total_of(TABLE, {"giam-ngheo": Decimal(10)}).total == Decimal(12)
    assert total_of(TABLE, {"bao-cao-tre": Decimal(5)}).total == Decimal(-5)
    assert weighted(TABLE.criterion("bao-cao-tre"), Decimal(2)) == Decimal(-2)


@given(POINTS)
def test_a_total_is_the_sum_of_what_each_criterion_counts(points: dict[str, Decimal]) -> None:
    assert total_of(TABLE, points).total == sum(
        weighted(criterion, points[criterion.code]) for criterion in TABLE.criteria
    )


@given(POINTS)
def test_no_points_within_the_limits_are_refused_and_none_beyond_are_taken(
    points: dict[str, Decimal],
) -> None:
    for criterion in TABLE.criteria:
        assert limit_fault(criterion, points[criterion.code]) is None
        assert limit_fault(criterion, criterion.maximum + points[criterion.code] + 1) == "above_maximum"


def test_points_below_zero_and_of_a_thousandth_are_refused() -> None:
    criterion = TABLE.criteria[0]
    assert limit_fault(criterion, Decimal("-0.5")) == "below_zero"
    assert limit_fault(criterion, Decimal("0.005")) == "too_fine"


def test_a_deviation_counts_from_the_number_of_the_table_on() -> None:
    assert deviates(TABLE, Decimal(10), Decimal(7))
    assert not deviates(TABLE, Decimal(10), Decimal("7.5"))
    assert not deviates(TABLE, None, Decimal(7))


def test_equal_totals_share_a_rank_and_the_next_is_left_out() -> None:
    totals = {"a": Decimal(90), "b": Decimal(95), "c": Decimal("90.0"), "d": Decimal(80)}
    assert ranked(totals) == [(1, "b"), (2, "a"), (2, "c"), (4, "d")]


@given(st.dictionaries(st.integers(), st.decimals(-50, 150, places=2)))
def test_a_better_total_has_a_better_rank(totals: dict[int, Decimal]) -> None:
    ranks = {one: rank for rank, one in ranked(totals)}
    assert ranks.keys() == totals.keys()
    for one, total in totals.items():
        assert ranks[one] == 1 + sum(other > total for other in totals.values())


@given(st.integers(2, 30), st.integers(2000, 2100))
def test_each_scores_one_other_and_is_scored_once(count: int, year: int) -> None:
    members = list(range(count))
    pairs = ring(members, year)
    assert sorted(pairs) == sorted(pairs.values()) == members
    assert all(scorer != scored for scorer, scored in pairs.items())
    if count > 2:
        assert all(pairs[scored] != scorer for scorer, scored in pairs.items())


def test_the_ring_turns_with_the_year_and_needs_two() -> None:
    assert ring("abc", 2019) != ring("abc", 2020)
    with pytest.raises(ValueError, match="nobody"):
        ring("a", 2019)


def test_more_than_half_of_all_members_is_needed_whoever_votes() -> None:
    assert [votes_needed(HALF, members) for members in (4, 5, 6)] == [3, 3, 4]
    assert votes_needed(replace(HALF, more_than=Decimal("66.67")), 6) == 5
    found = acclaim(HALF, "abc", ["a", "a", None], 4, second=False)
    assert (found.result, found.counts["a"], found.needed) == ("again", 2, 3)


def test_who_has_enough_is_acclaimed() -> None:
    found = acclaim(HALF, "abc", ["a", "a", "a", "b"], 5, second=False)
    assert (found.result, found.winner) == ("acclaimed", "a")


@pytest.mark.parametrize(
    ("votes", "leading"),
    [
        (["a", "a", "b", "b", "c"], ("a", "b")),
        (["a", "a", "b", "c"], ("a", "b", "c")),
        (["a", "a"], ("a",)),
        ([], ("a", "b", "c")),
    ],
)
def test_without_enough_votes_the_leading_ones_are_voted_on_again(
    votes: list[str], leading: tuple[str, ...]
) -> None:
    found = acclaim(HALF, "abc", votes, 5, second=False)
    assert (found.result, found.leading) == ("again", leading)
    assert acclaim(HALF, "abc", votes, 5, second=True).result == "none"


def test_a_small_share_still_asks_for_the_most_votes() -> None:
    third = replace(HALF, more_than=Decimal(30))
    assert acclaim(third, "ab", ["a", "a", "a", "b", "b"], 5, second=False).winner == "a"
    assert acclaim(third, "ab", ["a", "a", "b", "b"], 5, second=False).result == "again"


@pytest.mark.parametrize("votes", [["x"], ["a"] * 6])
def test_votes_that_cannot_be_are_not_counted(votes: list[str]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        acclaim(HALF, "abc", votes, 5, second=False)


@given(st.lists(st.sampled_from([None, *"abcd"]), max_size=9), st.booleans(), st.integers(0, 99))
def test_nobody_is_acclaimed_with_fewer_votes_than_another(
    votes: list[str | None], second: bool, share: int
) -> None:
    found = acclaim(replace(HALF, more_than=Decimal(share)), "abcd", votes, 9, second=second)
    if found.winner is not None:
        assert found.counts[found.winner] >= found.needed
        assert all(
            found.counts[other] < found.counts[found.winner] for other in "abcd" if other != found.winner
        )
    assert (found.result == "again") <= (bool(found.leading) and not second)
