"""The events of acts on many tasks at once, and of handing a task to somebody."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.happening import Happening


@dataclass(frozen=True)
class BulkBegun(Happening):
    """``digest`` is of the selection as it was seen; ``decision`` is none for acts that decide nothing."""

    bulk: str
    act: str
    decision: str | None
    tasks: int
    digest: str


@dataclass(frozen=True)
class BulkEnded(Happening):
    bulk: str
    state: str
    done: int
    failed: int


@dataclass(frozen=True)
class TaskAssigned(Happening):
    """``person`` is the public id of who holds the task now."""

    task: str
    element: str
    person: str


@dataclass(frozen=True)
class DecisionUndone(Happening):
    """``task`` was completed with the decision; what follows is a new round of it."""

    task: str
    element: str
    moves: list[list[str | None]]
