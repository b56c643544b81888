"""Snapshots: the state of a case without its specification, as compressed bytes.

JSON text and not a sorted or binary form: the library reads parents before children, so key order is part of
the state. The specification is put back from the cache on load.
"""

from __future__ import annotations

import zlib
from importlib.metadata import version
from typing import Any

import orjson
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, TaskConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG
from SpiffWorkflow.task import Task

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


class _ExactTaskConverter(TaskConverter):
    """Writes a change from 1 to True, too: the library keeps what differs from the task before, and finds no change."""

    def to_dict(self, task: Any) -> dict[str, Any]:
        dct: dict[str, Any] = super().to_dict(task)
        if task.parent is not None:
            before = task.parent.data
            dct["delta"]["updates"] |= {
                name: value for name, value in task.data.items() if type(before.get(name)) is not type(value)
            }
        return dct


_registry = BpmnWorkflowSerializer.configure(
    SPIFF_CONFIG | {BpmnWorkflow: _SpeclessConverter, Task: _ExactTaskConverter}
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
