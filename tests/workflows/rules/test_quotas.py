"""Ceilings: use by strand and pool, and the cut where more pass than there are places."""

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from workflows.plan import SHIPPED_PLANS, parse_plan
from workflows.rules.quotas import Cut, cut, place_of, quota_board

PLAN = parse_plan((SHIPPED_PLANS / "tinh-bien-vi-nguoi-ngheo-2020.yaml").read_text("utf-8"))
STRANDS = [strand.code for strand in PLAN.strands]
KINDS = ["individual", "household", "collective", "commune", "hamlet", "enterprise", "co_operative"]


def test_an_empty_round_has_every_place_left() -> None:
    board = quota_board(PLAN, "nam-2019", {})
    assert sum(place.left for place in board) == 18 + 36
    assert not any(place.over for place in board)


def test_households_and_persons_share_a_ceiling_collectives_do_not() -> None:
    strand = "dong-thuan-hop-tac"
    taken = {(strand, "individual"): 4, (strand, "household"): 3, (strand, "collective"): 2}
    board = quota_board(PLAN, "nam-2019", taken)
    persons = place_of(board, PLAN, "dong-thuan-hop-tac", "household")
    groups = place_of(board, PLAN, "dong-thuan-hop-tac", "commune")
    assert persons is not None
    assert groups is not None
    assert (persons.at_most, persons.used, persons.left, persons.over) == (6, 7, 0, 1)
    assert (groups.at_most, groups.used, groups.left, groups.over) == (3, 2, 1, 0)


def test_a_strand_does_not_use_anothers_places() -> None:
    board = quota_board(PLAN, "nam-2019", {("can-bo-giam-ngheo", "individual"): 6})
    other = place_of(board, PLAN, "ho-vuot-kho", "individual")
    assert other is not None
    assert other.left == 6


def test_a_plan_without_ceilings_has_no_board() -> None:
    plan = parse_plan((SHIPPED_PLANS / "chau-thanh-85-kh-ubnd-2024.yaml").read_text("utf-8"))
    assert quota_board(plan, "nam-2024", {("chung-tay-vi-nguoi-ngheo", "household"): 1}) == ()
    assert place_of((), plan, "chung-tay-vi-nguoi-ngheo", "household") is None


@given(st.lists(st.tuples(st.sampled_from(STRANDS), st.sampled_from(KINDS)), max_size=60))
def test_everyone_taken_is_counted_once(taken: list[tuple[str, str]]) -> None:
    board = quota_board(PLAN, "cuoi-giai-doan-2020", Counter(taken))
    assert sum(place.used for place in board) == len(taken)
    assert all(place.used == place.at_most - place.left + place.over for place in board)


def test_the_fourth_of_four_is_cut() -> None:
    votes = {"a": 9, "b": 8, "c": 7, "d": 6}
    assert cut(3, votes) == Cut(frozenset("abc"), frozenset("d"), frozenset())


def test_equal_counts_at_the_edge_stay_tied() -> None:
    votes = {"a": 9, "b": 7, "c": 7, "d": 7, "e": 5}
    assert cut(3, votes) == Cut(frozenset("a"), frozenset("e"), frozenset("bcd"))
    assert cut(4, votes) == Cut(frozenset("abcd"), frozenset("e"), frozenset())
    assert cut(0, votes) == Cut(frozenset(), frozenset(votes), frozenset())


@given(st.integers(0, 8), st.dictionaries(st.integers(), st.integers(0, 12), max_size=12))
def test_a_cut_leaves_nobody_out_and_prefers_more_votes(places: int, votes: dict[int, int]) -> None:
    result = cut(places, votes)
    assert result.within | result.beyond | result.tied == set(votes)
    assert len(result.within) + len(result.beyond) + len(result.tied) == len(votes)
    assert len(result.within) <= places
    if result.tied:
        assert len(result.within) + len(result.tied) > places > len(result.within)
        assert len({votes[one] for one in result.tied}) == 1
    else:
        assert len(result.within) == min(places, len(votes))
    for higher, lower in itertools.pairwise([result.within, result.tied, result.beyond]):
        if higher and lower:
            assert min(votes[one] for one in higher) > max(votes[one] for one in lower)
