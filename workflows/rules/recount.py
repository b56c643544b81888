"""The second code path of a count: outcomes from the single marks, in whole numbers, sharing nothing with the first.

Both paths run at every count and must agree; ``workflows.rules.voting`` and ``groups`` are the first. Where the two
differ one of them is wrong, and nobody is told a result.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from workflows.rules.groups import Group, Mark
from workflows.rules.voting import Choice, VoteProfile

Id = TypeVar("Id")
Found = tuple[str, str, int, int, int]
"""Result, reason, agreeing votes, base, votes needed."""


@dataclass(frozen=True)
class Heap:
    """Every mark on one nominee, one by one: those of the room and the written ones; how many stood aside."""

    room: Sequence[Mark]
    written: Sequence[Mark] = ()
    aside: int = 0
    aside_present: int = 0
    chair: Choice | None = None


@dataclass(frozen=True)
class Room(Generic[Id]):
    """A whole vote: who there was, the heaps, the groups with their places, what the chair chose among equals.

    ``barred``: whom a condition of eligibility bars.
    """

    members: int
    present: int
    heaps: Mapping[Id, Heap]
    groups: Iterable[Group[Id]]
    chosen: Mapping[Id, bool] = field(default_factory=dict)
    barred: Collection[Id] = ()


def recount(profile: VoteProfile, room: Room[Id]) -> dict[Id, Found]:
    """The outcome of every nominee."""
    found = {one: _single(profile, room, heap) for one, heap in room.heaps.items()}
    for one, told in found.items():
        if one in room.barred and told[0] in ("passed", "chair_decides", "second_ballot"):
            found[one] = ("not_passed", "not_eligible", *told[2:])
    if profile.quota == "cuts":
        for group in room.groups:
            found |= _cut(profile, group, {one: found[one] for one in group.nominees if one in found})
    for one, yes in room.chosen.items():
        if found[one][0] == "chair_decides":
            why = "tie" if found[one][1] == "tie" else "chair_decided"
            found[one] = ("passed" if yes else "not_passed", why, *found[one][2:])
    return found


def limited(profile: VoteProfile, groups: Iterable[Group[Id]], sheet: Mapping[Id, Mark]) -> dict[Id, Mark]:
    """The sheet as it counts: where it agrees to more of a group than there are places, it is invalid for it."""
    result = {}
    places = {one: group for group in groups for one in group.nominees}
    for one, mark in sheet.items():
        group = places.get(one)
        over = False
        if profile.ballot_limit and group is not None and group.places is not None:
            over = [sheet.get(other) for other in group.nominees].count("agree") > group.places
        result[one] = "invalid" if over and mark != "recused" else mark
    return result


def _single(profile: VoteProfile, room: Room[Id], heap: Heap) -> Found:
    marks = list(heap.room) + (list(heap.written) if profile.written_opinions else [])
    yes, no, third = marks.count("agree"), marks.count("disagree"), marks.count("abstain")
    blanks, bad = marks.count("blank"), marks.count("invalid")
    if profile.blank == "abstain":
        third += blanks
    else:
        bad += blanks
    if profile.base == "all":
        base = room.members if profile.recused_in_base else room.members - heap.aside
    else:
        base = yes + no + third
        if profile.base == "present":
            base = room.present + (len(heap.written) if profile.written_opinions else 0)
            base -= 0 if profile.recused_in_base else heap.aside_present
            base -= bad if profile.invalid == "not_in_base" else 0
        base -= third if profile.abstentions == "not_in_base" else 0
    needed = _needed(profile, base)
    result, reason = _verdict(profile, heap, yes, no, base, needed)
    quorum, of = profile.quorum.numerator, profile.quorum.denominator
    if room.present == 0 or room.present * of < quorum * room.members:
        result, reason = "not_passed", "no_quorum"
    return result, reason, yes, base, needed


def _needed(profile: VoteProfile, base: int) -> int:
    """The least whole number of votes that does, found by trying."""
    top, bottom = profile.threshold.numerator * base, profile.threshold.denominator
    if profile.rounding == "down":
        top, bottom = top // bottom, 1
    elif profile.rounding == "nearest":
        top, bottom = (2 * top + bottom) // (2 * bottom), 1
    votes = 1
    while votes * bottom < top or (profile.comparison == "more_than" and votes * bottom == top):
        votes += 1
    return votes


def _verdict(profile: VoteProfile, heap: Heap, yes: int, no: int, base: int, needed: int) -> tuple[str, str]:
    split = yes == no and yes * profile.threshold.denominator == profile.threshold.numerator * base
    if profile.comparison == "more_than" and split and yes > 0:
        if profile.tie == "chair_decides" and heap.chair is not None:
            return ("passed" if heap.chair == "agree" else "not_passed"), "tie"
        return profile.tie, "tie"
    if yes < needed:
        return "not_passed", "threshold"
    if profile.chair_yes_required and heap.chair != "agree":
        return "not_passed", "chair_not_in_favour"
    return "passed", "threshold"


def _cut(profile: VoteProfile, group: Group[Id], found: Mapping[Id, Found]) -> dict[Id, Found]:
    """By whom each is beaten: by as many as there are places, and it is out; by so few at worst that it has one."""
    if group.places is None:
        return {}
    beyond, level = ("beyond_cap", "cap_tie") if group.condition else ("beyond_quota", "quota_tie")
    waiting = {one for one in found if found[one][1] in ("cap_tie", "quota_tie")}
    passed = {one for one in found if found[one][0] == "passed"}
    cut: dict[Id, Found] = {}
    for one in passed | waiting:
        votes = found[one][2]
        beaten = sum(found[other][2] > votes for other in passed - {one})
        at_worst = sum(found[other][2] >= votes for other in (passed | waiting) - {one})
        if beaten >= group.places:
            cut[one] = ("not_passed", beyond, *found[one][2:])
        elif at_worst >= group.places:
            cut[one] = (profile.quota_tie, level, *found[one][2:])
    return cut
