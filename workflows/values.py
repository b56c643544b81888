"""The values that cross the border of the engine: plain, frozen, JSON at heart."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from zoneinfo import ZoneInfo

from workflows.record import canonical

Json = Any
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


UNIT_ITEMS = frozenset({"unit", "scorer", "voter"})
"""Items of a multi-instance that are codes of units: in a lane that each unit holds, whose task it is."""


def local_day(at: dt.datetime) -> dt.date:
    """The day an instant falls on in Việt Nam: what papers, deadlines and yearly numbers go by."""
    return at.astimezone(VIETNAM).date()


InputKind = Literal["open", "complete", "fire", "deliver", "shift"]


class WorkflowFault(Exception):
    """Something the engine refuses: an unknown task, a message nobody waits for, a missing clock."""


class NotWaiting(WorkflowFault):
    """The case does not wait for this message (now, or any more)."""


class TaskNotOpen(WorkflowFault):
    """The task is not open: done already, lapsed, or never there."""


@dataclass(frozen=True, eq=False)
class Deployment:
    """A root diagram with all it calls, and the forms. ``files`` maps path to content.

    The digest is the SHA-256 of the canonical manifest ``{process, files: {path: sha256}}``; two deployments with
    one digest are the same.
    """

    process: str
    files: Mapping[str, bytes]

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Deployment) and other.digest == self.digest

    @cached_property
    def manifest(self) -> dict[str, str]:
        return {path: hashlib.sha256(self.files[path]).hexdigest() for path in sorted(self.files)}

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(canonical({"process": self.process, "files": self.manifest})).hexdigest()


@dataclass(frozen=True)
class Input:
    """One recorded input: all that the engine is told from outside in one step.

    ``case`` and ``number`` seed the ids, ``at`` is the business instant, ``clocks`` maps clock ids to ISO instants
    computed outside, ``target`` is a task id (complete; shift of one task) or a message name (deliver), ``data``
    is JSON.
    """

    kind: InputKind
    case: str
    number: int
    at: dt.datetime
    target: str | None = None
    data: Mapping[str, Json] = field(default_factory=dict)
    clocks: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Json]:
        """The part that is written to the log; case and number stand in the event itself."""
        return {
            "kind": self.kind,
            "target": self.target,
            "data": dict(self.data),
            "clocks": dict(self.clocks),
        }

    @classmethod
    def from_json(cls, case: str, number: int, at: dt.datetime, recorded: Mapping[str, Json]) -> Input:
        """The inverse of :meth:`as_json`."""
        return cls(
            recorded["kind"], case, number, at, recorded["target"], recorded["data"], recorded["clocks"]
        )


@dataclass(frozen=True)
class OpenTask:
    """A user task that waits for a person.

    ``items`` are the items of the multi-instances around it by their name (``unit``, ``membership``, ``milestone``).
    """

    id: str
    process: str
    element: str
    name: str
    role: str
    place: str
    round: int
    due: dt.datetime | None
    items: Mapping[str, Json]


@dataclass(frozen=True)
class TaskTimers:
    """The waiting timers of an open task as ISO instants; ``shared``: other open tasks are held by them, too."""

    instants: tuple[str, ...]
    shared: bool


@dataclass(frozen=True)
class Effect:
    """What a service task asks for; carried out after the transaction."""

    id: str
    kind: str
    process: str
    element: str
    params: Mapping[str, Json]
    data: Mapping[str, Json]


@dataclass(frozen=True)
class Move:
    """An element that was completed in a step; ``flow`` led into it.

    ``path`` leads from the root process to it, through sub-processes and call activities; instances of a
    multi-instance have their index, what stands for all of them a star. It is not written to the log.
    """

    process: str
    element: str
    flow: str | None
    path: str = field(default="", compare=False)


@dataclass(frozen=True)
class Step:
    """What one input did: the state after it and everything that follows from it.

    ``state`` is what was hashed: the canonical projection of the state, without anything that an engine may write in
    another way.
    """

    snapshot: bytes
    state: Mapping[str, Json]
    state_hash: str
    open_tasks: tuple[OpenTask, ...]
    effects: tuple[Effect, ...]
    moves: tuple[Move, ...]
    waiting_for: tuple[str, ...]
    places: tuple[tuple[str, str], ...]
    clocks: Mapping[str, str]
    next_due: dt.datetime | None
    stage: str | None
    ended: bool
    outcome: str | None
