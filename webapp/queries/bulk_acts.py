"""Acts on many tasks: how far each has come, what it could not do, and what can still be undone."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, joinedload

from webapp.models import BulkAct, BulkItem, Case, Task
from webapp.queries.bulk_selection import kind_in
from webapp.queries.long_work import Progress, progress_of
from webapp.queries.standing import Standing, acts_again

SHOWN = 500
RECENT = 20


@dataclass(frozen=True)
class BulkPage:
    """One act; ``done`` and ``failed`` are its tasks, ``title`` is what the decision is called in their form."""

    made: BulkAct
    progress: Progress
    done: tuple[BulkItem, ...]
    failed: tuple[BulkItem, ...]
    title: str
    undo_until: dt.datetime | None
    undoable: int


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
    open_now = [row.undo_until for row in rows if _can_be_undone(standing, row, now)]
    return BulkPage(
        made=made,
        progress=progress_of(made.state, Counter(row.state for row in rows)),
        done=tuple(row for row in rows if row.state == "done"),
        failed=tuple(row for row in rows if row.state == "failed"),
        title=_title(session, made, rows[0].task) if rows else "",
        undo_until=min(filter(None, open_now), default=None),
        undoable=len(open_now),
    )


def _can_be_undone(standing: Standing, item: BulkItem, now: dt.datetime) -> bool:
    in_time = item.undo_until is not None and item.undone_at is None and now <= item.undo_until
    return in_time and acts_again(standing, item.task)


def _title(session: Session, made: BulkAct, task: Task) -> str:
    if made.decision is None:
        return ""
    kind = kind_in(session, task.case.deployment_digest, task.process, task.element)
    return kind.decisions.get(made.decision, "")


def own_acts(session: Session, standing: Standing) -> list[tuple[BulkAct, int, str]]:
    """The reader's last acts on many tasks, the latest first, each with the number of its tasks and the decision."""
    counted = (
        select(BulkItem.bulk_id, func.count().label("tasks"), func.min(BulkItem.task_id).label("first"))
        .join(BulkAct, BulkAct.id == BulkItem.bulk_id)
        .where(BulkAct.person_id == standing.person_id)
        .group_by(BulkItem.bulk_id)
        .subquery()
    )
    query = (
        select(BulkAct, counted.c.tasks, Task)
        .join(counted, counted.c.bulk_id == BulkAct.id)
        .join(Task, Task.id == counted.c.first)
        .options(joinedload(BulkAct.receiver), joinedload(Task.case))
        .order_by(BulkAct.id.desc())
    )
    rows = session.execute(query.limit(RECENT))
    return [(made, number, _title(session, made, task)) for made, number, task in rows]


def reopened(session: Session, task_id: str) -> str | None:
    """The open task to which the case went back when the decision of this one was undone."""
    undone, again = aliased(Task), aliased(Task)
    query = (
        select(again.public_id)
        .join(undone, (undone.case_id == again.case_id) & (undone.element == again.element))
        .where(undone.public_id == task_id, again.status == "open")
        .order_by(again.id.desc())
    )
    return session.scalar(query.limit(1))


def undoable_in(session: Session, standing: Standing, case_code: str, now: dt.datetime) -> BulkItem | None:
    """The decision in a case that the reader took for many and can still undo, in the right in which they took it."""
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
        .options(joinedload(BulkItem.task).joinedload(Task.case))
    )
    return next((item for item in session.scalars(query) if acts_again(standing, item.task)), None)
