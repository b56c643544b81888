"""The list of steps beside a replay: by lane, and by the turns a case made through its processes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from webapp.queries.replay_lanes import BESIDE
from webapp.queries.replay_page import Walk
from webapp.queries.replay_steps import WalkStep
from webapp.queries.replay_versions import VersionChange, changes_before
from webapp.ui.formats import zone
from workflows.trail import Stride, Trail
from workflows.turns import Turn


@dataclass(frozen=True)
class Listed:
    """A step in the list, and what changed before it; ``undone`` is the number of the step that took it back.

    ``lapsed``: by this step something was given up that had been begun.
    """

    step: WalkStep
    changed: tuple[VersionChange, ...]
    undone: int | None
    lapsed: bool


@dataclass(frozen=True)
class Group:
    """Steps of one turn after another: ``process`` is its Vietnamese name, ``number`` the turn.

    ``several``: the process was gone through more than once. ``repeated``: another turn came after this one;
    ``lapsed``: something was begun in it that was not completed. ``verdict``: the Vietnamese words of the last decision
    in it, but for those of single units or members.
    """

    process: str
    number: int
    several: bool
    repeated: bool
    lapsed: bool
    verdict: str
    steps: tuple[Listed, ...]


WINDOW = 100
"""So many steps before and after the one that is shown are listed; the script asks for the others."""


@dataclass(frozen=True)
class Stepping:
    """Which steps the page goes through, and from which one. ``lane`` is the key of a lane, empty for all.

    ``groups`` are those that are listed, ``before`` and ``after`` the numbers of the next steps that are not.
    """

    lane: str
    lanes: tuple[tuple[str, str, int], ...]
    steps: tuple[WalkStep, ...]
    at: WalkStep
    groups: tuple[Group, ...]
    before: int | None
    after: int | None

    @property
    def walk(self) -> list[list[int]]:
        """For the script: of each step its number, the recorded inputs up to it, and whether the case rests."""
        return [[step.number, step.inputs, int(step.frozen)] for step in self.steps]

    @property
    def moves(self) -> dict[str, int | None]:
        """Where the transport leads: numbers of steps, None where there is none."""
        numbers = [step.number for step in self.steps]
        place = numbers.index(self.at.number)
        back, forward = numbers[:place], numbers[place + 1 :]
        return {
            "first": back[0] if back else None,
            "back": back[-1] if back else None,
            "forward": forward[0] if forward else None,
            "last": forward[-1] if forward else None,
        }


def stepping(walk: Walk, args: Mapping[str, str]) -> Stepping:
    """The steps an address asks for: ``lane`` alone, and of those ``step`` by its number, or the step that an ``event``
    of the log stands with, or the last one that is not after an instant (``at``); else the last one."""
    keys = _keys(walk)
    lane = wanted if (wanted := args.get("lane", "")) in keys.values() else ""
    steps = tuple(step for step in walk.steps if lane in ("", keys[step.number]))
    at = _chosen(walk, steps, args)
    place = steps.index(at)
    first, end = max(0, place - WINDOW), place + WINDOW + 1
    return Stepping(
        lane=lane,
        lanes=_lanes(walk, keys),
        steps=steps,
        at=at,
        groups=tuple(_groups(walk, steps[first:end])),
        before=steps[first - 1].number if first else None,
        after=steps[end].number if end < len(steps) else None,
    )


def _keys(walk: Walk) -> dict[int, str]:
    """The key of the lane of each step, by its number: lanes of one name are one, whatever diagram they stand in."""
    first: dict[str, str] = {}
    for step in walk.steps:
        if step.lane:
            first.setdefault(step.lane.name, step.lane.key)
    return {step.number: first[step.lane.name] if step.lane else BESIDE for step in walk.steps}


def _lanes(walk: Walk, keys: Mapping[int, str]) -> tuple[tuple[str, str, int], ...]:
    """(key, Vietnamese name, number of steps) of each lane in the order in which they came to act."""
    counts = Counter(keys.values())
    names = {keys[step.number]: step.lane.name if step.lane else "" for step in walk.steps}
    return tuple((key, names[key], count) for key, count in counts.items())


def _chosen(walk: Walk, steps: tuple[WalkStep, ...], args: Mapping[str, str]) -> WalkStep:
    """The last of the steps up to the one asked for; where all come after it, the first."""
    if at := _instant(args.get("at", "")):
        reached = [step for step in steps if step.line.event.at <= at]
    else:
        event = _number(args.get("event"))
        number = step_at(walk, event).number if event else _number(args.get("step")) or steps[-1].number
        reached = [step for step in steps if step.number <= number]
    return reached[-1] if reached else steps[0]


def step_at(walk: Walk, event: int) -> WalkStep:
    """The step that an event of the log stands with: what was done beside the diagram, with the one that followed."""
    for step in walk.steps:
        if any(line.event.number == event for line in (*step.before, step.line, *step.after)):
            return step
    return walk.steps[-1]


def _instant(text: str) -> dt.datetime | None:
    """An instant of an address (RFC 3339); one without its offset is of the office's clock."""
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone())


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _groups(walk: Walk, steps: Iterable[WalkStep]) -> Iterable[Group]:
    trail = walk.rerun.trail
    lapsed = _lapsed_turns(trail)
    undone = _undone(walk.steps)
    counts = Counter(turn.scope for turn in trail.turns)
    for at, found in groupby(steps, lambda step: step.turn):
        members = list(found)
        turn = trail.turns[at] if trail.turns else Turn("", walk.case.process, True, 1, None)
        decisions = [step.line.decision for step in members if step.line.decision and _is_whole(walk, step)]
        yield Group(
            process=walk.names.get(turn.process, turn.process),
            number=turn.number,
            several=counts[turn.scope] > 1,
            repeated=turn.number < counts[turn.scope],
            lapsed=at in lapsed,
            verdict=decisions[-1] if decisions else "",
            steps=tuple(_listed(walk, step, undone) for step in members),
        )


def _stride(walk: Walk, step: WalkStep) -> Stride | None:
    strides = walk.rerun.trail.strides
    return strides[step.place - 1] if 0 < step.place <= len(strides) else None


def _is_whole(walk: Walk, step: WalkStep) -> bool:
    """Whether a step was done for the process and not for one instance in it."""
    stride = _stride(walk, step)
    return bool(stride and stride.turns and walk.rerun.trail.turns[stride.turns[0]].whole)


def _listed(walk: Walk, step: WalkStep, undone: Mapping[str, int]) -> Listed:
    stride = _stride(walk, step)
    return Listed(
        step=step,
        changed=changes_before(walk.versions, step.number),
        undone=undone.get(step.line.event.fields.get("task", "")) if step.line.decision else None,
        lapsed=bool(stride and stride.lapsed),
    )


def _undone(steps: Iterable[WalkStep]) -> dict[str, int]:
    """Decisions that were taken back: task → number of the step that did it."""
    events = [(step.number, step.line.event) for step in steps]
    return {event.fields["task"]: number for number, event in events if event.type == "decision_undone"}


def _lapsed_turns(trail: Trail) -> set[int]:
    """The turns of processes in which something was given up, and which did not go on after that."""
    newest: dict[str, int] = {}
    found: set[int] = set()
    for stride in trail.strides:
        given_up = {process for process, _element in stride.lapsed}
        for move, turn in zip(stride.moves, stride.turns, strict=True):
            newest[move.process] = trail.whole(turn)
            if move.process not in given_up:
                found.discard(newest[move.process])
        found |= {newest[process] for process in given_up if process in newest}
    return found
