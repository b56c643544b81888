"""One input, one step: the only place where the engine moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent
from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.exceptions import TaskNotFoundException, WorkflowException
from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition
from SpiffWorkflow.util.task import TaskState

from workflows.bulk import IN_BULK, offered_decisions
from workflows.engine import frame as frames
from workflows.engine import swift as _swift
from workflows.engine.diagram import CLOCK
from workflows.engine.snapshot import dump, load
from workflows.engine.spec import Spec, spec_of
from workflows.engine.state import Reading, place_of, process_of
from workflows.values import (
    Deployment,
    Effect,
    Input,
    Move,
    NotWaiting,
    Step,
    TaskNotOpen,
    TaskTimers,
    WorkflowFault,
)

assert _swift  # walks trees quickly from now on

_READING = Input("shift", "", 0, dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
"""Nothing moves in it: the library asks for the time even where a state is only read."""
RESERVED = {"typename"}
SHADOWING = {"due"}
"""A name of data that would hide the one function of expressions."""


def advance(deployment: Deployment, before: bytes | None, given: Input) -> Step:
    """Apply one recorded input to the state ``before`` (None: the case is opened) and read the new state.

    Pure: the same deployment, state and input give the same bytes. Raises TaskNotOpen, NotWaiting or
    WorkflowFault, and then nothing has happened.
    """
    return Running(deployment, before).advance(given, keep=True)


class Running:
    """A case in memory, from one input to the next: to run a record again without a snapshot at each step."""

    def __init__(self, deployment: Deployment, before: bytes | None = None) -> None:
        self.spec = spec_of(deployment)
        self.before = before
        self.workflow: BpmnWorkflow | None = None
        self.entries: dict[str, list[Any]] = {}

    def advance(self, given: Input, *, keep: bool = False) -> Step:
        """Apply the next input; without ``keep`` the step has no snapshot, and its state is good until the next.
        After a fault nothing can follow."""
        refuse_reserved(given.data)
        if SHADOWING & given.data.keys():
            raise WorkflowFault("the name 'due' is reserved")
        with frames.framed(given) as frame:
            try:
                workflow = self.workflow = self.workflow or _restored(self.spec, self.before)
                _MOVES[given.kind](_Mover(self.spec, frame), workflow, given)
            except (WorkflowException, WorkflowTaskException) as fault:
                raise WorkflowFault(str(fault)) from fault
            step = Reading(workflow, self.spec, self.entries).step(frame)
        return replace(step, snapshot=dump(workflow)) if keep else step


def state_of(deployment: Deployment, snapshot: bytes) -> Mapping[str, Any]:
    """The projection of a stored state; its digest is the state's hash."""
    spec = spec_of(deployment)
    with frames.framed(_READING):
        return Reading(load(snapshot, spec), spec).projection()


def waiting_clocks(deployment: Deployment, snapshot: bytes) -> tuple[tuple[str, str], ...]:
    """(clock, instant as ISO text) of every timer of a state that waits for a clock of the rule set, each once."""
    with frames.framed(_READING):
        workflow = load(snapshot, spec_of(deployment))
    return tuple(sorted({(clock, instant) for _task, clock, instant in _waiting_timers(workflow) if clock}))


def task_timers(deployment: Deployment, snapshot: bytes, task_id: str) -> TaskTimers:
    """The timers of an open task of a state. Raises TaskNotOpen."""
    spec = spec_of(deployment)
    with frames.framed(_READING):
        workflow = load(snapshot, spec)
        task, reading = _open_task(workflow, task_id), Reading(workflow, spec)
        _holder, timers = reading.timers_of(task)
        instants = sorted(timer.internal_data["event_value"] for timer in timers)
        return TaskTimers(tuple(instants), reading.shares_timers(task))


def refuse_reserved(data: Any) -> None:
    """Keys that would make a snapshot unloadable never get in."""
    if isinstance(data, Mapping):
        if RESERVED & data.keys():
            raise WorkflowFault("the name 'typename' is reserved")
        for value in data.values():
            refuse_reserved(value)
    elif isinstance(data, list | tuple):
        for value in data:
            refuse_reserved(value)


class _Engine(PythonScriptEngine):
    """Evaluates linted expressions; a service task only leaves an effect behind."""

    def __init__(self, spec: Spec) -> None:
        names = {"due": lambda clock: frames.current().due(clock), "__builtins__": {}}
        super().__init__(TaskDataEnvironment(names))
        self.spec = spec

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        """Evaluate as the library does, but let a timer wait for nothing else than an instant.

        The library takes durations there, and the server's own time zone where an instant has none.
        """
        try:
            value = super().evaluate(task, expression, external_context)
        except WorkflowTaskException as fault:
            if isinstance(fault.__context__, WorkflowFault):
                # Our own fault says more than the sentence the library wraps it in.
                raise fault.__context__ from None
            raise
        if isinstance(getattr(task.task_spec, "event_definition", None), TimerEventDefinition):
            _require_instant(expression, value)
        return value

    def call_service(self, task: Any, **kwargs: Any) -> None:
        frame = frames.current()
        frame.effects.append(
            Effect(
                id=f"{frame.number}/{len(frame.effects) + 1}",
                kind=kwargs["operation_name"],
                process=process_of(task),
                element=task.task_spec.bpmn_id,
                params={name: param["value"] for name, param in kwargs["operation_params"].items()},
                data=dict(task.data),
            )
        )


def _require_instant(expression: str, value: Any) -> None:
    try:
        offset = dt.datetime.fromisoformat(value).utcoffset()
    except (TypeError, ValueError):
        offset = None
    if offset is None:
        raise WorkflowFault(f"{expression!r} is no instant with an offset: {value!r}")


