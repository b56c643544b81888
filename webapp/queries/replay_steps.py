"""The steps of a case among the events of its log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.orm import Session

from webapp.eventlog import Recorded
from webapp.queries.history import Line
from webapp.queries.replay_lanes import LaneSeen, lane_of
from workflows.trail import Trail

PAUSES = frozenset({"case_frozen", "case_resumed"})
CONSEQUENCES = frozenset({"task_lapsed", "timers_shifted"})


@dataclass
class WalkStep:
    """One step: its event, what was done beside the diagram since the step before, and what followed from it.

    ``inputs`` says how many recorded inputs there are up to and with this step; ``frozen``: the case rests after
    it. ``lane`` is None for what stands in no lane, ``turn`` the place of the turn of the process it was done in.
    """

    number: int
    line: Line
    before: list[Line]
    inputs: int
    frozen: bool
    lane: LaneSeen | None
    turn: int = 0
    after: list[Line] = field(default_factory=list)

    @cached_property
    def input(self) -> Recorded | None:
        """The event of the step that carries the engine's input, if it has one."""
        events = [self.line.event, *(line.event for line in self.after)]
        return next((event for event in events if event.input is not None), None)

    @property
    def place(self) -> int:
        """The number of that input; 0 where there is none."""
        return int(self.input.input["number"]) if self.input and self.input.input else 0


def steps_of(session: Session, lines: Sequence[Line]) -> tuple[list[WalkStep], list[Line]]:
    """The steps among the events of a case, and what was done after the last one."""
    steps: list[WalkStep] = []
    waiting: list[Line] = []
    inputs, frozen = 0, False
    for line in lines:
        inputs += line.event.input is not None
        if _is_step(line.event):
            frozen = line.event.type == "case_frozen"
            lane = lane_of(session, line.event)
            steps.append(WalkStep(len(steps) + 1, line, waiting, inputs, frozen, lane))
            waiting = []
        elif line.event.type in CONSEQUENCES and steps:
            steps[-1].after.append(line)
            steps[-1].inputs = inputs
        else:
            waiting.append(line)
    return steps, waiting


def _is_step(event: Recorded) -> bool:
    """Whether an event is a step of its own: it moved the case, or let it rest or go on."""
    return event.type in PAUSES or (event.input is not None and event.type not in CONSEQUENCES)


def number_turns(steps: Sequence[WalkStep], trail: Trail) -> None:
    """Tell each step in which turn of a process it was done; what moved nothing stays where the step before was."""
    at = 0
    for step in steps:
        if 0 < step.place <= len(trail.strides) and (turns := trail.strides[step.place - 1].turns):
            at = trail.whole(turns[0])
        step.turn = at
