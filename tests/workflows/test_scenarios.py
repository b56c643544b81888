"""Every end and every boundary event of every diagram, acted from the scenario files and re-executed."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.scenarios import SCENARIOS, Scenario, acted, deployment_of, observed, recorded, run
from workflows import forms
from workflows.engine import Drawing, advance, read_drawing
from workflows.engine.spec import spec_of
from workflows.replay import replay
from workflows.shipped import FORMS, shipped_deployments
from workflows.values import Input

ROOT = Path(__file__).parents[2]
EVERY = pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.name for scenario in SCENARIOS])
LONGEST = {
    max(same, key=lambda each: len(each.inputs)).name
    for _process, same in groupby(SCENARIOS, key=lambda each: each.process)
}
ONE_OF_EACH = pytest.mark.parametrize(
    "scenario",
    [
        pytest.param(each, id=each.name, marks=() if each.name in LONGEST else pytest.mark.soak)
        for each in SCENARIOS
    ],
)
"""The longest scenario of each diagram; all of them with `make soak`, where parsing takes most of the time."""
FLOW_NODES = set(
    "startEvent endEvent boundaryEvent intermediateCatchEvent userTask serviceTask subProcess callActivity "
    "exclusiveGateway parallelGateway".split()
)
WITHOUT_FLOW = {"startEvent", "boundaryEvent"}


def drawings() -> Iterator[Drawing]:
    return map(read_drawing, shipped_deployments().values())


@EVERY
def test_goes_as_expected(scenario: Scenario) -> None:
    for number, done in enumerate(acted(scenario), 1):
        assert observed(scenario, done.step) == done.wanted["expect"], f"input {number}: {done.given}"


@EVERY
def test_ends_and_leaves_nothing_open(scenario: Scenario) -> None:
    *before, last = [done.step for done in acted(scenario)]
    assert not any(step.ended for step in before)
    assert last.ended
    assert last.outcome
    assert (last.open_tasks, last.waiting_for, last.places, last.next_due) == ((), (), (), None)


@EVERY
def test_every_move_names_the_flow_that_led_to_it(scenario: Scenario) -> None:
    processes = read_drawing(deployment_of(scenario.process)).processes
    for done in acted(scenario):
        for move in done.step.moves:
            process = processes[move.process]
            if process.elements[move.element].type in WITHOUT_FLOW:
                assert move.flow is None, move
            else:
                into = [flow for (_source, target), flow in process.flows.items() if target == move.element]
                assert move.flow in into, move


@pytest.mark.parametrize("process", sorted({name for drawing in drawings() for name in drawing.processes}))
def test_every_flow_node_is_completed_by_some_scenario(process: str) -> None:
    drawn = next(drawing.processes[process] for drawing in drawings() if process in drawing.processes)
    nodes = set(drawn.elements)
    assert {element.type for element in drawn.elements.values()} <= FLOW_NODES
    steps = [done.step for scenario in SCENARIOS for done in acted(scenario)]
    passed = {move.element for step in steps for move in step.moves if move.process == process}
    assert nodes - passed == set()


@pytest.mark.parametrize("process", sorted({name for drawing in drawings() for name in drawing.processes}))
def test_every_sequence_flow_is_taken_by_some_scenario(process: str) -> None:
    drawn = next(drawing.processes[process] for drawing in drawings() if process in drawing.processes)
    steps = [done.step for scenario in SCENARIOS for done in acted(scenario)]
    taken = {move.flow for step in steps for move in step.moves if move.process == process}
    assert set(drawn.flows.values()) - taken == set()


def decided() -> Iterator[tuple[str, Any]]:
    """The form of each task completed in the scenarios, with the decision taken on it."""
    for done in (done for scenario in SCENARIOS for done in acted(scenario) if done.given.kind == "complete"):
        completed = done.step.moves[0]
        yield f"{completed.process}/{completed.element}", done.given.data.get("decision")


def test_scenarios_take_every_decision_a_form_offers_and_no_other() -> None:
    loaded = forms.load(FORMS)
    fields = {path: loaded[path]["properties"].get("decision") for path, _decision in decided()}
    offered = {
        (path, choice["const"]) for path, field in fields.items() if field for choice in field["oneOf"]
    } | {(path, None) for path, field in fields.items() if not field}
    assert set(decided()) == offered


@EVERY
def test_recorded_inputs_replay_to_the_same_states(scenario: Scenario) -> None:
    deployment = deployment_of(scenario.process)
    steps = recorded(acted(scenario), deployment)
    report = replay({deployment.digest: deployment}.__getitem__, steps)
    assert (report.reproduced, report.total, report.difference) == (len(steps), len(steps), None)
    assert [step.moves for step in report.steps] == [done.step.moves for done in acted(scenario)]


@ONE_OF_EACH
def test_nothing_is_kept_in_parsed_specifications(scenario: Scenario) -> None:
    """With the diagrams parsed anew before each step the states are the same, byte for byte."""
    steps = []
    spec_of.cache_clear()
    for done in run(scenario):
        steps.append((done.step.state_hash, done.step.snapshot))
        spec_of.cache_clear()
    assert steps == [(done.step.state_hash, done.step.snapshot) for done in acted(scenario)]


@EVERY
def test_what_is_stored_is_what_was_hashed(scenario: Scenario) -> None:
    """A state that was stored and loaded has the hash it had before; moving its timers by nothing shows it."""
    deployment = deployment_of(scenario.process)
    for done in acted(scenario):
        nothing = Input("shift", scenario.name, done.given.number + 1, done.given.at, data={"seconds": 0})
        again = advance(deployment, done.step.snapshot, nothing)
        assert again.state_hash == done.step.state_hash
        assert again.open_tasks == done.step.open_tasks


def test_states_do_not_depend_on_the_hash_seed() -> None:
    command = "import sys; from tests.workflows.scenarios import fingerprint; sys.stdout.write(fingerprint())"
    prints = {
        subprocess.run(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "America/New_York"))
    }
    assert len(prints) == 1
    assert len(prints.pop()) == 64
