"""Deadlines of open tasks: who may set another day, and which days they were set to before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp import eventlog
from webapp.eventlog import Recorded
from webapp.models import Case, Task
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.history import Line, described
from webapp.queries.inspecting import FINDING
from webapp.queries.law import longest_clock
from webapp.queries.office_days import calendar_of
from webapp.queries.standing import Standing, visible
from workflows.law import Clock
from workflows.rules.deadlines import end_of_day, resumed
from workflows.values import local_day

MOVERS = ("head", "secretary")
"""Who gives more time, or less, in the unit that organises or assesses."""

PLANNED = frozenset({"fill_registration", "fill_on_behalf"})
"""Tasks whose deadline is the end of registration, a day of the plan; who is late asks for leave."""

AT_PROVINCE = "province_assessment"
MOVED = "deadline_moved"


def moves_deadlines(standing: Standing, case: Case, process: str) -> bool:
    """Whether somebody moves the deadlines of a process in a case; nobody those of a finding."""
    if process == FINDING:
        return False
    deciding = {case.organiser_id, case.district_id}
    if process == AT_PROVINCE:
        deciding = {case.province_id}
    return bool(deciding & standing.units(*MOVERS))


def movable(standing: Standing, case: Case, task: Task) -> bool:
    """Whether somebody may set another day for a task as it stands now."""
    return (
        case.state == "active"
        and task.status == "open"
        and task.due is not None
        and task.element not in PLANNED
        and task.membership_id is None
        and moves_deadlines(standing, case, task.process)
    )


def task_of(session: Session, standing: Standing, task_id: str) -> Task | None:
    """A task of a case the person may know of, with its case."""
    return session.scalars(
        select(Task)
        .join(Case, Case.id == Task.case_id)
        .where(Task.public_id == task_id, visible(standing))
        .options(joinedload(Task.case), joinedload(Task.unit))
    ).first()


def moves_of(session: Session, case: Case, task_id: str) -> list[Line]:
    """How often the deadline of a task was moved, the first time first."""
    return described(session, [each for each in _events(session, case) if _moved(each, task_id)])


@dataclass(frozen=True)
class Term:
    """The rule a task is due by, and the day on which it ends by it when nobody moves it."""

    clock: Clock
    ends: dt.date


def term_of(session: Session, case: Case, task: Task) -> Term | None:
    """The term of a task; None for a deadline that is a day of a plan or of a form.

    It is what the deadline was before it was first moved; a suspension after that takes it along.
    """
    drawn = drawing(load_deployment(session, case.deployment_digest))
    clock = longest_clock(session, case, drawn.clocks_of(task.process, task.element))
    if clock is None or task.due is None:
        return None
    events = _events(session, case)
    first = next((index for index, each in enumerate(events) if _moved(each, task.public_id)), None)
    if first is None:
        return Term(clock, local_day(task.due))
    ends = end_of_day(dt.date.fromisoformat(events[first].fields["before_date"]))
    for stopped, now in _pauses(events[first:]):
        if ends >= stopped:
            ends = resumed(
                clock, ends, stopped, now, calendar_of(session, case.organiser_id, local_day(now).year)
            )
    return Term(clock, local_day(ends))


def _events(session: Session, case: Case) -> Sequence[Recorded]:
    return list(eventlog.read_stream(session, eventlog.case_stream(case.code)))


def _moved(event: Recorded, task_id: str) -> bool:
    return event.type == MOVED and event.fields["task"] == task_id


def _pauses(events: Sequence[Recorded]) -> list[tuple[dt.datetime, dt.datetime]]:
    """When the case was suspended, and when it went on."""
    begun = [each.at for each in events if each.type == "case_frozen"]
    return list(zip(begun, (each.at for each in events if each.type == "case_resumed"), strict=False))
