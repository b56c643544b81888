"""Puts tasks back on the common list whose holder can do nothing about them any more."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Select, exists, or_, select

from webapp.extensions import db
from webapp.models import Person, RoleHolding, Task, UnitSuccession
from webapp.operations.acting import Actor, Now
from webapp.operations.transaction import write
from workflows.events import TaskGivenBack
from workflows.values import local_day


def give_back_stranded(*, actor: Actor, now: Now) -> int:
    """Give back what is held by closed accounts and by people without the role it asks for; returns how many.

    A transaction of its own: cases are locked, which must not happen after a row of a person is held.
    """
    found = db.session.execute(_stranded(local_day(now.at))).all()
    if not found:
        return 0
    with write(actor, now) as transaction:
        for public_id, holder_id in found:
            task = transaction.lock_task(public_id)
            if task.status == "open" and task.holder_id == holder_id:
                task.holder_id = task.taken_at = None
                transaction.log_case(task.case, TaskGivenBack(task=public_id, element=task.element))
    return len(found)


def _stranded(day: dt.date) -> Select[str, int | None]:
    """Tasks of a role with their holders, in the order in which their cases may be locked."""
    after = exists().where(
        UnitSuccession.predecessor_id == Task.unit_id, UnitSuccession.successor_id == RoleHolding.unit_id
    )
    holds_role = exists().where(
        RoleHolding.person_id == Task.holder_id,
        RoleHolding.role == Task.role,
        or_(RoleHolding.unit_id == Task.unit_id, after),
        RoleHolding.from_date <= day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
    )
    return (
        select(Task.public_id, Task.holder_id)
        .join(Person, Person.id == Task.holder_id)
        .where(Task.status == "open", Task.person_id.is_(None), or_(Person.active.is_(False), ~holds_role))
        .order_by(Task.case_id, Task.id)
    )
