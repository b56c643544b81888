"""A log as process mining knows it: cases with events, and the objects that they are about.

Names of fields are those of XES (IEEE 1849-2023) and OCEL 2.0; values are codes and public ids, never a form's content.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from workflows.values import Move

Lifecycle = Literal["assign", "start", "reassign", "complete", "withdraw", "suspend", "resume"]
"""Transitions of the standard lifecycle of XES. A task is assigned when it waits for its role, started when somebody
takes it, withdrawn when it lapses."""

Related = tuple[str, str]
"""(qualifier, id of an object)"""


@dataclass(frozen=True)
class MinedEvent:
    """One event of a case. ``number`` counts the events of its stream in the log of the office, 0 for an assignment,
    which is no event there but follows from the step before.

    ``activity`` is the name of the task in the diagram, or the type of the event where it belongs to no task;
    ``element`` is ``process.element`` or empty. ``actor`` and ``principal`` are public ids; empty for the system.
    ``instance`` is the id of the task, ``group`` the code of the unit whose task it is. ``moves`` are what the diagram
    passed; they are no part of a file.
    """

    id: str
    case: str
    number: int
    activity: str
    lifecycle: Lifecycle
    at: dt.datetime
    type: str
    element: str = ""
    actor: str = ""
    principal: str = ""
    role: str = ""
    round: int = 0
    decision: str = ""
    instance: str = ""
    group: str = ""
    related: tuple[Related, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True)
class MinedCase:
    """A case and its events in their order; ``deployment`` is the digest of the diagrams it was opened on."""

    code: str
    process: str
    title: str
    unit: str
    campaign: str
    outcome: str
    deployment: str
    events: tuple[MinedEvent, ...]

    @property
    def steps(self) -> tuple[MinedEvent, ...]:
        """What was completed in the diagram, in its order; what was done beside it (a paper added) is no step."""
        return tuple(event for event in self.events if event.lifecycle == "complete" and event.element)

    @property
    def variant(self) -> tuple[str, ...]:
        """The names of the steps."""
        return tuple(step.activity for step in self.steps)


@dataclass(frozen=True)
class MinedObject:
    """Something that events are about. Ids are ``type:code``; ``attributes`` are texts."""

    id: str
    type: str
    attributes: Mapping[str, str]
    related: tuple[Related, ...] = ()


def object_id(kind: str, code: str) -> str:
    """The id of an object: codes are unique within their kind only."""
    return f"{kind}:{code}"
