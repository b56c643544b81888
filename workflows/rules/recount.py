"""The second code path of a count: outcomes from the single marks, in whole numbers, sharing nothing with the first.

Both paths run at every count and must agree; ``workflows.rules.voting`` and ``groups`` are the first. Where the two
differ one of them is wrong, and nobody is told a result.
"""

from collections.abc import Iterable, Mapping, Sequence
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
    """A whole vote: who there was, the heaps, the groups with their places, what the chair chose among equals."""

    members: int
    present: int
    heaps: Mapping[Id, Heap]
    groups: Iterable[Group[Id]]
    chosen: Mapping[Id, bool] = field(default_factory=dict)


def recount(profile: VoteProfile, room: Room[Id]) -> dict[Id, Found]:
    """The outcome of every nominee."""
    found = {one: _single(profile, room, heap) for one, heap in room.heaps.items()}
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
    """Those that passed, the most votes first, as far as the places go; who is level with the first left out waits."""
    passed = sorted((one for one in found if found[one][0] == "passed"), key=lambda one: -found[one][2])
    if group.places is None or len(passed) <= group.places:
        return {}
    edge = found[passed[group.places]][2]
    cut: dict[Id, Found] = {}
    level = [one for one in passed if found[one][2] == edge]
    crosses = group.places > 0 and found[passed[group.places - 1]][2] == edge
    for one in passed:
        if found[one][2] < edge or (one in level and not crosses):
            cut[one] = ("not_passed", "beyond_quota", *found[one][2:])
        elif one in level:
            cut[one] = (profile.quota_tie, "quota_tie", *found[one][2:])
    return cut
