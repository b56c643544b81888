"""Runs the scenario files of tests/scenarios; their format is told in the README there."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from workflows.engine import advance
from workflows.record import digest
from workflows.replay import RecordedStep
from workflows.shipped import shipped_deployments
from workflows.values import Deployment, Effect, Input, OpenTask, Step

FOLDER = Path(__file__).parents[1] / "scenarios"
DAY_0 = dt.datetime.fromisoformat("2019-12-10T08:00:00+07:00")
KINDS = ("open", "complete", "fire", "deliver", "shift")
ITEMS = ("unit", "scorer", "voter", "membership", "counter")


@dataclass(frozen=True, eq=False)
class Scenario:
    """A scenario file. ``inputs`` are its opening and its steps, each with what is expected of it."""

    name: str
    process: str
    clocks: Mapping[str, float]
    inputs: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Done:
    """An input of a scenario as the engine got it, and what it did."""

    wanted: Mapping[str, Any]
    given: Input
    step: Step


def read(path: Path) -> Scenario:
    content = json.loads(path.read_text(encoding="utf-8"))
    opening = {"open": content["open"], "expect": content.get("expect")}
    name = path.relative_to(FOLDER).with_suffix("").as_posix()
    return Scenario(name, path.parent.name, content.get("clocks", {}), (opening, *content["steps"]))


SCENARIOS = [read(path) for path in sorted(FOLDER.rglob("*.json"))]


def deployment_of(process: str) -> Deployment:
    """The shipped deployment of a root process; for a called one the files of a process that calls it."""
    shipped = shipped_deployments()
    if process in shipped:
        return shipped[process]
    path = f"diagrams/{process}/{process}.bpmn"
    return next(replace(each, process=process) for each in shipped.values() if path in each.files)


def run(scenario: Scenario) -> Iterator[Done]:
    """Act the scenario, with a reload of the state before each step."""
    deployment = deployment_of(scenario.process)
    snapshot, tasks, day = None, (), 0.0
    for number, wanted in enumerate(scenario.inputs, 1):
        day = wanted.get("day", day)
        given = _input(scenario, number, day, wanted, tasks)
        step = advance(deployment, snapshot, given)
        snapshot, tasks = step.snapshot, step.open_tasks
        yield Done(wanted, replace(given, clocks=step.clocks), step)


@cache
def acted(scenario: Scenario) -> list[Done]:
    """The same, acted once for all tests that only look at what was done."""
    return list(run(scenario))


def observed(scenario: Scenario, step: Step) -> dict[str, Any]:
    """What a step did, in the words of the scenario files; what is empty is left out."""
    said = {
        "path": [_named(scenario, move.process, move.element) for move in step.moves],
        "open": [_task_words(scenario, task) for task in step.open_tasks],
        "effects": [_effect_words(scenario, effect) for effect in step.effects],
        "waits": list(step.waiting_for),
        "stage": step.stage,
        "next_due": _day(step.next_due),
        "outcome": step.outcome,
    }
    return {name: value for name, value in said.items() if value}


def recorded(done: list[Done], deployment: Deployment) -> list[RecordedStep]:
    """The steps as the log would hold them: inputs as JSON text and back."""
    return [
        RecordedStep(
            case=each.given.case,
            number=each.given.number,
            at=each.given.at,
            input=json.loads(json.dumps(each.given.as_json())),
            deployment=deployment.digest,
            state_hash=each.step.state_hash,
        )
        for each in done
    ]


def fingerprint() -> str:
    """One digest over every state and snapshot of every scenario."""
    return digest(
        [
            [done.step.state_hash, hashlib.sha256(done.step.snapshot).hexdigest()]
            for scenario in SCENARIOS
            for done in run(scenario)
        ]
    )


def _input(
    scenario: Scenario, number: int, day: float, wanted: Mapping[str, Any], tasks: tuple[OpenTask, ...]
) -> Input:
    at = DAY_0 + dt.timedelta(days=day)
    clocks = {name: (at + dt.timedelta(days=days)).isoformat() for name, days in scenario.clocks.items()}
    kind = next(kind for kind in KINDS if kind in wanted)
    target, data = None, _instants(wanted.get("with", {}))
    if kind == "open":
        data = _instants(wanted["open"])
    elif kind == "shift":
        data = {"seconds": wanted["shift"] * 24 * 3600}
    elif kind == "deliver":
        target = wanted["deliver"]
    elif kind == "complete":
        target = _task_id(wanted, tasks)
    return Input(kind, scenario.name, number, at, target, data, clocks)


def _task_id(wanted: Mapping[str, Any], tasks: tuple[OpenTask, ...]) -> str:
    found = [
        task.id
        for task in tasks
        if task.element == wanted["complete"] and wanted.get("of", _item(task)) == _item(task)
    ]
    assert len(found) == 1, f"{len(found)} open tasks fit {wanted}: {[task.element for task in tasks]}"
    return found[0]


def _instants(value: Any) -> Any:
    """``"day 5"`` anywhere in the data stands for that instant."""
    if isinstance(value, dict):
        return {name: _instants(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_instants(each) for each in value]
    if isinstance(value, str) and value.startswith("day "):
        return (DAY_0 + dt.timedelta(days=float(value.removeprefix("day ")))).isoformat()
    return value


def _day(instant: dt.datetime | None) -> str | None:
    return f"day {(instant - DAY_0) / dt.timedelta(days=1):g}" if instant else None


def _named(scenario: Scenario, process: str, element: str) -> str:
    return element if process == scenario.process else f"{process}.{element}"


def _item(task: OpenTask) -> str | None:
    """Who of many a task is for."""
    return next((task.items[name] for name in ITEMS if name in task.items), None)


def _task_words(scenario: Scenario, task: OpenTask) -> str:
    words = [task.role, task.place]
    words += [f"for {item}"] if (item := _item(task)) else []
    words += [f"round {task.round}"] if task.round > 1 else []
    words += [f"due {_day(task.due)}"] if task.due else []
    return f"{_named(scenario, task.process, task.element)}: {', '.join(words)}"


def _effect_words(scenario: Scenario, effect: Effect) -> str:
    params = "".join(f" {name}={value}" for name, value in effect.params.items())
    return f"{_named(scenario, effect.process, effect.element)}: {effect.kind}{params}"
