"""Reads a running workflow: open tasks, due times, places, and the canonical projection that is hashed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.bpmn.specs.defaults import EndEvent
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import CallActivity, SubWorkflowTask
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState

from workflows.engine.frame import Frame
from workflows.engine.spec import Spec
from workflows.record import digest
from workflows.values import OpenTask, Step

PROJECTION_VERSION = 1
LIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED
PROJECTED = LIVE | TaskState.COMPLETED | TaskState.CANCELLED


def process_of(task: Any) -> str:
    """Id of the process a task is drawn in: embedded sub-processes belong to the one around them."""
    workflow = task.workflow
    while workflow.parent_task_id is not None:
        parent = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        if isinstance(parent.task_spec, CallActivity):
            break
        workflow = parent.workflow
    return str(workflow.spec.name)


def _in_order(workflow: Any) -> Iterator[Any]:
    """All tasks as they came into being; a sub-process right after the task that stands for it.

    The tree does not give that order (instances of a loop hang behind what follows it), the dictionaries do,
    and they keep it over a reload.
    """
    for task in workflow.tasks.values():
        yield task
        inner = workflow.top_workflow.subprocesses.get(task.id)
        if inner is not None:
            yield from _in_order(inner)


def _containers(task: Any) -> list[Any]:
    """The tasks that stand for the sub-processes and called processes around a task, innermost first."""
    found = []
    workflow = task.workflow
    while workflow.parent_task_id is not None:
        parent = workflow.top_workflow.get_task_from_id(workflow.parent_task_id)
        found.append(parent)
        workflow = parent.workflow
    return found


def _step_of_path(task: Any) -> str:
    if isinstance(task.task_spec, MultiInstanceTask):
        return f"{task.task_spec.bpmn_id}*"
    index = task.internal_data.get("key_or_index")
    return str(task.task_spec.bpmn_id) if index is None else f"{task.task_spec.bpmn_id}[{index}]"


def _items(task: Any) -> dict[str, Any]:
    """The items of the multi-instances around a task, the task itself included."""
    items = {}
    for at in (task, *_containers(task)):
        loop = at.parent.task_spec if at.parent is not None else None
        if isinstance(loop, MultiInstanceTask) and loop.input_item is not None:
            items[loop.input_item.bpmn_id] = task.data.get(loop.input_item.bpmn_id)
    return items


def _instant(value: Any) -> dt.datetime | None:
    if isinstance(value, dict):
        value = value.get("next")
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC) if isinstance(value, str) else None


class Reading:
    """What a workflow says after a step."""

    def __init__(self, workflow: Any, spec: Spec) -> None:
        self.workflow = workflow
        self.spec = spec
        self.tasks = [task for task in _in_order(workflow) if getattr(task.task_spec, "bpmn_id", None)]
        self.rounds = self._count_rounds()

    def _count_rounds(self) -> dict[Any, int]:
        seen: dict[str, int] = {}
        rounds = {}
        for task in self.tasks:
            if task.has_state(PROJECTED):
                path = self._path(task)
                seen[path] = rounds[task.id] = seen.get(path, 0) + 1
        return rounds

    @staticmethod
    def _path(task: Any) -> str:
        """Ids from the root to the task: an instance with its index, the task for all of them with a star."""
        return "/".join(_step_of_path(at) for at in (*reversed(_containers(task)), task))

    def step(self, snapshot: bytes, frame: Frame) -> Step:
        """Everything the caller needs to store."""
        opened = self._open_tasks()
        return Step(
            snapshot=snapshot,
            state_hash=digest(self._projection()),
            open_tasks=opened,
            effects=tuple(frame.effects),
            moves=tuple(frame.moves),
            waiting_for=self._messages(),
            places=self._places(),
            clocks=dict(frame.used_clocks),
            next_due=self._next_due(),
            stage=self._stage(),
            ended=bool(self.workflow.completed),
            outcome=self._outcome() if self.workflow.completed else None,
        )

    def _projection(self) -> dict[str, Any]:
        return {
            "hash_v": PROJECTION_VERSION,
            "ended": bool(self.workflow.completed),
            "tasks": [self._projected(task) for task in self.tasks if task.has_state(PROJECTED)],
        }

    def _projected(self, task: Any) -> list[Any]:
        entry: list[Any] = [self._path(task), self.rounds[task.id], TaskState.get_name(task.state)]
        if task.has_state(LIVE):
            due = _instant(task.internal_data.get("event_value"))
            lane = self.spec.drawing.processes[process_of(task)].elements[task.task_spec.bpmn_id].lane
            entry += [lane, digest(task.data), due.isoformat() if due else None]
        return entry

    def _open_tasks(self) -> tuple[OpenTask, ...]:
        return tuple(
            self._open_task(task)
            for task in self.tasks
            if task.has_state(TaskState.READY) and task.task_spec.manual
        )

    def _open_task(self, task: Any) -> OpenTask:
        process = self.spec.drawing.processes[process_of(task)]
        element = process.elements[task.task_spec.bpmn_id]
        lane = process.lane_of(element.id)
        return OpenTask(
            id=str(task.id),
            process=process.id,
            element=element.id,
            name=element.name,
            role=lane.role,
            place=lane.place,
            round=self.rounds[task.id],
            due=self._due(task),
            items=_items(task),
        )

    def _due(self, task: Any) -> dt.datetime | None:
        """The latest timer that hangs on the task, or else on the nearest sub-process around it."""
        for holder in (task, *_containers(task)):
            if instants := _boundary_timers(holder):
                return max(instants)
        return None

    def _waiting_events(self) -> list[Any]:
        return list(self.workflow.event_manager.tasks.values())

    def _next_due(self) -> dt.datetime | None:
        instants = [_instant(task.internal_data.get("event_value")) for task in self._waiting_events()]
        return min((instant for instant in instants if instant), default=None)

    def _messages(self) -> tuple[str, ...]:
        definitions = [task.task_spec.event_definition for task in self._waiting_events()]
        return tuple(sorted({d.name for d in definitions if isinstance(d, MessageEventDefinition)}))

    def _live_leaves(self) -> list[Any]:
        return [
            task
            for task in self.tasks
            if (
                task.has_state(LIVE)
                and not isinstance(task.task_spec, SubWorkflowTask | MultiInstanceTask)
                and not isinstance(task.parent.task_spec if task.parent else None, BoundaryEventSplit)
            )
            or (task.has_state(TaskState.READY) and task.task_spec.manual)
        ]

    def _places(self) -> tuple[tuple[str, str], ...]:
        """(process, element) of everything that waits, with the containers around it; no boundary events."""
        found: dict[tuple[str, str], None] = {}
        for task in self._live_leaves():
            for at in (task, *_containers(task)):
                found[(process_of(at), at.task_spec.bpmn_id)] = None
        return tuple(found)

    def _stage(self) -> str | None:
        """The ``stage`` of the innermost element that has one, over all that waits; the last one wins."""
        stage = None
        for task in self._live_leaves():
            for at in (task, *_containers(task)):
                process = self.spec.drawing.processes[process_of(at)]
                if named := process.elements[at.task_spec.bpmn_id].properties.get("stage"):
                    stage = named
                    break
        return stage

    def _outcome(self) -> str | None:
        """Which end of the root process, or else of its wrapper, was reached: the id without ``end_``."""
        ends = [
            task
            for task in self.tasks
            if isinstance(task.task_spec, EndEvent)
            and task.has_state(TaskState.COMPLETED)
            and process_of(task) == self.spec.root.name
        ]
        named = [task.task_spec.bpmn_id for task in sorted(ends, key=lambda task: len(_containers(task)))]
        meaningful = [name for name in named if name.startswith("end_")]
        return meaningful[0].removeprefix("end_") if meaningful else None


def _boundary_timers(task: Any) -> list[dt.datetime]:
    split = task.parent
    if split is None or not isinstance(split.task_spec, BoundaryEventSplit):
        return []
    timers = [
        child
        for child in split.children
        if isinstance(getattr(child.task_spec, "event_definition", None), TimerEventDefinition)
        and child.has_state(TaskState.WAITING)
    ]
    return [instant for timer in timers if (instant := _instant(timer.internal_data.get("event_value")))]
