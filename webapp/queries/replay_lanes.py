"""The lanes of a case: in which of them each step was done, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from webapp.eventlog import Recorded
from webapp.queries.deployments import drawing, load_deployment
from workflows.engine import Process

BESIDE = "beside"
"""The key of steps that stand in no lane: a suspension, a deadline set to another day."""


@dataclass(frozen=True)
class LaneSeen:
    """A lane; ``key`` is its role and the place where the role is held, ``name`` the Vietnamese text of the diagram."""

    key: str
    name: str
    role: str


def lane_of(session: Session, event: Recorded) -> LaneSeen | None:
    """The lane in which an event was done: of the task, else of the first element that it moved."""
    if event.deployment is None or event.input is None:
        return None
    processes = drawing(load_deployment(session, event.deployment)).processes
    fields = event.fields
    moves = fields.get("moves", ())
    if event.type == "task_completed":
        moves = [(fields["process"], fields["element"], None)]
    found = (_lane(processes.get(process), element) for process, element, _flow in moves)
    return next(filter(None, found), None)


def _lane(process: Process | None, element: str) -> LaneSeen | None:
    """The lane of an element; None for one that is not drawn, as a falsified event may say."""
    drawn = process.elements.get(element) if process else None
    lane = process.lanes.get(drawn.lane or "") if process and drawn else None
    return LaneSeen(f"{lane.id}.{lane.place}", lane.name, lane.role) if lane else None
