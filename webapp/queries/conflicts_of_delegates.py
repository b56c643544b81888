"""Conflicts of interest where somebody acts for another, or has done so: both must be free of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import (
    CouncilMembership,
    DeclaredRelation,
    FormEntry,
    Nomination,
    Nominee,
    RoleHolding,
    Task,
    Unit,
    UnitSuccession,
)
from webapp.queries.lending import Lent
from webapp.queries.recusals import nominee_of
from webapp.queries.standing import Standing, acts_by
from workflows.rules import conflicts

Hands = Mapping[int, Sequence[Row[int, int | None, str | None, int | None, int | None]]]
"""By case what somebody has entered or others have entered for them, each with the task it was entered on."""


def conflict_of(session: Session, standing: Standing, task: Task) -> str:
    """Why somebody may not act on an open task that is theirs or their principal's; empty when they may."""
    return conflicts_of(session, standing, [task]).get(task.id, "")


def conflicts_of(session: Session, standing: Standing, tasks: Sequence[Task]) -> dict[int, str]:
    """Why somebody may not act on these open tasks, by row id; a fixed number of statements.

    In the own right: ``own_hands``, when they have acted in the case for somebody else, in another role or unit; what
    is for one person alone stays theirs. For another: ``same_hands``, when they have had another part in the case, in
    whosever name; else as for members of councils, of the delegate or of the principal: ``same_person``,
    ``same_unit``, ``declared``. A unit's own tasks are no conflict for its people.
    """
    if not tasks:
        return {}
    me = standing.person_id
    hands = _hands(session, me, tasks)
    gone = _gone_over(session, hands, tasks)
    found, lent = {}, {}
    for task in tasks:
        by = acts_by(standing, task)
        for_others = (row for row in hands[task.case_id] if row.principal_id not in (None, me))
        if by is not None:
            lent[task] = by
        elif task.person_id is None and any(_other(row, task, gone) for row in for_others):
            found[task.id] = "own_hands"
    return found | (_of_lent(session, me, lent, hands, gone) if lent else {})


def _hands(session: Session, person_id: int, tasks: Iterable[Task]) -> Hands:
    rows = session.execute(
        select(FormEntry.case_id, FormEntry.task_id, Task.role, Task.unit_id, Task.principal_id)
        .outerjoin(Task, Task.id == FormEntry.task_id)
        .where(
            FormEntry.case_id.in_({task.case_id for task in tasks}),
            or_(FormEntry.person_id == person_id, Task.principal_id == person_id),
        )
    )
    found = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found


def _gone_over(session: Session, hands: Hands, tasks: Iterable[Task]) -> set[tuple[int, int]]:
    """Units where something was entered, each with one that came after it; one statement at most."""
    left = {row.unit_id for rows in hands.values() for row in rows} - {
        None,
        *(task.unit_id for task in tasks),
    }
    pairs = select(UnitSuccession.predecessor_id, UnitSuccession.successor_id)
    found = session.execute(pairs.where(UnitSuccession.predecessor_id.in_(left))) if left else ()
    return {(old, new) for old, new in found}


def _other(
    row: Row[int, int | None, str | None, int | None, int | None], task: Task, gone: Collection[Any]
) -> bool:
    """Whether something entered is not the work of this task's role; what its unit went over into is no other unit."""
    if row.task_id is None or row.role != task.role:
        return True
    return row.unit_id != task.unit_id and (row.unit_id, task.unit_id) not in gone


def _of_lent(
    session: Session, delegate_id: int, lent: Mapping[Task, Lent], hands: Hands, gone: Collection[Any]
) -> dict[int, str]:
    people = {delegate_id, *(each.principal_id for each in lent.values())}
    nominations = _nominations(session, lent)
    units, declared = _units_of(session, people, next(iter(lent.values()))), _declared(session, people)
    found = {}
    for task, by in lent.items():
        both = (delegate_id, by.principal_id)
        if task.case.registrant_id in both:
            found[task.id] = "same_person"
        elif any(_other(row, task, gone) for row in hands[task.case_id]):
            found[task.id] = "same_hands"
        elif nomination := nominations.get(task.case_id):
            judges = (
                conflicts.Interest(
                    str(each),
                    frozenset(code for unit_id, code in units[each] if unit_id != task.unit_id),
                    frozenset(declared[each]),
                )
                for each in both
            )
            reasons = (
                reason for judge in judges for reason in conflicts.conflicts(judge, nominee_of(nomination))
            )
            found[task.id] = next(reasons, "")
    return {task_id: reason for task_id, reason in found.items() if reason}


def _nominations(session: Session, tasks: Iterable[Task]) -> Mapping[int, Nomination]:
    query = (
        select(Nomination)
        .where(Nomination.case_id.in_({task.case_id for task in tasks}))
        .options(joinedload(Nomination.nominee).joinedload(Nominee.unit), joinedload(Nomination.case))
    )
    return {each.case_id: each for each in session.scalars(query)}


def _units_of(session: Session, people: Iterable[int], lent: Lent) -> Mapping[int, list[tuple[int, str]]]:
    """By person the units in which they hold a role on the day."""
    rows = session.execute(
        select(RoleHolding.person_id, Unit.id, Unit.code)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(
            RoleHolding.person_id.in_(people),
            RoleHolding.from_date <= lent.day,
            or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= lent.day),
        )
    )
    found = defaultdict(list)
    for person_id, unit_id, code in rows:
        found[person_id].append((unit_id, code))
    return found


def _declared(session: Session, people: Iterable[int]) -> Mapping[int, list[str]]:
    """By person the nominations to which they have declared a relation."""
    rows = session.execute(
        select(CouncilMembership.person_id, DeclaredRelation.nomination_id)
        .join(CouncilMembership, CouncilMembership.id == DeclaredRelation.membership_id)
        .where(CouncilMembership.person_id.in_(people))
    )
    found = defaultdict(list)
    for person_id, nomination_id in rows:
        found[person_id].append(str(nomination_id))
    return found
