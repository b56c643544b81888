"""What completing a task would cost at the least: the engine's step in memory, and one commit of as many bytes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
from sqlalchemy import select

from bench.measures import timed
from bench.places import SQLITE, Place
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case, FormEntry, Task
from webapp.queries.deployments import load_deployment
from webapp.queries.replays import recorded_steps
from workflows.engine.frame import framed
from workflows.engine.snapshot import load
from workflows.engine.spec import spec_of
from workflows.record import canonical
from workflows.replay import replay
from workflows.values import Input


def engine_step(case: Case, task: str, given: Input) -> float:
    """Seconds the library alone takes to complete a task of a workflow that lies in memory."""
    spec = spec_of(load_deployment(db.session(), case.deployment_digest))
    with framed(given):
        workflow = load(case.snapshot or b"", spec)
        due = {"due": given.clocks.__getitem__, "__builtins__": {}}
        workflow.script_engine = PythonScriptEngine(TaskDataEnvironment(due))
        open_task = workflow.get_task_from_id(task)
        began = time.perf_counter()
        open_task.set_data(**given.data)
        open_task.run()
        workflow.do_engine_steps()
        return time.perf_counter() - began


def written_bytes(code: str) -> int:
    """Bytes a completion writes: the snapshot, the event with its private part, the entry."""
    case = db.session.scalars(select(Case).where(Case.code == code)).one()
    last = eventlog.read_stream(db.session(), eventlog.case_stream(code))[-1]
    (lying,) = [one for one in eventlog.stored(db.session(), last.stream) if one.number == last.number]
    entry = db.session.scalars(
        select(FormEntry).join(Task, Task.id == FormEntry.task_id).where(FormEntry.case_id == case.id)
    ).all()[-1]
    return len(case.snapshot or b"") + len(lying.body) + len(lying.content or "") + len(canonical(entry.data))


def case_bytes(code: str) -> int:
    """Bytes a case has written since it was opened: its snapshot, its events with their private parts, its entries."""
    case = db.session.scalars(select(Case).where(Case.code == code)).one()
    events = sum(
        len(lying.body) + len(lying.content or "")
        for lying in eventlog.stored(db.session(), eventlog.case_stream(code))
    )
    entries = db.session.scalars(select(FormEntry).where(FormEntry.case_id == case.id)).all()
    return len(case.snapshot or b"") + events + sum(len(canonical(entry.data)) for entry in entries)


def steps_again(code: str, count: int) -> list[float]:
    """Seconds that all recorded steps of a case take in memory, so many times; diagrams are parsed before."""
    steps = recorded_steps(code, eventlog.read_stream(db.session(), eventlog.case_stream(code)))

    def again() -> None:
        replay(lambda digest: load_deployment(db.session(), digest), steps)

    again()
    return [timed(again) for _each in range(count)]


def commits(place: Place, size: int, count: int) -> list[float]:
    """Seconds that each of so many commits of so many bytes takes on the same database, without anything else."""
    raw = db.engine.raw_connection()
    cursor = raw.cursor()
    sqlite = place.kind == SQLITE
    cursor.execute(f"CREATE TABLE floor (id INTEGER PRIMARY KEY, written {'BLOB' if sqlite else 'BYTEA'})")
    raw.commit()
    mark = "?" if sqlite else "%s"

    def commit(number: int) -> Callable[[], Any]:
        def act() -> None:
            if sqlite:
                cursor.execute("BEGIN IMMEDIATE")
            cursor.execute(f"INSERT INTO floor VALUES ({mark}, {mark})", (number, b"x" * size))
            raw.commit()

        return act

    taken = [timed(commit(number)) for number in range(count)]
    cursor.execute("DROP TABLE floor")
    raw.commit()
    raw.close()
    return taken
