"""The way a case took, read out of its events: steps, what was passed on the diagrams, returns, waiting times."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflows.mined import MinedCase, MinedEvent
from workflows.values import local_day
from workflows.vocabulary import SUPPLEMENTS

OPINION = "give_opinion"
LONGEST_LOOP = 12
"""So many steps at most are looked for as what was done several times over."""


@dataclass(frozen=True)
class Waited:
    """A task at ``place`` was open from a day to a day; ``unit`` is the code of the unit whose task it was."""

    place: str
    unit: str
    opened: dt.date
    done: dt.date


@dataclass(frozen=True)
class Route:
    """The way a case took. A place is ``process.element``, a flow ``process.flow``.

    ``steps`` are (name, place), ``returns`` tell how often a step sent back; ``waits`` are those that are over.
    """

    steps: tuple[tuple[str, str], ...]
    flows: Mapping[str, int]
    returns: Mapping[str, int]
    waits: tuple[Waited, ...]

    @property
    def variant(self) -> tuple[str, ...]:
        """The names of the steps: what process mining calls the variant."""
        return tuple(name for name, _place in self.steps)


def route_of(case: MinedCase) -> Route:
    """The way a case has taken so far."""
    moves = (move for event in case.steps for move in event.moves)
    return Route(
        steps=tuple((step.activity, step.element) for step in case.steps),
        flows=Counter(f"{move.process}.{move.flow}" for move in moves if move.flow),
        returns=Counter(_returns(case.events)),
        waits=tuple(_waits(case.events)),
    )


def _returns(events: Sequence[MinedEvent]) -> Iterator[str]:
    """The place of each step that sent back: it opened a supplement, or decided to go to what had been reached before.

    What mends goes back by its nature, an opinion that was asked for as well: neither decides so. A step counts once,
    however many tasks it opened.
    """
    reached: dict[str, int] = {}
    last: MinedEvent | None = None
    for number, event in enumerate(events):
        if event.lifecycle == "assign":
            if last is not None and _sends_back(last, event, reached):
                yield last.element
                last = None
            reached.setdefault(event.element, number)
        elif event.lifecycle == "complete" and event.element:
            reached.setdefault(event.element, number)
            last = event


def _sends_back(step: MinedEvent, opened: MinedEvent, reached: Mapping[str, int]) -> bool:
    if _mends(step.element) or step.element.endswith(f".{OPINION}"):
        return False
    before = opened.element in reached and reached[opened.element] < reached[step.element]
    return _mends(opened.element) or (before and bool(step.decision))


def _mends(place: str) -> bool:
    return place.partition(".")[2] in SUPPLEMENTS


def _waits(events: Sequence[MinedEvent]) -> Iterator[Waited]:
    """From the day a task was opened until it was completed; one whose decision was undone, until the last time."""
    opened = {event.instance: event for event in events if event.lifecycle == "assign"}
    done = {
        event.instance: event
        for event in events
        if event.lifecycle == "complete" and event.instance in opened
    }
    for instance, event in done.items():
        since = local_day(opened[instance].at)
        yield Waited(event.element, event.group, since, max(since, local_day(event.at)))


@dataclass(frozen=True)
class Part:
    """Some steps that were done so many times one after the other."""

    steps: tuple[str, ...]
    times: int


def collapsed(steps: Sequence[str]) -> list[Part]:
    """The steps with what was repeated told once, the shortest loop first; expanded again they are the same."""
    parts: list[Part] = []
    at = 0
    while at < len(steps):
        length, times = _loop(steps, at)
        if times == 1 and parts and parts[-1].times == 1:
            parts[-1] = Part((*parts[-1].steps, steps[at]), 1)
        else:
            parts.append(Part(tuple(steps[at : at + length]), times))
        at += length * times
    return parts


def _loop(steps: Sequence[str], at: int) -> tuple[int, int]:
    """(length, times) of the loop that begins here; (1, 1) where none does."""
    for length in range(1, min(LONGEST_LOOP, (len(steps) - at) // 2) + 1):
        block, times = steps[at : at + length], 1
        while steps[at + times * length : at + (times + 1) * length] == block:
            times += 1
        if times > 1:
            return length, times
    return 1, 1
