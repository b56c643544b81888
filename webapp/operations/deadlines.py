"""Sets the deadline of an open task to another day, with a reason; its timers move with it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from webapp.models import Case, Task
from webapp.operations import steps
from webapp.operations.acting import Actor, Now
from webapp.operations.interventions import checked_reason, seen_case
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.deadlines import PLANNED, moves_deadlines, term_of
from webapp.queries.deployments import load_deployment
from webapp.queries.office_days import calendar_of
from workflows import engine
from workflows.forms import Fault
from workflows.history_events import DeadlineMoved
from workflows.rules.deadlines import Calendar, end_of_day, moved_with
from workflows.values import local_day


def move_deadline(task_id: str, day: dt.date, reason: str, *, actor: Actor, now: Now) -> None:
    """Let a task be due at the end of another day: its reminder and its escalation follow.

    What reminds of it stays as many working days before it. A deadline that is over may be moved, too; what its
    escalation told stays told. Raises NotFound, Forbidden, CaseFrozen, CaseEnded, NotNow("task_closed",
    "no_deadline", "deadline_of_plan", "deadline_shared"), and InvalidForm for a day that cannot be and no reason: where
    the rules fix the term, no day after it can be.
    """
    with write(actor, now) as transaction:
        case, task = _task(transaction, task_id)
        assert task.due is not None  # it was looked at
        before = task.due
        calendar = calendar_of(transaction.session, case.organiser_id, day.year)
        _refuse_day(transaction, day, before, calendar)
        _refuse_beyond(transaction, day, case, task)
        kept = checked_reason(reason)
        after = end_of_day(day)
        happening = DeadlineMoved(
            task=task.public_id,
            element=task.element,
            before_date=local_day(before).isoformat(),
            after_date=day.isoformat(),
        )
        if instants := _moved_instants(transaction, case, task, after, calendar):
            given, step = steps.advance(
                transaction, case, "shift", target=task.public_id, data={"instants": instants}
            )
            steps.log_step(transaction, case, happening, given, step, private={"reason": kept})
        else:
            transaction.log_case(case, happening, private={"reason": kept})
        task.due = after


def _task(transaction: Transaction, task_id: str) -> tuple[Case, Task]:
    """The task and its case, locked, for who may move its deadline now."""
    code = transaction.session.scalar(
        select(Case.code).join(Task, Task.case_id == Case.id).where(Task.public_id == task_id)
    )
    if code is None:
        raise NotFound
    case, standing = seen_case(transaction, code)
    task = transaction.lock_task(task_id)
    if not moves_deadlines(standing, case, task.process):
        raise Forbidden
    steps.refuse_unless_active(case)
    if task.status != "open":
        raise NotNow("task_closed")
    if task.due is None:
        raise NotNow("no_deadline")
    if task.element in PLANNED:
        raise NotNow("deadline_of_plan")
    return case, task


def _refuse_day(transaction: Transaction, day: dt.date, before: dt.datetime, calendar: Calendar) -> None:
    """Raises InvalidForm for a day that is over, not worked, or the deadline already."""
    if day < transaction.day:
        raise InvalidForm([Fault("/day", "in_the_past")])
    if day == local_day(before):
        raise InvalidForm([Fault("/day", "same_deadline")])
    if not calendar.is_working_day(day):
        raise InvalidForm([Fault("/day", "not_worked")])


def _refuse_beyond(transaction: Transaction, day: dt.date, case: Case, task: Task) -> None:
    """Raises InvalidForm for a day after a term that the rules fix."""
    term = term_of(transaction.session, case, task)
    if term and term.clock.fixed and day > term.ends:
        raise InvalidForm([Fault("/day", "beyond_term", {"citation": term.clock.citation, "day": term.ends})])


def _moved_instants(
    transaction: Transaction, case: Case, task: Task, after: dt.datetime, calendar: Calendar
) -> dict[str, str]:
    """Where the timers of a task go: instant before → instant after; none for one whose timers are all over."""
    deployment = load_deployment(transaction.session, case.deployment_digest)
    assert case.snapshot is not None  # it has been opened
    timers = engine.task_timers(deployment, case.snapshot, task.public_id)
    if timers.shared or (not timers.instants and task.due and task.due > transaction.now.at):
        raise NotNow("deadline_shared")
    if not timers.instants:
        return {}
    instants = {text: dt.datetime.fromisoformat(text) for text in timers.instants}
    deadline = max(instants.values())
    return {
        text: moved_with(instant, deadline, after, transaction.now.at, calendar).isoformat()
        for text, instant in instants.items()
    }
