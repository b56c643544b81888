"""Conflicts of interest of somebody who would act for another: both must be free of them."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import (
    CouncilMembership,
    DeclaredRelation,
    FormEntry,
    Nomination,
    RoleHolding,
    Task,
    Unit,
)
from webapp.queries.lending import Lent
from webapp.queries.recusals import nominee_of
from workflows.rules import conflicts


def conflict_of(session: Session, lent: Lent, delegate_id: int, task: Task) -> str:
    """Why a delegate may not act on a task for a principal; empty when they may.

    ``same_hands``: the delegate has done in this case what another role or unit does; else as for members of councils,
    of the delegate or of the principal: ``same_person``, ``same_unit``, ``declared``. A unit's own tasks are no
    conflict for its people.
    """
    people = (delegate_id, lent.principal_id)
    if task.case.registrant_id in people:
        return "same_person"
    if _has_other_hand(session, delegate_id, task):
        return "same_hands"
    nomination = session.scalar(select(Nomination).where(Nomination.case_id == task.case_id))
    if nomination is None:
        return ""
    nominee = nominee_of(nomination)
    reasons = (
        reason
        for person in people
        for reason in conflicts.conflicts(_interest(session, person, task, lent.day), nominee)
    )
    return next(reasons, "")


def _has_other_hand(session: Session, delegate_id: int, task: Task) -> bool:
    """Whether the delegate has entered something in the case that is not the work of this task's role."""
    other = (
        select(FormEntry.id)
        .outerjoin(Task, Task.id == FormEntry.task_id)
        .where(
            FormEntry.case_id == task.case_id,
            FormEntry.person_id == delegate_id,
            or_(FormEntry.task_id.is_(None), Task.role != task.role, Task.unit_id != task.unit_id),
        )
    )
    return session.scalar(other.limit(1)) is not None


def _interest(session: Session, person_id: int, task: Task, day: dt.date) -> conflicts.Interest:
    units = session.scalars(
        select(Unit.code)
        .join(RoleHolding, RoleHolding.unit_id == Unit.id)
        .where(
            RoleHolding.person_id == person_id,
            RoleHolding.unit_id != task.unit_id,
            RoleHolding.from_date <= day,
            or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
        )
    )
    declared = session.scalars(
        select(DeclaredRelation.nomination_id)
        .join(CouncilMembership, CouncilMembership.id == DeclaredRelation.membership_id)
        .where(CouncilMembership.person_id == person_id)
    )
    return conflicts.Interest(str(person_id), frozenset(units), frozenset(map(str, declared)))
