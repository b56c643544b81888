"""What is unfinished of a workflow, known without walking through all that was done before.

A loop leaves every round behind in the tree of tasks, one below the other, and the library walks through them several
times a step to find the one or two that are not finished; below a depth of a thousand it does not look at all. Here
each workflow keeps its unfinished tasks, and which of them a walk would come by first is told by their ancestors.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import SpiffWorkflow.task as spiff_task
from SpiffWorkflow.bpmn.specs.control import _EndJoin
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.workflow import Workflow

FEW = 12
"""Of more than so many the order is found sooner by the walk."""

_made = Task.__init__
_removed = Workflow._remove_task


def living(workflow: Any) -> dict[str, Any]:
    """The unfinished tasks of a workflow by their ids; those of its sub-processes are their own."""
    kept: dict[str, Any] = workflow.__dict__.setdefault("living", {})
    return kept


def few(root: Any, wanted: Any, inner: bool) -> Iterator[Any] | None:
    """The unfinished tasks of a workflow that a filter wants, in the order of the walk; None: they are many.

    As the walk does, it looks for the next one only when it is asked for.
    """
    found = list(islice(_matching(root, wanted, inner), FEW + 1))
    return None if len(found) > FEW else _in_turn(root, wanted, inner)


def _in_turn(root: Any, wanted: Any, inner: bool) -> Iterator[Any]:
    last = None
    while True:
        first = None
        for task in _matching(root, wanted, inner):
            ahead = last is None or (task is not last and _before(last, task))
            if ahead and (first is None or _before(task, first)):
                first = task
        if first is None:
            return
        yield first
        last = first


def _matching(root: Any, wanted: Any, inner: bool) -> Iterator[Any]:
    workflow, state, matches = root.workflow, wanted.state, wanted.matches
    places = [workflow]
    if inner:
        places += [each for each in workflow.top_workflow.subprocesses.values() if workflow in _around(each)]
    for place in places:
        for task in living(place).values():
            if task._state & state and matches(task):
                yield task


def _around(inner: Any) -> tuple[Any, ...]:
    """The workflows in which a sub-process lies; they never change."""
    known: tuple[Any, ...] | None = inner.__dict__.get("around")
    if known is None:
        outer = _container(inner).workflow
        known = inner.around = (outer, *(_around(outer) if outer.parent_task_id is not None else ()))
    return known


def _container(inner: Any) -> Any:
    """The task that stands for a sub-process."""
    known = inner.__dict__.get("container")
    if known is None:
        known = inner.container = inner.top_workflow.get_task_from_id(inner.parent_task_id)
    return known


def _above(task: Any) -> Any:
    if task._parent is not None:
        return task.workflow.tasks[task._parent]
    return None if task.workflow.parent_task_id is None else _container(task.workflow)


def _before(one: Any, other: Any) -> bool:
    """Whether a walk comes by a task before another: parents first, a sub-process before what follows it."""
    below, beneath = _depth(one), _depth(other)
    if below == beneath:
        at, to = one, other
    elif below < beneath:
        at, to = one, _raised(other, beneath - below - 1)
        to_above = _above(to)
        if to_above is at:
            return True
        to = to_above
    else:
        return not _before(other, one)
    while (around := _above(at)) is not _above(to):
        at, to = around, _above(to)
    return _place(around, at) < _place(around, to)


def _raised(task: Any, levels: int) -> Any:
    for _level in range(levels):
        task = _above(task)
    return task


def _place(around: Any, task: Any) -> int:
    return -1 if task.workflow is not around.workflow else around._children.index(task.id)


def _depth(task: Any) -> int:
    """How many tasks are above one; counted once."""
    way = []
    while "deep" not in task.__dict__ and (above := _above(task)) is not None:
        way.append(task)
        task = above
    depth: int = task.__dict__.setdefault("deep", 0)
    for each in reversed(way):
        each.deep = depth = depth + 1
    return depth


def _make(task: Any, *arguments: Any, **named: Any) -> None:
    _made(task, *arguments, **named)
    if task._state < TaskState.COMPLETED:
        living(task.workflow)[task.id] = task


def _remove(workflow: Any, identity: str) -> None:
    _removed(workflow, identity)
    living(workflow).pop(identity, None)


def _set_state(task: Any, value: int) -> None:
    if value == task._state:
        return
    task.last_state_change = spiff_task.time.time()
    task._state = value
    if value < TaskState.COMPLETED:
        living(task.workflow)[task.id] = task
    else:
        living(task.workflow).pop(task.id, None)


def _nothing_else_is_open(join: Any, task: Any) -> bool:
    """Whether the end of a process is reached: nothing is unfinished but the join before it, and the end behind."""
    others = (each for each in living(task.workflow).values() if each is not task)
    return all(each.parent is not None and each.parent.task_spec is join for each in others)


Task.__init__ = _make
Task._set_state = _set_state
Workflow._remove_task = _remove
_EndJoin._check_threshold_unstructured = _nothing_else_is_open
