"""What people had decided shortly before they decided something in a case, as red flags ask."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from webapp.models import BulkAct, BulkItem, Case, Task
from workflows.red_flags import Act, Before


def decided_before(session: Session, case: Case, acts: Sequence[Act], seconds: int) -> dict[int, Before]:
    """By event what the same person had decided last within so many seconds before it, in whatever case.

    What was decided for many at once is one act: it comes after nothing, and nothing comes after it. Two statements at
    the most.
    """
    own = {act.fields["task"]: act for act in acts if act.type == "task_completed" and act.fields["decision"]}
    if not own:
        return {}
    mine = session.execute(_decided().where(Task.case_id == case.id, Task.public_id.in_(own))).all()
    span = dt.timedelta(seconds=seconds)
    near = [
        and_(Task.closed_by_id == each.who, Task.closed_at.between(each.at - span, each.at)) for each in mine
    ]
    by_person = defaultdict(list)
    for each in session.execute(_decided().where(or_(*near))) if near else ():
        by_person[each.who].append(each)
    found = {}
    for each in mine:
        earlier = [other for other in by_person[each.who] if (other.at, other.id) < (each.at, each.id)]
        if earlier:
            last = max(earlier, key=lambda other: (other.at, other.id))
            found[own[each.task].number] = Before(last.code, last.task, last.at)
    return found


def _decided() -> Select[int | None, int, dt.datetime | None, str, str]:
    """Tasks that somebody decided by themselves: who, row id, when, public id, and the code of the case."""
    for_many = (
        select(BulkItem.id)
        .join(BulkAct, BulkAct.id == BulkItem.bulk_id)
        .where(BulkItem.task_id == Task.id, BulkItem.state == "done", BulkAct.decision.is_not(None))
    )
    return (
        select(
            Task.closed_by_id.label("who"),
            Task.id,
            Task.closed_at.label("at"),
            Task.public_id.label("task"),
            Case.code,
        )
        .join(Case, Case.id == Task.case_id)
        .where(Task.status == "done", Task.decision.is_not(None), Task.closed_by_id.is_not(None))
        .where(~for_many.exists())
    )
