"""Re-execution: what was recorded comes out again, what was changed is found, and where."""

import dataclasses

import pytest

from tests.workflows.scenarios import SCENARIOS, Scenario, deployment_of, recorded, run
from workflows.engine import Running
from workflows.replay import Difference, RecordedStep, replay
from workflows.values import Deployment

SCENARIO = next(scenario for scenario in SCENARIOS if scenario.name == "nomination/frozen_during_appraisal")
DEPLOYMENT = deployment_of(SCENARIO.process)
STEPS = recorded(list(run(SCENARIO)), DEPLOYMENT)
KNOWN = {DEPLOYMENT.digest: DEPLOYMENT}


def changed(number: int, **parts: object) -> list[RecordedStep]:
    """The record with one step altered."""
    return [dataclasses.replace(each, **parts) if each.number == number else each for each in STEPS]


def test_an_honest_record_is_reproduced_step_by_step() -> None:
    report = replay(KNOWN.__getitem__, STEPS)
    assert (report.reproduced, report.total, report.difference) == (len(STEPS), len(STEPS), None)
    assert [step.number for step in report.steps] == list(range(1, len(STEPS) + 1))
    assert [step.ended for step in report.steps] == [False] * (len(STEPS) - 1) + [True]


def test_each_step_tells_what_the_diagram_shows_after_it() -> None:
    received = replay(KNOWN.__getitem__, STEPS).steps[2]
    assert received.at == STEPS[2].at
    assert received.moves[0].element == "await_submission"
    assert [task.element for task in received.open_tasks] == ["appraise"]
    assert ("district_assessment", "appraise") in received.places


def test_nothing_recorded_is_nothing_to_reproduce() -> None:
    report = replay(KNOWN.__getitem__, [])
    assert (report.reproduced, report.total, report.difference, report.steps) == (0, 0, None, ())


def test_a_changed_hash_is_the_one_step_that_differs() -> None:
    report = replay(KNOWN.__getitem__, changed(4, state_hash="0" * 64))
    assert (report.reproduced, report.total) == (len(STEPS) - 1, len(STEPS))
    assert report.difference == Difference(4, "0" * 64, STEPS[3].state_hash)
    assert [step.reproduced for step in report.steps].index(False) == 3


def test_a_changed_input_differs_from_there_on() -> None:
    number = next(each.number for each in STEPS if each.input["kind"] == "shift")
    shorter = STEPS[number - 1].input | {"data": {"seconds": 60}}
    report = replay(KNOWN.__getitem__, changed(number, input=shorter))
    assert report.difference is not None
    assert (report.difference.number, report.difference.expected) == (number, STEPS[number - 1].state_hash)
    assert report.reproduced < len(STEPS)


def test_another_instant_is_another_state() -> None:
    later = STEPS[0].at.replace(year=2020)
    report = replay(KNOWN.__getitem__, [dataclasses.replace(each, at=later) for each in STEPS])
    assert report.difference is not None


@pytest.mark.parametrize("missing", range(1, len(STEPS)))
def test_a_step_left_out_is_found(missing: int) -> None:
    """Even one without which the states behind it are the same, as a reminder that another one overtakes."""
    report = replay(KNOWN.__getitem__, [each for each in STEPS if each.number != missing])
    assert report.difference == Difference(missing, STEPS[missing].state_hash, "missing")
    assert (report.reproduced, report.total) == (missing - 1, len(STEPS) - 1)


def test_an_input_the_engine_refuses_stops_the_run_and_is_told() -> None:
    unknown = STEPS[1].input | {"target": "no such task"}
    report = replay(KNOWN.__getitem__, changed(2, input=unknown))
    assert report.difference == Difference(2, STEPS[1].state_hash, "TaskNotOpen: no such task")
    assert (report.reproduced, len(report.steps)) == (1, 1)


def test_another_deployment_is_another_case() -> None:
    """The recorded diagrams decide: with another lane the states are others."""
    path = "diagrams/district_assessment/district_assessment.bpmn"
    text = DEPLOYMENT.files[path].replace(b'<bpmn:lane id="specialist"', b'<bpmn:lane id="head__district"')
    other = Deployment(DEPLOYMENT.process, {**DEPLOYMENT.files, path: text})
    assert other.digest != DEPLOYMENT.digest
    report = replay(lambda _digest: other, STEPS)
    assert report.difference is not None
    assert report.difference.number == 3


def test_a_case_that_goes_on_by_another_deployment_is_run_by_snapshots() -> None:
    """The files stay, so what was recorded comes out again, though no case in memory can change its diagram."""
    other = Deployment(DEPLOYMENT.process, {**DEPLOYMENT.files, "forms/note.json": b"{}"})
    steps = [*STEPS[:3], *(dataclasses.replace(each, deployment=other.digest) for each in STEPS[3:])]
    report = replay((KNOWN | {other.digest: other}).__getitem__, steps)
    assert (report.reproduced, report.difference) == (len(STEPS), None)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_case_in_memory_takes_the_steps_that_snapshots_give(scenario: Scenario) -> None:
    running = Running(deployment_of(scenario.process))
    for each in run(scenario):
        step = running.advance(each.given)
        assert dataclasses.replace(step, snapshot=each.step.snapshot) == each.step
