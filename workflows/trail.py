"""What to draw on the diagrams of a case as of a step: the executed path and the current places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from workflows.engine import Drawing
from workflows.replay import ReplayedStep
from workflows.turns import Turn, Turns, scopes
from workflows.values import Move, OpenTask

Place = tuple[str, str]
"""(process, element), or (process, sequence flow)"""

CONTAINERS = frozenset({"subProcess", "callActivity"})


@dataclass(frozen=True)
class Stride:
    """What one step adds to the drawing, and where the case stands after it.

    ``moves`` are the elements completed in the step, ``turns`` says of each in which turn; ``entered`` are the flows
    into places that are not completed yet; ``places`` are all that wait after the step, the innermost before the
    sub-processes around it. ``lapsed`` is what was begun and will not be completed any more. ``scene`` is the process
    to look at: where the step led to, else where it was done. ``calls`` are the call activities through which
    processes were entered in it, by process.
    """

    moves: tuple[Move, ...]
    entered: tuple[Place, ...]
    places: tuple[Place, ...]
    turns: tuple[int, ...] = ()
    lapsed: tuple[Place, ...] = ()
    scene: str = ""
    calls: Mapping[str, Place] = field(default_factory=dict)


@dataclass(frozen=True)
class Trail:
    """The steps of a case as they are drawn, and the turns they made."""

    strides: tuple[Stride, ...] = ()
    turns: tuple[Turn, ...] = ()

    def whole(self, at: int) -> int:
        """The turn of the process that the turn of an instance is part of, by their places."""
        while not self.turns[at].whole and (around := self.turns[at].around) is not None:
            at = around
        return at


def trail(drawing: Drawing, root: str, steps: Iterable[ReplayedStep]) -> Trail:
    """How a re-execution is drawn; ``root`` is the process of the case."""
    turns = Turns(drawing, root)
    return Trail(tuple(_strides(drawing, root, steps, turns)), tuple(turns.found))


def _strides(drawing: Drawing, root: str, steps: Iterable[ReplayedStep], turns: Turns) -> Iterator[Stride]:
    before: Sequence[Place] = ()
    opened: Sequence[OpenTask] = ()
    scene = root
    for step in steps:
        new = [place for place in step.places if place not in before]
        scene = _scene(step, new, scene)
        yield Stride(
            moves=step.moves,
            entered=tuple(_entered(drawing, step.moves, set(new))),
            places=step.places,
            turns=turns.read(step.moves),
            lapsed=tuple(_lapsed(drawing, step, before, opened)),
            scene=scene,
            calls=_calls(drawing, root, step.moves),
        )
        before, opened = step.places, step.open_tasks


def _entered(drawing: Drawing, moves: tuple[Move, ...], places: set[Place]) -> Iterator[Place]:
    """Flows from what was just completed to what is now waited for."""
    completed = {(move.process, move.element) for move in moves}
    for process, element in sorted(places):
        for (source, target), flow in drawing.processes[process].flows.items():
            if target == element and (process, source) in completed:
                yield process, flow


def _scene(step: ReplayedStep, new: Sequence[Place], before: str) -> str:
    """The process that was newly entered; else the one in which the step was done, or was just before."""
    if new:
        return new[0][0]
    if not step.moves:
        return before
    done = step.moves[0].process
    return done if any(process == done for process, _element in step.places) else step.moves[-1].process


def _calls(drawing: Drawing, root: str, moves: Iterable[Move]) -> dict[str, Place]:
    """Through which call activities the processes of the moves were entered."""
    found: dict[str, Place] = {}
    for move in moves:
        around = root
        for scope in list(scopes(drawing, root, move.path))[1:]:
            if scope.whole:
                found[scope.process] = (around, scope.path.rpartition("/")[2].partition("[")[0])
            around = scope.process
    return found


def _lapsed(
    drawing: Drawing, step: ReplayedStep, places: Sequence[Place], opened: Sequence[OpenTask]
) -> Iterator[Place]:
    """What stood open before a step and was neither completed in it nor is there after it."""
    completed = {(move.process, move.element) for move in step.moves}
    still = {task.id for task in step.open_tasks}
    gone = [(task.process, task.element) for task in opened if task.id not in still]
    for place in dict.fromkeys(gone):
        if place not in completed or gone.count(place) > _count(step.moves, place):
            yield place
    for process, element in places:
        drawn = drawing.processes[process].elements[element]
        if drawn.type in CONTAINERS and (process, element) not in completed | set(step.places):
            yield process, element


def _count(moves: Iterable[Move], place: Place) -> int:
    return sum((move.process, move.element) == place and "*" not in move.path for move in moves)
