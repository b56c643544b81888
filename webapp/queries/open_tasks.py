"""The open tasks of a case within a query on cases: the one due first, how many more, whether one fits."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select
from sqlalchemy.orm import aliased

from webapp.models import Case, Task

# One for each function, made once: an alias copies every column of its table when it is first used.
_first, _other, _any = aliased(Task), aliased(Task), aliased(Task)


def current_task() -> ScalarSelect[int]:
    """Id of the open task of a case that is due first; of those without a due time the oldest."""
    return (
        select(_first.id)
        .where(_first.case_id == Case.id, _first.status == "open")
        .order_by(_first.due.is_(None), _first.due, _first.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )


def other_open_tasks() -> ColumnElement[int]:
    """How many open tasks a case has beside the current one."""
    query = select(func.count()).where(
        _other.case_id == Case.id, _other.status == "open", _other.id != Task.id
    )
    return query.correlate(Case, Task).scalar_subquery()


def open_task(fits: Callable[[type[Task]], ColumnElement[bool]] | None = None) -> ColumnElement[bool]:
    """Condition on Case: it has an open task, one that fits if a condition on tasks is given."""
    found = exists().where(_any.case_id == Case.id, _any.status == "open")
    return found.where(fits(_any)) if fits else found
