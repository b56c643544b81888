"""Re-executes recorded inputs on the recorded diagrams and compares state hashes: the proof of the record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from workflows.engine import Running, advance
from workflows.values import Deployment, Input, Json, Move, OpenTask, Step, WorkflowFault


@dataclass(frozen=True)
class RecordedStep:
    """One recorded input of a case, and the hash of the state after it.

    ``number`` counts the inputs of the case, ``input`` is what `Input.as_json` gave, ``deployment`` a digest.
    """

    case: str
    number: int
    at: dt.datetime
    input: Mapping[str, Json]
    deployment: str
    state_hash: str


@dataclass(frozen=True)
class ReplayedStep:
    """What a step did when it was run again: enough to draw the diagram as it stood after it."""

    number: int
    at: dt.datetime
    reproduced: bool
    moves: tuple[Move, ...]
    open_tasks: tuple[OpenTask, ...]
    places: tuple[tuple[str, str], ...]
    stage: str | None
    ended: bool


@dataclass(frozen=True)
class Difference:
    """The first step that differs. ``got`` is the state hash, the engine's refusal of the input, or ``missing``."""

    number: int
    expected: str
    got: str


@dataclass(frozen=True)
class ReplayReport:
    """Outcome of a re-execution: "``reproduced`` of ``total`` steps"."""

    reproduced: int
    total: int
    difference: Difference | None
    steps: tuple[ReplayedStep, ...]


DeploymentOf = Callable[[str], Deployment]
Again = Callable[[RecordedStep], Step]


def replay(deployment_of: DeploymentOf, steps: Iterable[RecordedStep]) -> ReplayReport:
    """Run the recorded steps of one case again, in their order, from nothing.

    A step with another hash is noted and the run goes on from what it gave. Where an input is missing or the
    engine refuses it the run stops, for nothing behind it can be reproduced.

    The case stays in memory from step to step. Where that gives another state than recorded, the run is made anew as
    the office made it, by a snapshot after every step, and that one counts.
    """
    recorded = list(steps)
    report = _run(recorded, _in_memory(deployment_of))
    return report if report.difference is None else _run(recorded, _by_snapshots(deployment_of))


def _run(recorded: Sequence[RecordedStep], again: Again) -> ReplayReport:
    replayed: list[ReplayedStep] = []
    difference: Difference | None = None
    for number, each in enumerate(recorded, 1):
        if each.number != number:
            difference = difference or Difference(number, each.state_hash, "missing")
            break
        try:
            step = again(each)
        except WorkflowFault as fault:
            refusal = f"{type(fault).__name__}: {fault}"
            difference = difference or Difference(each.number, each.state_hash, refusal)
            break
        if step.state_hash != each.state_hash:
            difference = difference or Difference(each.number, each.state_hash, step.state_hash)
        replayed.append(_replayed(each, step))
    reproduced = sum(step.reproduced for step in replayed)
    return ReplayReport(reproduced, len(recorded), difference, tuple(replayed))


def state_after(
    deployment_of: DeploymentOf, steps: Iterable[RecordedStep], number: int
) -> Mapping[str, Json] | None:
    """What is hashed after a step when the steps up to it are run again; None where the engine refuses one."""
    again = _by_snapshots(deployment_of)
    for each in steps:
        try:
            step = again(each)
        except WorkflowFault:
            return None
        if each.number == number:
            return step.state
    return None


def _in_memory(deployment_of: DeploymentOf) -> Again:
    running: dict[str, Running] = {}

    def again(recorded: RecordedStep) -> Step:
        digest = recorded.deployment
        if running and digest not in running:
            raise WorkflowFault("a case that goes on by another diagram has to be loaded anew")
        if not running:
            running[digest] = Running(deployment_of(digest))
        return running[digest].advance(_input(recorded))

    return again


def _by_snapshots(deployment_of: DeploymentOf) -> Again:
    snapshot: bytes | None = None

    def again(recorded: RecordedStep) -> Step:
        nonlocal snapshot
        step = advance(deployment_of(recorded.deployment), snapshot, _input(recorded))
        snapshot = step.snapshot
        return step

    return again


def _input(recorded: RecordedStep) -> Input:
    return Input.from_json(recorded.case, recorded.number, recorded.at, recorded.input)


def _replayed(recorded: RecordedStep, step: Step) -> ReplayedStep:
    return ReplayedStep(
        number=recorded.number,
        at=recorded.at,
        reproduced=step.state_hash == recorded.state_hash,
        moves=step.moves,
        open_tasks=step.open_tasks,
        places=step.places,
        stage=step.stage,
        ended=step.ended,
    )
