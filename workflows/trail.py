"""What to draw on the diagrams of a case as of a step: the executed path and the current places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workflows.engine import Drawing
from workflows.replay import ReplayedStep
from workflows.values import Move

Place = tuple[str, str]
"""(process, element), or (process, sequence flow)"""


@dataclass(frozen=True)
class Stride:
    """What one step adds to the drawing, and where the case stands after it.

    ``moves`` are the elements completed in the step; ``entered`` are the flows into places that are not completed
    yet; ``places`` are all that wait after the step, the innermost before the sub-processes around it.
    """

    moves: tuple[Move, ...]
    entered: tuple[Place, ...]
    places: tuple[Place, ...]


def strides(drawing: Drawing, steps: Iterable[ReplayedStep]) -> Iterator[Stride]:
    """The steps of a re-execution as they are drawn."""
    before: frozenset[Place] = frozenset()
    for step in steps:
        after = frozenset(step.places)
        yield Stride(step.moves, tuple(_entered(drawing, step.moves, after - before)), step.places)
        before = after


def _entered(drawing: Drawing, moves: tuple[Move, ...], places: frozenset[Place]) -> Iterator[Place]:
    """Flows from what was just completed to what is now waited for."""
    completed = {(move.process, move.element) for move in moves}
    for process, element in sorted(places):
        for (source, target), flow in drawing.processes[process].flows.items():
            if target == element and (process, source) in completed:
                yield process, flow
