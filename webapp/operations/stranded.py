"""Puts tasks back on the common list whose holder can do nothing about them any more."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select

from webapp.extensions import db
from webapp.models import DelegatedRole, Delegation, Person, RoleHolding, Task, UnitSuccession
from webapp.operations.acting import Actor, Now
from webapp.operations.delegations import end_delegations
from webapp.operations.stand_ins import let_go
from webapp.operations.transaction import write
from workflows.events import TaskGivenBack
from workflows.values import local_day

AT_ONCE = 100


def give_back_stranded(*, actor: Actor, now: Now) -> int:
    """Give back what is held by closed accounts, by people without the role it asks for, and for somebody whose
    delegation is over; returns how many.

    Transactions of its own: cases are locked, which must not happen after a row of a person is held, and only so many
    at once.
    """
    end_delegations(actor=actor, now=now)
    found = db.session.execute(_stranded(local_day(now.at))).all()
    for start in range(0, len(found), AT_ONCE):
        with write(actor, now) as transaction:
            for public_id, holder_id in found[start : start + AT_ONCE]:
                task = transaction.lock_task(public_id)
                if task.status == "open" and task.holder_id == holder_id:
                    let_go(task)
                    transaction.log_case(task.case, TaskGivenBack(task=public_id, element=task.element))
    return len(found)


def _stranded(day: dt.date) -> Select[str, int | None]:
    """Tasks of a role with their holders, in the order in which their cases may be locked."""
    stands_in = exists().where(
        Delegation.delegate_id == Task.holder_id,
        Delegation.principal_id == Task.principal_id,
        Delegation.state == "accepted",
        Delegation.from_date <= day,
        Delegation.to_date >= day,
        DelegatedRole.delegation_id == Delegation.id,
        DelegatedRole.role == Task.role,
        DelegatedRole.unit_id == Task.unit_id,
        _held(day),
        RoleHolding.person_id == Task.principal_id,
        RoleHolding.unit_id == DelegatedRole.unit_id,
    )
    holds_role = exists().where(_held(day), RoleHolding.person_id == Task.holder_id)
    by_right = or_(
        and_(Task.principal_id.is_(None), holds_role), and_(Task.principal_id.is_not(None), stands_in)
    )
    return (
        select(Task.public_id, Task.holder_id)
        .join(Person, Person.id == Task.holder_id)
        .where(Task.status == "open", Task.person_id.is_(None), or_(Person.active.is_(False), ~by_right))
        .order_by(Task.case_id, Task.id)
    )


def _held(day: dt.date) -> ColumnElement[bool]:
    """Condition on RoleHolding: it is the role of the task, held on a day."""
    return and_(
        RoleHolding.role == Task.role,
        or_(RoleHolding.unit_id == Task.unit_id, _went_over()),
        RoleHolding.from_date <= day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
    )


def _went_over() -> ColumnElement[bool]:
    """Condition on RoleHolding: the unit of the task went over into the one it is held in."""
    return exists().where(
        UnitSuccession.predecessor_id == Task.unit_id, UnitSuccession.successor_id == RoleHolding.unit_id
    )
