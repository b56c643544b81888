"""Reads a running workflow: open tasks, due times, places, and the canonical projection that is hashed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
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
    return _Surroundings().of(task).process


def place_of(task: Any) -> tuple[str, str]:
    """The process a task is drawn in, and the path that leads to it from the root process."""
    around = _Surroundings().of(task)
    return around.process, around.path + _step_of_path(task)


@dataclass(frozen=True)
class _Around:
    """What is around a task: the tasks that stand for the sub-processes and called processes, innermost first,
    the process it is drawn in, and the path of what it lies in."""

    containers: tuple[Any, ...]
    process: str
    path: str


class _Surroundings:
    """Finds what is around tasks, once for each sub-process."""

    def __init__(self) -> None:
        self._found: dict[Any, _Around] = {}

    def of(self, task: Any) -> _Around:
        return self._of(task.workflow)

    def _of(self, workflow: Any) -> _Around:
        container_id = workflow.parent_task_id
        if container_id not in self._found:
            self._found[container_id] = self._look(workflow, container_id)
        return self._found[container_id]

    def _look(self, workflow: Any, container_id: str | None) -> _Around:
        if container_id is None:
            return _Around((), str(workflow.spec.name), "")
        container = workflow.top_workflow.get_task_from_id(container_id)
        outer = self._of(container.workflow)
        called = isinstance(container.task_spec, CallActivity)
        return _Around(
            containers=(container, *outer.containers),
            process=str(workflow.spec.name) if called else outer.process,
            path=f"{outer.path}{_step_of_path(container)}/",
        )


def _in_order(workflow: Any) -> list[Any]:
    """The tasks that are projected as they came into being; a sub-process right after the task that stands for it.

    The tree does not give that order (instances of a loop hang behind what follows it), the dictionaries do,
    and they keep it over a reload.
    """
    found: list[Any] = []
    inner = workflow.top_workflow.subprocesses
    for task in workflow.tasks.values():
        if task._state & PROJECTED and getattr(task.task_spec, "bpmn_id", None):
            found.append(task)
        if task.id in inner:
            found += _in_order(inner[task.id])
    return found


def _step_of_path(task: Any) -> str:
    """An instance with its index, the task for all of them with a star."""
    if isinstance(task.task_spec, MultiInstanceTask):
        return f"{task.task_spec.bpmn_id}*"
    index = task.internal_data.get("key_or_index")
    return str(task.task_spec.bpmn_id) if index is None else f"{task.task_spec.bpmn_id}[{index}]"


def _items(task: Any, containers: tuple[Any, ...]) -> dict[str, Any]:
    """The items of the multi-instances around a task, the task itself included."""
    items = {}
    for at in (task, *containers):
        loop = at.parent.task_spec if at.parent is not None else None
        if isinstance(loop, MultiInstanceTask) and loop.input_item is not None:
            items[loop.input_item.bpmn_id] = task.data.get(loop.input_item.bpmn_id)
    return items


def _instant(value: Any) -> dt.datetime | None:
    if isinstance(value, dict):
        value = value.get("next")
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC) if isinstance(value, str) else None


class Reading:
    """What a workflow says after a step.

    ``entries`` are those of its tasks in the projection, [path, round, state], as the step before left them: of a long
    case only a few are new. ``live`` are the tasks that can still move.
    """

    def __init__(self, workflow: Any, spec: Spec, entries: dict[str, list[Any]] | None = None) -> None:
        self.workflow = workflow
        self.spec = spec
        self.around = _Surroundings().of
        self.tasks = _in_order(workflow)
        self.live = [task for task in self.tasks if task._state & LIVE]
        self.entries = {} if entries is None else entries
        self._enter()

    def _enter(self) -> None:
        """Bring the entries up to date; a round counts the tasks of one path."""
        seen: dict[str, int] = {}
        for task in self.tasks:
            entry = self.entries.get(task.id)
            if entry is None:
                entry = self.entries[task.id] = [self.around(task).path + _step_of_path(task), 0, 0]
            path = entry[0]
            seen[path] = entry[1] = seen.get(path, 0) + 1
            entry[2] = TaskState.get_name(task._state)

    def step(self, frame: Frame) -> Step:
        """Everything the caller needs to store but the snapshot."""
        opened = self._open_tasks()
        state = self.projection()
        return Step(
            snapshot=b"",
            state=state,
            state_hash=digest(state),
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

    def projection(self) -> dict[str, Any]:
        """The state as it is hashed: of each task its path, round and state; of a live one lane, data and due."""
        return {
            "hash_v": PROJECTION_VERSION,
            "ended": bool(self.workflow.completed),
            "tasks": [self._projected(task) for task in self.tasks],
        }

    def _projected(self, task: Any) -> list[Any]:
        entry = self.entries[task.id]
        if not task._state & LIVE:
            return entry
        due = _instant(task.internal_data.get("event_value"))
        lane = self.spec.drawing.processes[self.around(task).process].elements[task.task_spec.bpmn_id].lane
        return [*entry, lane, digest(task.data), due.isoformat() if due else None]

    def _open_tasks(self) -> tuple[OpenTask, ...]:
        return tuple(
            self._open_task(task)
            for task in self.live
            if task.has_state(TaskState.READY) and task.task_spec.manual
        )

    def _open_task(self, task: Any) -> OpenTask:
        process = self.spec.drawing.processes[self.around(task).process]
        element = process.elements[task.task_spec.bpmn_id]
        lane = process.lane_of(element.id)
        return OpenTask(
            id=str(task.id),
            process=process.id,
            element=element.id,
            name=element.name,
            role=lane.role,
            place=lane.place,
            round=self.entries[task.id][1],
            due=self._due(task),
            items=_items(task, self.around(task).containers),
        )

    def _due(self, task: Any) -> dt.datetime | None:
        """The latest of the timers of a task."""
        _holder, timers = self.timers_of(task)
        return max((_instant_of(timer) for timer in timers), default=None)

    def timers_of(self, task: Any) -> tuple[Any, list[Any]]:
        """The timers that hang on a task, or else on the nearest sub-process around it, and what they hang on."""
        for holder in (task, *self.around(task).containers):
            if timers := _boundary_timers(holder):
                return holder, timers
        return None, []

    def shares_timers(self, task: Any) -> bool:
        """Whether other open tasks are held by the timers of a task, too."""
        holder, _timers = self.timers_of(task)
        return holder is not None and any(
            self.timers_of(each)[0] is holder
            for each in self.live
            if each is not task and each.has_state(TaskState.READY) and each.task_spec.manual
        )

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
            for task in self.live
            if (
                not isinstance(task.task_spec, SubWorkflowTask | MultiInstanceTask)
                and not isinstance(task.parent.task_spec if task.parent else None, BoundaryEventSplit)
            )
            or (task.has_state(TaskState.READY) and task.task_spec.manual)
        ]

    def _places(self) -> tuple[tuple[str, str], ...]:
        """(process, element) of everything that waits, with the containers around it; no boundary events."""
        found: dict[tuple[str, str], None] = {}
        for task in self._live_leaves():
            for at in (task, *self.around(task).containers):
                found[(self.around(at).process, at.task_spec.bpmn_id)] = None
        return tuple(found)

    def _stage(self) -> str | None:
        """The ``stage`` of the innermost element that has one, over all that waits; the last one wins."""
        stage = None
        for task in self._live_leaves():
            for at in (task, *self.around(task).containers):
                process = self.spec.drawing.processes[self.around(at).process]
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
            and self.around(task).process == self.spec.root.name
        ]
        named = [
            task.task_spec.bpmn_id
            for task in sorted(ends, key=lambda task: len(self.around(task).containers))
        ]
        meaningful = [name for name in named if name.startswith("end_")]
        return meaningful[0].removeprefix("end_") if meaningful else None


def _boundary_timers(task: Any) -> list[Any]:
    """Timers on the border of an element that wait for an instant."""
    split = task.parent
    if split is None or not isinstance(split.task_spec, BoundaryEventSplit):
        return []
    return [
        child
        for child in split.children
        if isinstance(getattr(child.task_spec, "event_definition", None), TimerEventDefinition)
        and child.has_state(TaskState.WAITING)
        and _instant(child.internal_data.get("event_value"))
    ]


def _instant_of(timer: Any) -> dt.datetime:
    found = _instant(timer.internal_data.get("event_value"))
    assert found is not None
    return found
