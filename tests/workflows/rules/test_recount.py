"""The second code path of a count against the first: over every vector of small councils, and random larger ones."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.rules.groups import Group, Mark, as_counted, session_outcomes
from workflows.rules.recount import Found, Heap, Room, limited, recount
from workflows.rules.voting import Counts, VoteProfile

ROOM_MARKS: tuple[Mark, ...] = ("agree", "disagree", "abstain", "blank", "invalid")
WRITTEN_MARKS: tuple[Mark, ...] = ("agree", "disagree", "abstain")
profiles = st.builds(
    VoteProfile,
    quorum=st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(1)]),
    quorum_base=st.sampled_from(["all", "summoned"]),
    ballot=st.just("open"),
    threshold=st.sampled_from([Fraction(1, 2), Fraction(2, 3), Fraction(4, 5), Fraction(9, 10), Fraction(1)]),
    comparison=st.sampled_from(["at_least", "more_than"]),
    base=st.sampled_from(["all", "present", "valid"]),
    chair_yes_required=st.booleans(),
    written_opinions=st.booleans(),
    recused_in_base=st.booleans(),
    abstentions=st.sampled_from(["in_base", "not_in_base"]),
    invalid=st.sampled_from(["in_base", "not_in_base"]),
    blank=st.sampled_from(["invalid", "abstain"]),
    tie=st.sampled_from(["not_passed", "chair_decides", "second_ballot"]),
    rounding=st.sampled_from(["exact", "nearest", "down"]),
    quota=st.sampled_from(["informs", "cuts"]),
    quota_tie=st.sampled_from(["chair_decides", "second_ballot"]),
)


def counts_of(members: int, present: int, heap: Heap) -> Counts:
    """What the first path is given of a heap."""
    room, written = Counter(heap.room), Counter(heap.written)
    return Counts(
        members=members,
        summoned=members,
        present=present,
        **{mark: room[mark] for mark in ROOM_MARKS},
        written_agree=written["agree"],
        written_disagree=written["disagree"],
        written_abstain=written["abstain"],
        recused=heap.aside,
        present_recused=heap.aside_present,
        chair=heap.chair,
    )


def by_both(profile: VoteProfile, room: Room[int]) -> tuple[dict[int, Found], dict[int, Found]]:
    counts = {one: counts_of(room.members, room.present, heap) for one, heap in room.heaps.items()}
    first = session_outcomes(profile, room.groups, counts, room.chosen, room.barred)
    told = {one: (o.result, o.reason, o.agree, o.base, o.needed) for one, o in first.items()}
    return told, recount(profile, room)


def council(draw: st.DrawFn, most: int, nominees: int) -> Room[int]:
    members = draw(st.integers(1, most))
    present = draw(st.integers(0, members))
    heaps = {}
    for one in range(nominees):
        aside = draw(st.integers(0, members))
        aside_present = draw(st.integers(max(0, aside - (members - present)), min(aside, present)))
        cast = draw(st.lists(st.sampled_from(ROOM_MARKS), max_size=present - aside_present))
        absent = members - present - (aside - aside_present)
        written = draw(st.lists(st.sampled_from(WRITTEN_MARKS), max_size=absent))
        chair = draw(st.sampled_from([None, "agree", "disagree", "abstain"]))
        heaps[one] = Heap(cast, written, aside, aside_present, chair)
    return Room(members, present, heaps, draw(groupings(nominees)), barred=draw(some(nominees)))


def some(nominees: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(st.integers(0, nominees - 1)).map(lambda found: tuple(sorted(found)))


def groupings(nominees: int) -> st.SearchStrategy[list[Group[int]]]:
    """A cap of the rule set over some of them, then the places of the plan for all."""
    places = st.integers(0, nominees)
    caps = st.lists(st.builds(Group, some(nominees), places, st.just("cap")), max_size=2)
    return st.builds(
        lambda capped, left: [*capped, Group(tuple(range(nominees)), left)], caps, st.none() | places
    )


@st.composite
def councils(draw: st.DrawFn, most: int = 31, nominees: int = 4) -> Room[int]:
    return council(draw, most, nominees)


@given(profiles, councils())
@settings(max_examples=400, deadline=None)
def test_both_paths_agree_on_councils_up_to_31(profile: VoteProfile, room: Room[int]) -> None:
    first, second = by_both(profile, room)
    assert first == second


@given(profiles, councils(), st.dictionaries(st.integers(0, 3), st.booleans()))
@settings(max_examples=200, deadline=None)
def test_both_paths_agree_on_what_the_chair_decided(
    profile: VoteProfile, room: Room[int], chosen: dict[int, bool]
) -> None:
    first, second = by_both(profile, replace(room, chosen=chosen))
    assert first == second
    assert not any(second[one][0] == "chair_decides" for one in chosen)


@pytest.mark.parametrize("base", ["all", "present", "valid"])
@pytest.mark.parametrize("comparison", ["at_least", "more_than"])
@pytest.mark.parametrize("tie", ["not_passed", "chair_decides", "second_ballot"])
def test_every_vote_of_a_council_up_to_7(base: str, comparison: str, tie: str) -> None:
    """All multisets of marks, for three thresholds: nine thousand votes for each of eighteen rules."""
    for threshold in (Fraction(1, 2), Fraction(2, 3), Fraction(4, 5)):
        words: dict[str, Any] = {"comparison": comparison, "base": base, "tie": tie}
        profile = VoteProfile(Fraction(1, 2), "all", "open", threshold, **words)
        for members in range(1, 8):
            for marks in vectors(members):
                room = Room(members, len(marks), {1: Heap(marks)}, [])
                first, second = by_both(profile, room)
                assert first == second == {1: brute(profile, members, marks)}, (marks, threshold)


def vectors(members: int) -> itertools.chain[tuple[Mark, ...]]:
    """Every vote of members of whom some may be absent; the order of the marks means nothing."""
    return itertools.chain.from_iterable(
        itertools.combinations_with_replacement(("agree", "disagree", "abstain", "invalid"), present)
        for present in range(1, members + 1)
    )


def brute(profile: VoteProfile, members: int, marks: Sequence[Mark]) -> Found:
    """A third opinion, from the words of the rule: try every number of votes until one is enough."""
    yes, no = marks.count("agree"), marks.count("disagree")
    base = {"all": members, "present": len(marks), "valid": len(marks) - marks.count("invalid")}[profile.base]

    def enough(votes: int) -> bool:
        share = Fraction(votes, base) if base else Fraction(votes)
        return votes > 0 and (
            share > profile.threshold if profile.comparison == "more_than" else share >= profile.threshold
        )

    needed = next(votes for votes in itertools.count(1) if enough(votes))
    if 2 * len(marks) < members:
        return "not_passed", "no_quorum", yes, base, needed
    half = profile.threshold == Fraction(1, 2) and profile.comparison == "more_than"
    if half and 0 < yes == no and yes + no == base:
        return profile.tie, "tie", yes, base, needed
    return ("passed" if enough(yes) else "not_passed"), "threshold", yes, base, needed


@given(
    st.booleans(),
    st.integers(0, 4),
    st.dictionaries(st.integers(0, 5), st.sampled_from(["agree", "disagree", "abstain", "recused"])),
)
def test_both_paths_agree_on_spoilt_sheets(limit: bool, places: int, sheet: dict[int, Mark]) -> None:
    profile = VoteProfile(
        Fraction(1, 2), "all", "secret", Fraction(1, 2), "more_than", "all", ballot_limit=limit
    )
    groups = [Group((0, 1, 2), places), Group((3, 4), None)]
    assert limited(profile, groups, sheet) == as_counted(profile, groups, sheet)
