"""Promised work as an administrator sees it: what waits, what is held, what has failed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Case, OutboxItem, Unit
from webapp.queries.standing import Standing, at_or_below

PAGE_SIZE = 50
STATUSES = ("failed", "held", "pending", "leased", "done", "dropped")
UNFINISHED = ("failed", "held", "pending", "leased")
RETRIED = frozenset({"failed", "held", "pending"})


@dataclass(frozen=True)
class JobRow:
    """One promise. ``message``: it is a message to the case, else an effect of it. Instants are wall time."""

    id: int
    kind: str
    code: str
    title: str
    process: str
    message: bool
    status: str
    attempts: int
    due_at: dt.datetime
    done_at: dt.datetime | None
    fault: str | None

    @property
    def retriable(self) -> bool:
        return self.status in RETRIED


def job_rows(session: Session, standing: Standing, status: str, page: int) -> list[JobRow]:
    """One page of the promises of cases in the units administered, from 1, the newest first.

    Without a status those that are not finished.
    """
    query = (
        _found(
            OutboxItem.id,
            OutboxItem.kind,
            Case.code,
            Case.title,
            Case.process,
            OutboxItem.receiver_id.is_not(None),
            OutboxItem.status,
            OutboxItem.attempts,
            OutboxItem.due_at,
            OutboxItem.done_at,
            OutboxItem.fault,
        )
        .where(administered_case(standing), OutboxItem.status.in_((status,) if status else UNFINISHED))
        .order_by(OutboxItem.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [JobRow(*row) for row in session.execute(query)]


def job_counts(session: Session, standing: Standing) -> dict[str, int]:
    """Promises by status."""
    query = _found(OutboxItem.status, func.count()).where(administered_case(standing))
    return dict(session.execute(query.group_by(OutboxItem.status)).all())


def jobs_of(standing: Standing) -> Select[Any]:
    """Ids of the promises of cases in the units administered."""
    return _found(OutboxItem.id).where(administered_case(standing))


def administered_case(standing: Standing) -> ColumnElement[bool]:
    """Condition on Case: it belongs to a unit the person administers."""
    units = select(Unit.id).where(at_or_below(standing, "admin"))
    return or_(Case.unit_id.in_(units), Case.organiser_id.in_(units))


def _found(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(OutboxItem)
        .join(Case, Case.id == func.coalesce(OutboxItem.receiver_id, OutboxItem.case_id))
    )
