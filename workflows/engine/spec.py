"""Parsed specifications: one per deployment, cached, never mutated by a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import ServiceTaskParser
from SpiffWorkflow.spiff.specs.defaults import ServiceTask

from workflows.engine.diagram import Drawing, parse_xml, read_drawing
from workflows.values import Deployment, WorkflowFault


@dataclass(frozen=True)
class Spec:
    """A parsed deployment: the library's specs and what the drawing says beside them."""

    root: Any
    called: dict[str, Any]
    drawing: Drawing


class _EffectTask(ServiceTask):
    """A service task that only leaves an effect behind; the library's writes a result into the data."""

    def _execute(self, task: Any) -> bool:
        params = self.evaluate_params(task)
        task.workflow.script_engine.call_service(
            task, operation_name=self.operation_name, operation_params=params
        )
        return True


class _Parser(SpiffBpmnParser):
    OVERRIDE_PARSER_CLASSES = SpiffBpmnParser.OVERRIDE_PARSER_CLASSES | {
        full_tag("serviceTask"): (ServiceTaskParser, _EffectTask)
    }


@lru_cache(maxsize=64)
def spec_of(deployment: Deployment) -> Spec:
    """The parsed specification of a deployment, cached by its digest."""
    return parse(deployment)


def parse(deployment: Deployment) -> Spec:
    """Parse a deployment. Raises WorkflowFault when a diagram or a called process is missing or broken."""
    parser = _Parser()
    try:
        for path, content in deployment.files.items():
            if path.endswith(".bpmn"):
                parser.add_bpmn_xml(parse_xml(content), filename=path)
            elif path.endswith(".dmn"):
                parser.add_dmn_xml(parse_xml(content), filename=path)
        root = parser.get_spec(deployment.process)
        called = parser.get_subprocess_specs(deployment.process)
    except WorkflowFault:
        raise
    except Exception as fault:
        # The library raises many unrelated classes for a broken diagram.
        raise WorkflowFault(str(fault)) from fault
    for spec in (root, *called.values()):
        _connect_loops(spec)
    return Spec(root, called, read_drawing(deployment))


def _connect_loops(spec: Any) -> None:
    """Tell loop tasks of their children's end.

    The library does so when it creates a child or restores a *specification*; we restore cases onto parsed
    specifications, and without this a reloaded multi-instance never ends.
    """
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, LoopTask):
            child = spec.task_specs[task_spec.task_spec]
            if not child.completed_event.is_connected(task_spec.merge_child):
                child.completed_event.connect(task_spec.merge_child)
