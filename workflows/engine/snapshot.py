"""Snapshots: the state of a case without its specification, as compressed bytes.

JSON text and not a sorted or binary form: the library reads parents before children, so key order is part of
the state. The specification is put back from the cache on load.
"""

from __future__ import annotations

import zlib
from copy import copy
from importlib.metadata import version
from typing import Any

import orjson
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, TaskConverter
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.spec import Spec

FORMAT = 1
ENGINE_VERSION = version("SpiffWorkflow")

__all__ = ["ENGINE_VERSION", "dump", "load"]


class _SpeclessConverter(BpmnWorkflowConverter):
    def to_dict(self, workflow: Any) -> dict[str, Any]:
        dct: dict[str, Any] = super(BpmnWorkflowConverter, self).to_dict(workflow)
        dct["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
        dct["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return dct


class _TaskConverter(TaskConverter):
    """Writes what the library writes, and a change from 1 to True as well, in which the library finds no change.

    Data of a task are plain JSON, so unlike the library it does not search them for objects to convert.
    """

    def to_dict(self, task: Any) -> dict[str, Any]:
        before = task.parent
        return {
            "id": task.id,
            "parent": task._parent if before is not None else None,
            "children": task._children,
            "last_state_change": task.last_state_change,
            "state": task._state,
            "task_spec": task.task_spec.name,
            "triggered": task.triggered,
            "internal_data": self.registry.convert(task.internal_data) if task.internal_data else {},
            "data": task.data if before is None else {},
            "delta": {} if before is None else _delta(before.data, task.data),
        }

    def from_dict(self, dct: dict[str, Any], workflow: Any) -> Any:
        task_spec = workflow.spec.task_specs.get(dct["task_spec"])
        task = self.target_class(workflow, task_spec, state=dct["state"], id=dct["id"])
        task._parent, task._children = dct["parent"], dct["children"]
        task.last_state_change, task.triggered = dct["last_state_change"], dct["triggered"]
        task.internal_data = self.registry.restore(dct["internal_data"]) if dct["internal_data"] else {}
        if isinstance(task_spec, CatchingEvent) and task.has_state(TaskState.WAITING):
            workflow.top_workflow.event_manager.add_task(task)
        before = task.parent
        task.data = dct["data"] if before is None else _changed(before.data, dct["delta"])
        return task


def _delta(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What changed: values that differ, by their type too, and names that are gone. Order is part of the state."""
    differing = {name: value for name, value in after.items() if name not in before or value != before[name]}
    retyped = {name: value for name, value in after.items() if type(before.get(name)) is not type(value)}
    return {"updates": differing | retyped, "deletions": [name for name in before if name not in after]}


def _changed(before: dict[str, Any], delta: dict[str, Any]) -> dict[str, Any]:
    """The inverse: data of their own, lists and objects copied one level deep as the library does."""
    data = {name: copy(value) if isinstance(value, dict | list) else value for name, value in before.items()}
    data.update(delta["updates"])
    for name in delta["deletions"]:
        data.pop(name, None)
    return data


_registry = BpmnWorkflowSerializer.configure(
    SPIFF_CONFIG | {BpmnWorkflow: _SpeclessConverter, Task: _TaskConverter}
)
_registry.register(Spec, lambda spec: {}, lambda dct: dct["spec"])


def dump(workflow: BpmnWorkflow) -> bytes:
    """State of a workflow as bytes (zlib level 1 over JSON)."""
    return zlib.compress(orjson.dumps({"format": FORMAT, "state": _registry.convert(workflow)}), 1)


def load(snapshot: bytes, spec: Spec) -> BpmnWorkflow:
    """The workflow a snapshot was taken of; the inverse of :func:`dump`."""
    state = orjson.loads(zlib.decompress(snapshot))["state"]
    state["spec"] = {"typename": "Spec", "spec": spec.root}
    state["subprocess_specs"] = {
        name: {"typename": "Spec", "spec": called} for name, called in spec.called.items()
    }
    return _registry.restore(state)
