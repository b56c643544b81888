"""The open tasks of a case within a query on cases: the one due first, how many more, whether one fits."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select
from sqlalchemy.orm import aliased

from webapp.models import Case, Task


def current_task() -> ScalarSelect[int]:
    """Id of the open task of a case that is due first; of those without a due time the oldest."""
    task = aliased(Task)
    return (
        select(task.id)
        .where(task.case_id == Case.id, task.status == "open")
        .order_by(task.due.is_(None), task.due, task.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def other_open_tasks() -> ColumnElement[int]:
    """How many open tasks a case has beside the current one."""
    task = aliased(Task)
    query = select(func.count()).where(task.case_id == Case.id, task.status == "open", task.id != Task.id)
    return query.correlate(Case, Task).scalar_subquery()


def open_task(fits: Callable[[type[Task]], ColumnElement[bool]] | None = None) -> ColumnElement[bool]:
    """Condition on Case: it has an open task, one that fits if a condition on tasks is given."""
    task = aliased(Task)
    found = exists().where(task.case_id == Case.id, task.status == "open")
    return found.where(fits(task)) if fits else found
