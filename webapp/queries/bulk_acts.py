"""Acts on many tasks: how far each has come, what it could not do, and what can still be undone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import BulkAct, BulkItem, Case, Task
from webapp.queries.bulk_selection import kind_in
from webapp.queries.standing import Standing

SHOWN = 500
RECENT = 20


@dataclass(frozen=True)
class BulkPage:
    """One act; ``done`` and ``failed`` are its tasks, ``title`` is what the decision is called in their form."""

    made: BulkAct
    waiting: int
    done: tuple[BulkItem, ...]
    failed: tuple[BulkItem, ...]
    title: str
    undo_until: dt.datetime | None
    undoable: int

    @property
    def total(self) -> int:
        return self.waiting + len(self.done) + len(self.failed)

    @property
    def tried(self) -> int:
        return len(self.done) + len(self.failed)

    @property
    def running(self) -> bool:
        return self.made.state == "running"


def bulk_page(session: Session, standing: Standing, public_id: str, now: dt.datetime) -> BulkPage | None:
    """An act of the reader's own; None for any other. A fixed number of statements."""
    made = session.scalar(
        select(BulkAct)
        .where(BulkAct.public_id == public_id, BulkAct.person_id == standing.person_id)
        .options(joinedload(BulkAct.receiver))
    )
    if made is None:
        return None
    rows = session.scalars(
        select(BulkItem)
        .where(BulkItem.bulk_id == made.id)
        .order_by(BulkItem.id)
        .limit(SHOWN)
        .options(
            joinedload(BulkItem.task).joinedload(Task.case).joinedload(Case.unit),
            joinedload(BulkItem.principal),
        )
    ).all()
    counts = Counter(row.state for row in rows)
    open_now = [row.undo_until for row in rows if _can_be_undone(row, now)]
    return BulkPage(
        made=made,
        waiting=counts["waiting"],
        done=tuple(row for row in rows if row.state == "done"),
        failed=tuple(row for row in rows if row.state == "failed"),
        title=_title(session, made, rows[0].task) if rows else "",
        undo_until=min(filter(None, open_now), default=None),
        undoable=len(open_now),
    )


def _can_be_undone(item: BulkItem, now: dt.datetime) -> bool:
    return item.undo_until is not None and item.undone_at is None and now <= item.undo_until


def _title(session: Session, made: BulkAct, task: Task) -> str:
    kind = kind_in(session, task.case.deployment_digest, task.process, task.element)
    return kind.decisions.get(made.decision or "", "")


def own_acts(session: Session, standing: Standing) -> list[tuple[BulkAct, int]]:
    """The reader's last acts on many tasks, the latest first, each with the number of its tasks."""
    query = (
        select(BulkAct, func.count(BulkItem.id))
        .join(BulkItem, BulkItem.bulk_id == BulkAct.id)
        .where(BulkAct.person_id == standing.person_id)
        .group_by(BulkAct.id)
        .order_by(BulkAct.id.desc())
    )
    return [(made, number) for made, number in session.execute(query.limit(RECENT))]


def undoable_in(session: Session, standing: Standing, case_code: str, now: dt.datetime) -> BulkItem | None:
    """The decision in a case that the reader took for many and can still undo."""
    query = (
        select(BulkItem)
        .join(BulkAct, BulkAct.id == BulkItem.bulk_id)
        .join(Task, Task.id == BulkItem.task_id)
        .join(Case, Case.id == Task.case_id)
        .where(
            Case.code == case_code,
            Case.state == "active",
            BulkAct.person_id == standing.person_id,
            BulkItem.undone_at.is_(None),
            BulkItem.undo_until >= now,
        )
        .options(joinedload(BulkItem.task))
    )
    return session.scalars(query.limit(1)).first()
