"""What is done otherwise than the library does it: the same answers, however long a case has become."""

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task

from tests.workflows.engine.acting import NOW
from tests.workflows.scenarios import deployment_of
from workflows.engine.frame import framed
from workflows.engine.spec import spec_of
from workflows.engine.swift import Walk
from workflows.values import Input

LONG = 5_000


def chain(length):
    """Tasks one below the other, as a loop leaves them behind; the first and the last."""
    spec = spec_of(deployment_of("nomination"))
    with framed(Input("open", "HS-2019-0001", 1, NOW)):
        workflow = BpmnWorkflow(spec.root, spec.called)
        first = last = workflow.task_tree
        for _each in range(length):
            last = Task(workflow, first.task_spec, last)
    return first, last


def test_an_ancestor_is_found_however_far_above():
    first, last = chain(LONG)
    assert last.is_descendant_of(first)
    assert not first.is_descendant_of(last)
    assert last.find_ancestor(first.task_spec.name) is last.parent
    assert last.find_ancestor("no such task") is None


def test_a_walk_comes_by_every_task():
    first, _last = chain(LONG)
    assert sum(1 for _task in Walk(first)) > LONG
