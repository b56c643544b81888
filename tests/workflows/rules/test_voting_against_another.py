"""All votes of small councils, and random ones of larger, against another implementation."""

import itertools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.rules.voting import Counts, VoteProfile, outcome

# Another implementation, member by member, to compare with.

IN_ROOM = ("agree", "disagree", "abstain", "invalid", "blank", "silent", "recused")
AWAY = ("away", "letter agree", "letter disagree", "letter abstain", "away recused")


def count(vector: tuple[str, ...], chair_known: bool) -> Counts:
    chair = vector[0] if chair_known and vector[0] in ("agree", "disagree", "abstain") else None
    return Counts(
        members=len(vector),
        present=sum(state in IN_ROOM for state in vector),
        agree=vector.count("agree"),
        disagree=vector.count("disagree"),
        abstain=vector.count("abstain"),
        invalid=vector.count("invalid"),
        blank=vector.count("blank"),
        written_agree=vector.count("letter agree"),
        written_disagree=vector.count("letter disagree"),
        written_abstain=vector.count("letter abstain"),
        recused=vector.count("recused") + vector.count("away recused"),
        present_recused=vector.count("recused"),
        summoned=len(vector),
        chair=chair,
    )


def meaning(profile: VoteProfile, state: str) -> tuple[bool, bool, bool]:
    """Of one member: in the base, agrees, disagrees."""
    if state == "blank":
        state = {"invalid": "invalid", "abstain": "abstain"}[profile.blank]
    if state.startswith("letter"):
        state = state.removeprefix("letter ") if profile.written_opinions else "away"
    if state in ("agree", "disagree"):
        return True, state == "agree", state == "disagree"
    if profile.base == "all":
        return "recused" not in state or profile.recused_in_base, False, False
    in_base = {
        "abstain": profile.abstentions == "in_base",
        "invalid": profile.base == "present" and profile.invalid == "in_base",
        "silent": profile.base == "present",
        "recused": profile.base == "present" and profile.recused_in_base,
    }
    return in_base.get(state, False), False, False


def slow_result(profile: VoteProfile, vector: tuple[str, ...], chair_known: bool) -> str:
    present = [state for state in vector if state in IN_ROOM]
    if not present or len(present) * profile.quorum.denominator < profile.quorum.numerator * len(vector):
        return "not_passed"
    told = [meaning(profile, state) for state in vector]
    base, agree, against = (sum(one[i] for one in told) for i in range(3))
    top, bottom = profile.threshold.numerator, profile.threshold.denominator
    chair = vector[0] if chair_known else ""
    strict = profile.comparison == "more_than"
    if strict and agree == against > 0 and agree * bottom == top * base:
        by_chair = "passed" if chair == "agree" else "not_passed"
        by_chair = by_chair if chair in ("agree", "disagree", "abstain") else "chair_decides"
        rules = {"not_passed": "not_passed", "second_ballot": "second_ballot", "chair_decides": by_chair}
        return rules[profile.tie]
    reached = agree * bottom > top * base if strict else agree * bottom >= top * base
    if not reached or agree == 0 or (profile.chair_yes_required and chair != "agree"):
        return "not_passed"
    return "passed"


TABLE = """
quorum threshold comparison base chair written recused abstentions invalid blank tie
1/2 1/2 more_than all no yes yes in_base in_base invalid chair_decides
1/2 4/5 at_least all yes yes no in_base in_base invalid not_passed
2/3 1/2 more_than present no no no not_in_base in_base abstain second_ballot
1/3 1/2 more_than present yes yes yes in_base not_in_base invalid chair_decides
1/3 2/3 at_least present no yes no not_in_base not_in_base abstain not_passed
1/4 1/2 more_than valid no yes yes not_in_base in_base invalid chair_decides
1/4 9/10 at_least valid no no yes in_base in_base abstain not_passed
"""


def profile_of(row: str) -> VoteProfile:
    quorum, threshold, comparison, base, chair, written, recused, abstentions, invalid, blank, tie = (
        row.split()
    )
    words: dict[str, Any] = {"comparison": comparison, "base": base, "blank": blank, "tie": tie}
    words |= {"abstentions": abstentions, "invalid": invalid, "recused_in_base": recused == "yes"}
    words |= {"chair_yes_required": chair == "yes", "written_opinions": written == "yes"}
    return VoteProfile(Fraction(quorum), "all", "open", Fraction(threshold), **words)


PROFILES = [profile_of(row) for row in TABLE.strip().split("\n")[1:]]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
@pytest.mark.parametrize("profile", PROFILES)
def test_every_vote_vector_of_a_small_council(profile: VoteProfile, size: int) -> None:
    vectors = list(itertools.product((*IN_ROOM, *AWAY), repeat=size))
    wrong = [
        (vector, known)
        for vector in vectors
        for known in (True, False)
        if outcome(profile, count(vector, known)).result != slow_result(profile, vector, known)
    ]
    assert len(vectors) == 12**size
    assert wrong == []


fractions = st.builds(lambda n, extra: Fraction(n, n + extra), st.integers(1, 20), st.integers(0, 20))
profiles = st.builds(
    VoteProfile,
    quorum=fractions,
    quorum_base=st.sampled_from(["all", "summoned"]),
    ballot=st.just("secret"),
    threshold=fractions,
    comparison=st.sampled_from(["at_least", "more_than"]),
    base=st.sampled_from(["all", "present", "valid"]),
    chair_yes_required=st.booleans(),
    written_opinions=st.booleans(),
    recused_in_base=st.booleans(),
    abstentions=st.sampled_from(["in_base", "not_in_base"]),
    invalid=st.sampled_from(["in_base", "not_in_base"]),
    blank=st.sampled_from(["invalid", "abstain"]),
    tie=st.sampled_from(["not_passed", "chair_decides", "second_ballot"]),
)
vectors = st.lists(st.sampled_from([*IN_ROOM, *AWAY]), min_size=1, max_size=31).map(tuple)


@given(profiles, vectors, st.booleans())
def test_any_council_up_to_31_members(profile: VoteProfile, vector: tuple[str, ...], known: bool) -> None:
    result = outcome(profile, count(vector, known))
    assert result.result == slow_result(profile, vector, known)
    assert result.agree <= result.base <= len(vector) or result.base == 0
    if result.passed and result.reason != "tie":
        assert result.margin >= 0


@given(profiles, vectors, st.data())
def test_one_more_yes_never_harms(profile: VoteProfile, vector: tuple[str, ...], data: st.DataObject) -> None:
    against = [i for i, state in enumerate(vector) if state == "disagree" and i > 0]
    if not against:
        vector, against = (*vector, "disagree"), [len(vector)]
    index = data.draw(st.sampled_from(against))
    won_over = (*vector[:index], "agree", *vector[index + 1 :])
    before = outcome(profile, count(vector, True))
    if before.passed:
        assert outcome(profile, count(won_over, True)).passed
    assert outcome(profile, count(won_over, True)).agree == before.agree + 1
