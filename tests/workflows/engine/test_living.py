"""What is unfinished is found without a walk: the same, in the same order, and below any depth."""

import datetime as dt
import itertools

import pytest
from SpiffWorkflow.util.task import TaskState

from tests.workflows.engine.acting import CLOCKS, NOW
from tests.workflows.scenarios import SCENARIOS, Scenario, deployment_of, run
from workflows.engine import living
from workflows.engine.run import Running
from workflows.engine.swift import FlatWalk, Walk
from workflows.values import Input

SEARCHES = (TaskState.READY, TaskState.WAITING, TaskState.NOT_FINISHED_MASK)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_what_is_unfinished_comes_as_in_a_walk(scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(living, "FEW", 1_000)
    running = Running(deployment_of(scenario.process))
    for each in run(scenario):
        running.advance(each.given)
        top = running.workflow
        assert top is not None
        for workflow, state in itertools.product([top, *top.subprocesses.values()], SEARCHES):
            root = workflow.task_tree
            for walk in (Walk(root, state=state), FlatWalk(root, state=state)):
                assert [task.id for task in walk] == [task.id for task in walk._walk(root)]


def test_a_reminder_ends_nothing_however_long_a_loop_has_become() -> None:
    """The library looks a thousand tasks deep: an open check below that was not seen, and the assessment was over."""
    running, numbers = Running(deployment_of("nomination")), itertools.count(1)

    def given(kind, target=None, at=NOW, **data):
        clocks = {name: (NOW + dt.timedelta(days=days)).isoformat() for name, days in CLOCKS.items()}
        return running.advance(Input(kind, "HS-2019-0001", next(numbers), at, target, data, clocks))

    def complete(step, **data):
        [task] = step.open_tasks
        return given("complete", task.id, **data)

    step = complete(
        given("open", filled_by="registrant", route="commune", levels=["district"], posting_days=0)
    )
    for _round in range(260):
        step = complete(complete(step, decision="supplement"))
    step = given("fire", at=step.next_due + dt.timedelta(hours=1))
    assert [move.element for move in step.moves] == ["check_reminder", "remind_check", "reminded"]
    assert ("commune_assessment", "check_dossier") in step.places
    assert ("nomination", "await_submission") not in step.places
