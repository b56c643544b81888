"""Path and place on the diagrams, for every way the scenarios act."""

from functools import cache

import pytest

from tests.workflows.scenarios import SCENARIOS, acted, deployment_of
from workflows.engine import read_drawing
from workflows.record import digest
from workflows.replay import RecordedStep, replay
from workflows.trail import trail


@cache
def retraced(scenario):
    """The drawing of a scenario's deployment, and its trail as a re-execution gives it."""
    deployment = deployment_of(scenario.process)
    recorded = [
        RecordedStep(
            each.given.case,
            each.given.number,
            each.given.at,
            each.given.as_json(),
            digest("any"),
            each.step.state_hash,
        )
        for each in acted(scenario)
    ]  # fmt: skip -- one line, one step
    report = replay(lambda _digest: deployment, recorded)
    drawing = read_drawing(deployment)
    return drawing, trail(drawing, deployment.process, report.steps)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_place_is_led_to_by_what_was_done(scenario):
    """Whatever waits stands in the drawing, and a flow that leads to it comes from an element of the same step."""
    drawing, found = retraced(scenario)
    before = set()
    for stride in found.strides:
        completed = {(move.process, move.element) for move in stride.moves}
        ends = {
            (process, flow): (source, target)
            for process, drawn in drawing.processes.items()
            for (source, target), flow in drawn.flows.items()
        }
        for process, flow in stride.entered:
            source, target = ends[(process, flow)]
            assert (process, source) in completed
            assert (process, target) in set(stride.places) - before
        assert all(element in drawing.processes[process].elements for process, element in stride.places)
        before = set(stride.places)


def test_a_short_way_from_start_to_end():
    _drawing, found = retraced(next(one for one in SCENARIOS if one.name == "district_assessment/eligible"))
    assert [stride.entered for stride in found.strides] == [
        (("district_assessment", "start_to_appraise"),),
        (("district_assessment", "choose_appraisal_result_to_review_appraisal"),),
        (),
    ]
    assert [stride.places for stride in found.strides] == [
        (("district_assessment", "appraise"),),
        (("district_assessment", "review_appraisal"),),
        (),
    ]