def _restored(spec: Spec, before: bytes | None) -> BpmnWorkflow:
    workflow = BpmnWorkflow(spec.root, spec.called) if before is None else load(before, spec)
    workflow.script_engine = _Engine(spec)
    return workflow


def _open_task(workflow: BpmnWorkflow, target: str | None) -> Any:
    """The user task with this id. Raises TaskNotOpen for any other id and for none."""
    try:
        task = workflow.get_task_from_id(target)
    except TaskNotFoundException:
        raise TaskNotOpen(target) from None
    if not task.has_state(TaskState.READY) or not task.task_spec.manual:
        raise TaskNotOpen(target)
    return task


def _waiting_timers(workflow: BpmnWorkflow) -> Iterator[tuple[Any, str | None, str]]:
    """Each waiting timer with its clock (None: it waits for an instant of the data) and its instant as ISO text."""
    for task in workflow.event_manager.tasks.values():
        instant = task.internal_data.get("event_value")
        if isinstance(instant, str):
            asked = CLOCK.fullmatch(str(getattr(task.task_spec.event_definition, "expression", "")).strip())
            yield task, asked[1] if asked else None, instant


def _codes(task: Any) -> set[object]:
    """The codes of the items a task is about."""
    return {value["code"] for value in task.data.values() if isinstance(value, dict) and "code" in value}


class _Mover:
    """Runs a workflow on and notes what was completed on the way."""

    def __init__(self, spec: Spec, frame: frames.Frame) -> None:
        self.spec = spec
        self.frame = frame

    def open(self, workflow: BpmnWorkflow, given: Input) -> None:
        workflow.task_tree.set_data(**given.data)
        for start in workflow.get_tasks(state=TaskState.READY):
            start.set_data(**given.data)
        self._run_on(workflow)

    def complete(self, workflow: BpmnWorkflow, given: Input) -> None:
        task = _open_task(workflow, given.target)
        task.set_data(**{**self._alone(task), **given.data})
        task.run()
        self._completed(task)
        self._run_on(workflow)

    def _alone(self, task: Any) -> dict[str, bool]:
        """A task that offers decisions for many at once was completed alone, unless the input says otherwise."""
        element = self.spec.drawing.processes[process_of(task)].elements[task.task_spec.bpmn_id]
        return {IN_BULK: False} if offered_decisions(element.properties) else {}

    def fire(self, workflow: BpmnWorkflow, given: Input) -> None:
        workflow.refresh_timers()
        self._run_on(workflow)

    def deliver(self, workflow: BpmnWorkflow, given: Input) -> None:
        """Send a message to what waits for it; with ``about`` only to the instance whose item has this code."""
        definition = MessageEventDefinition(given.target)
        payload = dict(given.data)
        about = payload.pop("about", None)
        waiting = [
            task
            for task in workflow.event_manager.tasks.values()
            if task.task_spec.event_definition == definition and (about is None or about in _codes(task))
        ]
        if not waiting:
            raise NotWaiting(given.target)
        # A target is the only thing by which the library tells one instance of a called process from another.
        target = waiting[0].workflow if about is not None else None
        workflow.send_event(BpmnEvent(definition, payload=payload, target=target))
        for task in waiting:
            task.set_data(**payload)
        self._run_on(workflow)

    def shift(self, workflow: BpmnWorkflow, given: Input) -> None:
        """Move every waiting timer later by ``seconds``: the case was frozen that long.

        One that waits for a clock goes where ``clocks`` says (clock → instant before → instant after), if it does.
        With a task as the target only its own timers move, as ``instants`` says (instant before → instant after).
        """
        if given.target is not None:
            self._move_timers(workflow, given)
            return
        delta = dt.timedelta(seconds=given.data["seconds"])
        moved = given.data.get("clocks", {})
        for task, clock, instant in _waiting_timers(workflow):
            later = (dt.datetime.fromisoformat(instant) + delta).isoformat()
            task.internal_data["event_value"] = moved.get(clock, {}).get(instant, later)

    def _move_timers(self, workflow: BpmnWorkflow, given: Input) -> None:
        task = _open_task(workflow, given.target)
        _holder, timers = Reading(workflow, self.spec).timers_of(task)
        moved = given.data["instants"]
        for timer in timers:
            instant = timer.internal_data["event_value"]
            timer.internal_data["event_value"] = moved.get(instant, instant)

    def _run_on(self, workflow: BpmnWorkflow) -> None:
        workflow.do_engine_steps(will_complete_task=self._tidy, did_complete_task=self._completed)

    @staticmethod
    def _tidy(task: Any) -> None:
        """A finished multi-instance leaves its item behind, and the next round of it would be refused."""
        if isinstance(task.task_spec, MultiInstanceTask) and task.task_spec.input_item is not None:
            task.data.pop(task.task_spec.input_item.bpmn_id, None)

    def _completed(self, task: Any) -> None:
        spec = task.task_spec
        if getattr(spec, "bpmn_id", None) is not None and task.has_state(TaskState.COMPLETED):
            process, path = place_of(task)
            self.frame.moves.append(Move(process, spec.bpmn_id, self._flow_into(task, process), path))

    def _flow_into(self, task: Any, process: str) -> str | None:
        flows = self.spec.drawing.processes[process].flows
        ancestor = task.parent
        while ancestor is not None:
            source = getattr(ancestor.task_spec, "bpmn_id", None)
            if source is not None and source != task.task_spec.bpmn_id:
                return flows.get((source, task.task_spec.bpmn_id))
            ancestor = ancestor.parent
        return None


_MOVES = {
    "open": _Mover.open,
    "complete": _Mover.complete,
    "fire": _Mover.fire,
    "deliver": _Mover.deliver,
    "shift": _Mover.shift,
}
