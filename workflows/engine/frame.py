"""Clock and ids of a step, injected into SpiffWorkflow; patched once, when this module is imported.

The library takes instants from ``time.time`` and ``datetime.now`` and ids from ``uuid4``. Replaced by *name*
in the two modules that use them, they come from the frame of the running step (a ContextVar: threads do not
mix), and a step becomes a function of its input.

Ids are texts, here and after a reload: the library looks tasks up by id millions of times, and the hash of a UUID is
computed in Python each time.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import SimpleNamespace

import SpiffWorkflow.bpmn.serializer.default.workflow as spiff_serializer
import SpiffWorkflow.bpmn.specs.event_definitions.timer as spiff_timer
import SpiffWorkflow.task as spiff_task

from workflows.values import Effect, Input, Move, WorkflowFault

NAMESPACE = uuid.UUID("5b0f6d5c-7d0e-5c65-9a43-6a1f3c1d7e11")


@dataclass
class Frame:
    """What one step may know of the world, and what it gathers."""

    case: str
    number: int
    now: dt.datetime
    clocks: Mapping[str, str]
    timestamp: float
    counter: int = 0
    used_clocks: dict[str, str] = field(default_factory=dict)
    effects: list[Effect] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    def next_id(self) -> str:
        """The next id of the step."""
        self.counter += 1
        return engine_id(self.case, self.number, self.counter)

    def due(self, clock: str) -> str:
        """The instant of a clock, as ISO text; a clock that was not passed in is a fault."""
        if clock not in self.clocks:
            raise WorkflowFault(f"the rule set in force has no clock {clock!r}")
        self.used_clocks[clock] = self.clocks[clock]
        return self.clocks[clock]


def engine_id(case: str, number: int, counter: int) -> str:
    """UUIDv5 of case, input number and counter: the same step always makes the same ids."""
    return str(uuid.uuid5(NAMESPACE, f"{case}/{number}/{counter}"))


_current: ContextVar[Frame] = ContextVar("frame")


def current() -> Frame:
    """The frame of the running step."""
    return _current.get()


@contextmanager
def framed(given: Input) -> Iterator[Frame]:
    """Run a step under its own clock and ids."""
    now = given.at.astimezone(dt.UTC)
    frame = Frame(given.case, given.number, now, given.clocks, now.timestamp())
    token = _current.set(frame)
    try:
        yield frame
    finally:
        _current.reset(token)


class _FramedDatetime(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> _FramedDatetime:
        moment = current().now.astimezone(tz)
        return cls.fromisoformat(moment.isoformat())


spiff_task.uuid4 = lambda: current().next_id()
spiff_serializer.UUID = str
spiff_task.time = SimpleNamespace(time=lambda: current().timestamp)
spiff_timer.datetime = _FramedDatetime
