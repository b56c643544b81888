"""Deadlines of open tasks: who may set another day, and which days they were set to before."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp import eventlog
from webapp.models import Case, Task
from webapp.queries.history import Line, described
from webapp.queries.standing import Standing, visible

MOVERS = ("head", "secretary")
"""Who gives more time, or less, in the unit that organises or assesses."""

PLANNED = frozenset({"fill_registration", "fill_on_behalf"})
"""Tasks whose deadline is the end of registration, a day of the plan; who is late asks for leave."""

AT_PROVINCE = "province_assessment"
MOVED = "deadline_moved"


def moves_deadlines(standing: Standing, case: Case, process: str) -> bool:
    """Whether somebody moves the deadlines of the tasks of a process in a case."""
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
    events = eventlog.read_stream(session, eventlog.case_stream(case.code))
    return described(
        session, [each for each in events if each.type == MOVED and each.fields["task"] == task_id]
    )
