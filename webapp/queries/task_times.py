"""Since when and until when tasks were open, as running the log again shows it, and as their rows say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.eventlog import Recorded
from webapp.models import Case, Task
from workflows.replay import ReplayedStep

Times = Mapping[str, tuple[dt.datetime, dt.datetime | None]]
"""When a task (its public id) was opened and closed; None: it is open."""


def times_of_log(events: Iterable[Recorded], steps: Iterable[ReplayedStep]) -> Times:
    """The times by the steps of a re-execution; a task that came back by an undoing waits since it first came."""
    undone = {
        event.input["number"]: event.fields
        for event in events
        if event.type == "decision_undone" and event.input is not None
    }
    times: dict[str, tuple[dt.datetime, dt.datetime | None]] = {}
    before: set[str] = set()
    for step in steps:
        now = {task.id: task.element for task in step.open_tasks}
        times |= {task: (times[task][0], step.at) for task in before - now.keys()}
        back = undone.get(step.number)
        for task in now.keys() - before:
            again = back is not None and back["element"] == now[task]
            times[task] = (times[back["task"]][0] if back and again else step.at, None)
        before = set(now)
    return times


def times_of_rows(session: Session, case: Case) -> Times:
    """The times as the rows of the tasks have them; one statement."""
    columns = Task.public_id, Task.opened_at, Task.closed_at
    rows = session.execute(select(*columns).where(Task.case_id == case.id))
    return {task: (opened, closed) for task, opened, closed in rows}
