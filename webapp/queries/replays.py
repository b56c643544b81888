"""Cases run again from their log: whether every step gives the recorded state, and what the diagram showed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded, case_stream
from webapp.models import Case, FormEntry, StageVisit, Task
from webapp.models.stage_visit import NOT_READ
from webapp.queries.chains import Finding, broken_at
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.lost_parts import lost_parts
from webapp.queries.replay_clocks import TaskDues
from webapp.queries.task_times import times_of_log, times_of_rows
from webapp.queries.witnesses import witnesses
from workflows.differences import Differing
from workflows.replay import RecordedStep, ReplayReport, replay
from workflows.trail import Trail, trail
from workflows.visits import Visit, visits

KEPT = 256


class UnknownCase(LookupError):
    """There is no case of this code."""


@dataclass(frozen=True)
class Rerun:
    """A case run again: the report, and what each input did to the drawing."""

    report: ReplayReport
    trail: Trail

    @cached_property
    def dues(self) -> TaskDues:
        """When the tasks were due."""
        return TaskDues(self.report.steps)


@dataclass(frozen=True)
class Verdict:
    """Whether the record of a case holds.

    ``reproduced`` of ``total`` steps gave the recorded state, with all that was entered; ``erased_steps`` gave it, too,
    and what was entered was erased by law: of that the hash alone speaks. ``step`` is the first that did not, with the
    ``keys`` that differ and, as far as it is stored, ``places``: what of the state. ``broken`` is the first break of
    the chain, ``erased`` counts all events whose personal part is gone, ``lost`` are the numbers of those that no
    erasure on record explains. ``deviations`` name what the case's rows say otherwise than the log.
    """

    reproduced: int
    total: int
    step: int | None
    keys: tuple[str, ...]
    places: tuple[Differing, ...]
    broken: Finding | None
    erased_steps: int
    erased: int
    lost: tuple[int, ...]
    deviations: tuple[str, ...]

    @property
    def broken_event(self) -> int | None:
        """The number of the event at which the chain breaks."""
        _stream, _, number = self.broken.place.rpartition("#") if self.broken else ("", "", "")
        return int(number) if number.isdecimal() else None

    @property
    def holds(self) -> bool:
        return self.step is None and self.broken is None and not self.deviations and not self.lost


def case_codes(session: Session) -> list[str]:
    """The codes of all cases, in the order in which they were opened."""
    return list(session.scalars(select(Case.code).order_by(Case.id)))


def verdicts(session: Session, codes: Sequence[str] = ()) -> Iterator[tuple[str, Verdict]]:
    """The verdict on each case by its code; on all cases when no codes are given. Raises UnknownCase."""
    for code in codes or case_codes(session):
        case = session.scalar(select(Case).where(Case.code == code))
        if case is None:
            raise UnknownCase(code)
        verdict, _ = verdict_of(session, case, eventlog.read_stream(session, case_stream(code)))
        yield code, verdict


def verdict_of(session: Session, case: Case, events: Sequence[Recorded]) -> tuple[Verdict, Rerun]:
    """Check the chain of a case, run it again, and compare its rows with the log."""
    broken = broken_at(session, case_stream(case.code))
    rerun = rerun_of(session, case.code, events, trusted=broken is None)
    step, keys = _first_difference(events, rerun.report)
    steps = recorded_steps(case.code, events)
    erased_steps = _erased_steps(events, rerun.report)
    return (
        Verdict(
            reproduced=rerun.report.reproduced - erased_steps,
            total=rerun.report.total,
            step=step,
            keys=keys,
            places=witnesses(session, case, events, steps, rerun.report, step) if step else (),
            broken=broken,
            erased_steps=erased_steps,
            erased=sum(event.erased for event in events),
            lost=lost_parts(events),
            deviations=tuple(_deviations(session, case, events, rerun.report)),
        ),
        rerun,
    )


def _erased_steps(events: Sequence[Recorded], report: ReplayReport) -> int:
    """How many steps gave the recorded state, and nobody can see any more what was entered."""
    gone = {event.input["number"] for event in events if event.erased and event.input is not None}
    return sum(step.reproduced for step in report.steps if step.number in gone)


def differing_step(session: Session, code: str, events: Sequence[Recorded]) -> int | None:
    """The first recorded step that does not give the recorded state when it is run again; None when all do."""
    return _first_difference(events, _run(session, code, events).report)[0]


def _first_difference(events: Sequence[Recorded], report: ReplayReport) -> tuple[int | None, tuple[str, ...]]:
    """Number of the first step that differs and what differs in it: the state, or the moves written beside it."""
    replayed = {step.number: step for step in report.steps}
    for event in events:
        if event.input is None:
            continue
        number = event.input["number"]
        again = replayed.get(number)
        if again is None:
            return number, ("refused",)
        keys = [] if again.reproduced else ["state_hash"]
        moves = [[move.process, move.element, move.flow] for move in again.moves]
        if event.fields.get("moves", moves) != moves:
            keys.append("moves")
        if keys:
            return number, tuple(keys)
    return None, ()


def _deviations(session: Session, case: Case, events: Sequence[Recorded], report: ReplayReport) -> list[str]:
    """What the rows of a case say otherwise than its log: inputs, state_hash, tasks, task_times, forms, stages."""
    inputs = [event for event in events if event.input is not None]
    found = [] if case.inputs == len(inputs) else ["inputs"]
    if inputs and case.state_hash != inputs[-1].state_hash:
        found.append("state_hash")
    open_rows = session.scalars(select(Task.public_id).where(Task.case_id == case.id, Task.status == "open"))
    if report.steps and set(open_rows) != {task.id for task in report.steps[-1].open_tasks}:
        found.append("tasks")
    logged = {e.fields["task"]: e.private for e in events if e.type == "task_completed" and not e.erased}
    if any(logged.get(task, data) != data for task, data in _entries(session, case)):
        found.append("forms")
    if report.difference is not None:
        return found
    if "tasks" not in found and times_of_rows(session, case) != times_of_log(events, report.steps):
        found.append("task_times")
    if _visits(session, case) not in (None, visits(report.steps)):
        found.append("stages")
    return found


def _visits(session: Session, case: Case) -> list[Visit] | None:
    """The stages of a case as its rows tell them; None while its log has not been read."""
    columns = StageVisit.stage, StageVisit.round, StageVisit.entered_at, StageVisit.left_at
    query = select(*columns).where(StageVisit.case_id == case.id).order_by(StageVisit.id)
    rows = session.execute(query).all()
    return None if any(row.round == NOT_READ for row in rows) else [Visit(*row) for row in rows]


def _entries(session: Session, case: Case) -> list[tuple[str, Any]]:
    query = (
        select(Task.public_id, FormEntry.data)
        .join(Task, Task.id == FormEntry.task_id)
        .where(FormEntry.case_id == case.id)
    )
    return list(session.execute(query))


def rerun_of_case(session: Session, case: Case) -> Rerun:
    """Run one case again, for the drawing of its path."""
    events = eventlog.read_stream(session, case_stream(case.code))
    return rerun_of(session, case.code, events, trusted=broken_at(session, case_stream(case.code)) is None)


_kept: OrderedDict[str, Rerun] = OrderedDict()
_lock = Lock()


def rerun_of(session: Session, code: str, events: Sequence[Recorded], *, trusted: bool) -> Rerun:
    """Run a case again. With ``trusted`` (its chain holds) the head's hash stands for all inputs, and the result of
    an earlier run is used."""
    head = events[-1].hash if events else code
    if trusted:
        with _lock:
            if head in _kept:
                _kept.move_to_end(head)
                return _kept[head]
    rerun = _run(session, code, events)
    if trusted:
        with _lock:
            _kept[head] = rerun
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
    return rerun


def forget() -> None:
    """Run every case again the next time, as after a restart."""
    with _lock:
        _kept.clear()


def _run(session: Session, code: str, events: Sequence[Recorded]) -> Rerun:
    steps = recorded_steps(code, events)
    report = replay(lambda wanted: load_deployment(session, wanted), steps)
    if not steps:
        return Rerun(report, Trail())
    deployment = load_deployment(session, steps[0].deployment)
    return Rerun(report, trail(drawing(deployment), deployment.process, report.steps))


def visits_of_log(session: Session, case: Case, events: Sequence[Recorded]) -> list[Visit] | None:
    """The stages of a case by running it again; None where that does not give the recorded states."""
    report = replay(lambda wanted: load_deployment(session, wanted), recorded_steps(case.code, events))
    return visits(report.steps) if report.difference is None else None


def recorded_steps(code: str, events: Sequence[Recorded]) -> list[RecordedStep]:
    """The recorded inputs among the events of a case."""
    return [
        RecordedStep(
            case=code,
            number=event.input["number"],
            at=event.at,
            input=event.input,
            deployment=event.deployment or "",
            state_hash=event.state_hash or "",
        )
        for event in events
        if event.input is not None
    ]
