"""What the library does the slow way, done the quick way with the same results; replaced by name at import.

Two thirds of a step were spent walking trees and naming states. The walk here is the library's depth-first one
without its count of depth, which only serves a limit: a thousand, and a loop goes deeper. What is unfinished is looked
for without a walk where it is little. Looking for an ancestor, the library calls itself once for each of them, and a
loop gone through two hundred times ended at Python's limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

import SpiffWorkflow.bpmn.util.subworkflow as spiff_subworkflow
import SpiffWorkflow.task as spiff_task
import SpiffWorkflow.workflow as spiff_workflow
from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.living import few


class Walk(BpmnTaskIterator):
    """The tasks below one, parents first, that match the filter; sub-processes right after their task."""

    def __init__(self, task: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(task, *arguments, **named)
        self._walking = self._quickest(task)

    def __iter__(self) -> Iterator[Any]:
        return self._walking

    def __next__(self) -> Any:
        return next(self._walking)

    def _quickest(self, first: Any) -> Iterator[Any]:
        """What is unfinished of a whole workflow is known; anything else, and of that what is many, is walked to."""
        if (
            self.task_filter.state < TaskState.COMPLETED
            and self.end_at_spec is None
            and first._parent is None
        ):
            found = few(first, self.task_filter, not self.skip_subprocesses)
            if found is not None:
                return found
        return self._walk(first)

    def _walk(self, first: Any) -> Iterator[Any]:
        stack = [first]
        matches = self.task_filter.matches
        while stack:
            task = stack.pop()
            inner = task.workflow.top_workflow.subprocesses.get(task.id)
            goes_on = task._children or inner is not None
            reaches = task._state >= self.min_state or inner is not None
            if goes_on and reaches and task.task_spec.name != self.end_at_spec:
                of_id = task.workflow.tasks.get
                stack += [of_id(child) for child in reversed(task._children)]
                if inner is not None and not self._passes_by(task):
                    stack.append(inner.task_tree)
            if matches(task):
                yield task

    def _passes_by(self, task: Any) -> bool:
        """A finished sub-process is not entered to look for what is unfinished."""
        finished = TaskState.FINISHED_MASK
        return self.skip_subprocesses or (task._state >= finished and self.task_filter.state <= finished)


class FlatWalk(Walk):
    """The same without the tasks of sub-processes."""

    def __init__(self, task: Any, *arguments: Any, **named: Any) -> None:
        super().__init__(task, *arguments, skip_subprocesses=True, **named)


def _ancestors(task: Any) -> Iterator[Any]:
    while (task := task.parent) is not None:
        yield task


def _find_ancestor(task: Any, spec_name: str) -> Any:
    return next((each for each in _ancestors(task) if each.task_spec.name == spec_name), None)


spiff_subworkflow.BpmnTaskIterator = Walk
spiff_join: Any = import_module("SpiffWorkflow.specs.Join")  # in its package the name is that of the class
spiff_join.TaskIterator = spiff_task.TaskIterator = spiff_workflow.TaskIterator = FlatWalk
Task.is_descendant_of = lambda task, other: any(each == other for each in _ancestors(task))
Task.find_ancestor = _find_ancestor
TaskState.get_name = staticmethod(cache(TaskState.get_name))
