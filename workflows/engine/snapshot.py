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
from SpiffWorkflow.bpmn.serializer.default.workflow import (
    BpmnSubWorkflowConverter,
    BpmnWorkflowConverter,
    TaskConverter,
)
from SpiffWorkflow.bpmn.specs.mixins.events.event_types import CatchingEvent
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.spec import Spec

FORMAT = 1
ENGINE_VERSION = version("SpiffWorkflow")
_NOTHING = object()

__all__ = ["ENGINE_VERSION", "dump", "load"]


class _Parts:
    """What is written of a workflow and of a sub-process alike, as the library writes it.

    Data are plain JSON, so unlike the library it does not search them for objects to convert or to restore.
    """

    registry: Any

    def parts_of(self, workflow: Any) -> dict[str, Any]:
        task = self.registry.convert_to_dict["Task"]
        return {
            "data": workflow.data,
            "correlations": workflow.correlations,
            "last_task": None if workflow.last_task is None else workflow.last_task.id,
            "success": workflow.success,
            "completed": workflow.completed,
            "tasks": {identity: task(each) for identity, each in workflow.tasks.items()},
            "root": workflow.task_tree.id,
        }

    def mapping_from_dict(self, mapping: Any, key_class: Any = None, **named: Any) -> dict[str, Any]:
        """Parts of one type by their ids, which are texts in the running workflow, too."""
        restored: dict[str, Any] = {}
        for identity, part in mapping.items():
            restored[identity] = self.registry.convert_from_dict[part["typename"]](part, **named)
        return restored

    def set_default_attributes(self, workflow: Any, dct: dict[str, Any]) -> None:
        workflow.success, workflow.completed = dct["success"], dct["completed"]
        workflow.correlations, workflow.data = dct["correlations"], dct["data"]
        workflow.last_task = workflow.tasks.get(dct["last_task"])


class _SpeclessConverter(_Parts, BpmnWorkflowConverter):
    def to_dict(self, workflow: Any) -> dict[str, Any]:
        dct = self.parts_of(workflow)
        inner = self.registry.convert_to_dict["BpmnSubWorkflow"]
        dct["subprocesses"] = {identity: inner(each) for identity, each in workflow.subprocesses.items()}
        dct["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
        return dct


class _SubWorkflowConverter(_Parts, BpmnSubWorkflowConverter):
    def to_dict(self, workflow: Any) -> dict[str, Any]:
        about = {"parent_task_id": workflow.parent_task_id, "spec": workflow.spec.name}
        return self.parts_of(workflow) | about


class _TaskConverter(TaskConverter):
    """Writes what the library writes, and a change from 1 to True as well, in which the library finds no change."""

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
    if before == after and [*map(type, before.values())] == [*map(type, map(after.get, before))]:
        return {"updates": {}, "deletions": []}
    differing: dict[str, Any] = {}
    retyped: dict[str, Any] = {}
    for name, value in after.items():
        was = before.get(name, _NOTHING)
        if was is value:
            continue
        if was is _NOTHING or value != was:
            differing[name] = value
        elif type(was) is not type(value):
            retyped[name] = value
    return {"updates": differing | retyped, "deletions": [name for name in before if name not in after]}


def _changed(before: dict[str, Any], delta: dict[str, Any]) -> dict[str, Any]:
    """The inverse: data of their own, lists and objects copied one level deep as the library does."""
    data = {name: copy(value) if isinstance(value, dict | list) else value for name, value in before.items()}
    data.update(delta["updates"])
    for name in delta["deletions"]:
        data.pop(name, None)
    return data


_registry = BpmnWorkflowSerializer.configure(
    SPIFF_CONFIG
    | {
        BpmnWorkflow: _SpeclessConverter,
        BpmnSubWorkflow: _SubWorkflowConverter,
        Task: _TaskConverter,
    }
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
