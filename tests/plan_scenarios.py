"""Plays the end-to-end scenarios of `tests/scenarios/plans`; their format is told in the README there."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask

from tests.plan_expectations import EXPECTATIONS
from tests.plan_office import PlanOffice
from tests.plan_verbs import VERBS
from webapp import clock
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.clock import set_clock
from webapp.operations.refusals import InvalidForm, Refused
from workflows.plan import SHIPPED_PLANS, Plan, parse_plan
from workflows.typed_yaml import read
from workflows.units import SHIPPED_UNITS

FOLDER = Path(__file__).parent / "scenarios" / "plans"
BESIDE = ("on", "with", "refused", "expect")
"""What an act holds beside its verb."""


@dataclass(frozen=True)
class Act:
    """Something that is done on a day; ``refused`` names the fault where it must not succeed."""

    on: dt.date
    verb: str
    what: Any
    given: Mapping[str, Any] = field(default_factory=dict)
    refused: str = ""
    expect: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y} {self.verb}"


@dataclass(frozen=True)
class PlanScenario:
    """A scenario file: which plan, in which register of units, before how many members of the council."""

    plan: Path
    units: Path
    members: int
    acts: tuple[Act, ...]


def scenario(name: str) -> PlanScenario:
    """Read one; a plan or a register that does not ship lies beside the scenario."""
    content = read((FOLDER / f"{name}.yaml").read_text("utf-8")).data
    return PlanScenario(
        _file(content["plan"], SHIPPED_PLANS),
        _file(content["units"], SHIPPED_UNITS),
        content["members"],
        tuple(_act(entry) for entry in content["acts"]),
    )


def _file(name: str, shipped: Path) -> Path:
    beside = FOLDER / shipped.name / f"{name}.yaml"
    return beside if beside.exists() else shipped / f"{name}.yaml"


def _act(entry: Mapping[str, Any]) -> Act:
    [verb] = [name for name in entry if name not in BESIDE]
    return Act(
        dt.date.fromisoformat(entry["on"]),
        verb,
        entry[verb],
        entry.get("with", {}),
        entry.get("refused", ""),
        entry.get("expect", {}),
    )


def play(app: Flask, story: PlanScenario) -> PlanOffice:
    """Load everything by the commands of the machine, act it day by day, and check what is expected after each act."""
    office = _founded(app, story)
    for act in story.acts:
        office.go(act.on)
        _do(office, act)
        for name, wanted in act.expect.items():
            found = EXPECTATIONS[name](office, wanted)
            assert found == wanted, f"{act}, {name}: {found} instead of {wanted}"
    set_clock(office.at, actor=SYSTEM, now=office.now)
    return office


def _founded(app: Flask, story: PlanScenario) -> PlanOffice:
    start = dt.datetime.combine(story.acts[0].on, dt.time(0), dt.UTC)
    set_clock(start, actor=SYSTEM, now=Now(start, clock.wall()))
    run = app.test_cli_runner().invoke
    for arguments in (
        ["units", "load", story.units],
        ["law", "load"],
        ["deploy"],
        ["plan", "load", story.plan],
    ):
        answer = run(args=[str(argument) for argument in arguments])
        assert answer.exit_code == 0, answer.output
    plan: Plan = parse_plan(story.plan.read_text("utf-8"))
    return PlanOffice(plan, start, story.members)


def _do(office: PlanOffice, act: Act) -> None:
    """Act; where a refusal is expected, it must come and be the expected one."""
    met = _met(office, act)
    wanted = {act.refused} if act.refused else set()
    assert {code for code, _told in met} == wanted, f"{act}: {met or 'not refused'}"


def _met(office: PlanOffice, act: Act) -> list[tuple[str, str]]:
    """The faults an act meets, with what they say."""
    try:
        VERBS[act.verb](office, act.what, act.given)
    except InvalidForm as refusal:
        return [(fault.code, f"{fault.pointer} {fault.params}") for fault in refusal.faults]
    except Refused as refusal:
        return [(refusal.code, str(refusal))]
    return []
