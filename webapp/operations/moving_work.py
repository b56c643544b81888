"""Lets open work of units that end go on at their successors: cases, tasks, campaigns, nominees, roles."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from webapp.models import (
    OWN_PROCESSES,
    Campaign,
    Case,
    ClusterMember,
    Council,
    CouncilMembership,
    Nomination,
    Nominee,
    Registration,
    RegistrationList,
    RoleHolding,
    Submission,
    Task,
    Unit,
)
from webapp.operations.refusals import InvalidForm
from webapp.operations.successors import Moving
from webapp.operations.transaction import AT_ONCE
from webapp.operations.unit_changes import end_roles
from webapp.queries.unit_changes import asked_by_name, touching
from workflows.cluster_events import ClusterMemberLeft
from workflows.council_events import MembershipEnded
from workflows.events import RoleGiven
from workflows.forms import Fault
from workflows.office_events import CaseMoved

__all__ = ["Moving", "end_seats", "move_open_work", "renew_roles"]

PLACES = ("unit_id", "district_id", "province_id")


def move_open_work(moving: Moving) -> int:
    """Move cases under way with their open tasks, campaigns that have not ended, and nominees; returns the cases.

    What stands beside the cases is moved for many of them at once: a unit may have thousands.
    """
    session = moving.transaction.session
    own = _own_cases(moving)
    open_cases = select(Case.id).where(Case.state != "ended", touching(moving.ids))
    cases = moving.transaction.lock_cases(session.scalars(open_cases))
    tasks = _open_tasks(moving, [case.id for case in cases])
    gone_over: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    with session.no_autoflush:
        for case in cases:
            old = case.unit_id
            if _move_case(moving, case, tasks[case.id], own):
                gone_over[old, case.unit_id].append(case.id)
    for (old, new), ids in gone_over.items():
        for start in range(0, len(ids), AT_ONCE):
            _move_rows(moving, ids[start : start + AT_ONCE], old, new)
    _move_campaigns(moving, own)
    for old in moving.ids:
        new_unit = moving.successor(old, moving.default)
        session.execute(update(Nominee).where(Nominee.unit_id == old).values(unit_id=new_unit.id))
    return len(cases)


def _open_tasks(moving: Moving, cases: Sequence[int]) -> Mapping[int, list[Task]]:
    """The open tasks of cases that lie at a unit that ends, by case."""
    found: defaultdict[int, list[Task]] = defaultdict(list)
    for start in range(0, len(cases), AT_ONCE):
        query = select(Task).where(Task.case_id.in_(cases[start : start + AT_ONCE]), Task.status == "open")
        for task in moving.transaction.session.scalars(query.where(Task.unit_id.in_(moving.ids))):
            found[task.case_id].append(task)
    return found


def _own_cases(moving: Moving) -> dict[int, str]:
    """The code of the case that runs each campaign of a unit that ends."""
    query = (
        select(Campaign.id, Case.code)
        .join(Case, Case.campaign_id == Campaign.id)
        .where(Campaign.unit_id.in_(moving.ids), Case.process.in_(OWN_PROCESSES))
    )
    return dict(moving.transaction.session.execute(query).all())


def _number(moving: Moving, case: Case) -> int:
    """Which successor takes a case: the one said, else the one its unit lies under now, else the default."""
    if case.code in moving.cases:
        return moving.cases[case.code]
    return moving.root_of.get(case.unit_id, moving.default)


def _move_case(moving: Moving, case: Case, tasks: Sequence[Task], own: Mapping[int, str]) -> bool:
    """Returns whether the unit that submits it has gone over into another."""
    session, number, old = moving.transaction.session, _number(moving, case), case.unit
    organiser = moving.cases.get(own.get(case.campaign_id or 0, case.code), moving.default)
    changed: dict[int, Unit] = {}
    for column, chosen in (*((name, number) for name in PLACES), ("organiser_id", organiser)):
        before = getattr(case, column)
        if before in moving.ids:
            changed[before] = moving.successor(before, chosen)
            setattr(case, column, changed[before].id)
    for task in tasks:
        if task.unit_id is not None and not asked_by_name(task):
            task.unit_id = (changed.get(task.unit_id) or moving.successor(task.unit_id, number)).id
    if old.id in changed and case.title == old.name:
        case.title = changed[old.id].name
    for predecessor, unit in changed.items():
        left = session.get_one(Unit, predecessor)
        moved = CaseMoved(unit=unit.code, predecessor=left.code, change=moving.change.public_id)
        moving.transaction.log_case(case, moved)
    return old.id in changed


def _move_rows(moving: Moving, cases: Sequence[int], old: int, new: int) -> None:
    """What stands beside cases with their unit: the batch, the list, who is nominated or registered."""
    session = moving.transaction.session
    for model in (Submission, RegistrationList):
        of_cases = update(model).where(model.case_id.in_(cases), model.unit_id == old)
        session.execute(of_cases.values(unit_id=new))
    for link in (Nomination, Registration):
        nominees = select(link.nominee_id).where(link.case_id.in_(cases))
        of_them = update(Nominee).where(Nominee.id.in_(nominees), Nominee.unit_id == old)
        session.execute(of_them.values(unit_id=new))


def _move_campaigns(moving: Moving, own: Mapping[int, str]) -> None:
    session = moving.transaction.session
    query = select(Campaign).where(Campaign.unit_id.in_(moving.ids))
    for campaign in session.scalars(query.order_by(Campaign.id)).all():
        case = campaign.case
        if case is None or case.state != "ended":
            number = moving.cases.get(own.get(campaign.id, ""), moving.default)
            campaign.unit_id = moving.successor(campaign.unit_id, number).id


def renew_roles(moving: Moving, units: Sequence[Unit], roles: Mapping[int, int], last: dt.date) -> None:
    """End all roles with a day; those named go on at the successor, and those of units below at theirs.

    Who acts keeps their own. Raises InvalidForm when nobody goes on with a role that has open work and had a holder.
    """
    transaction = moving.transaction
    kept: dict[tuple[int, str], bool] = {}
    for old in [*units, *(transaction.session.get_one(Unit, old_id) for old_id in moving.below)]:
        for holding, until in end_roles(transaction, old, last):
            goes_on = old.id in moving.below or holding.id in roles
            goes_on |= holding.person_id == transaction.actor.person_id
            new = moving.successor(old.id, roles.get(holding.id, moving.default))
            if goes_on:
                _give(moving, holding, new, until)
            if holding.person.is_active:
                kept[new.id, holding.role] = kept.get((new.id, holding.role), False) or goes_on
    lost = [
        role for (unit_id, role), goes_on in kept.items() if not goes_on and _at_work(moving, unit_id, role)
    ]
    if lost:
        raise InvalidForm([Fault("/roles", "role_left", {"role": lost[0]})])


def _at_work(moving: Moving, unit_id: int, role: str) -> bool:
    """Whether a role has open tasks at a unit."""
    query = select(Task.id).where(
        Task.status == "open", Task.unit_id == unit_id, Task.role == role, Task.person_id.is_(None)
    )
    return moving.transaction.session.scalar(query.limit(1)) is not None


def _give(moving: Moving, held: RoleHolding, new: Unit, until: dt.date | None) -> None:
    session, day = moving.transaction.session, max(moving.change.day, held.from_date)
    same = select(RoleHolding.id).where(
        RoleHolding.person_id == held.person_id, RoleHolding.role == held.role, RoleHolding.unit_id == new.id
    )
    if session.scalar(same.limit(1)) is not None:
        return
    session.add(
        RoleHolding(person_id=held.person_id, role=held.role, unit_id=new.id, from_date=day, to_date=until)
    )
    session.flush()
    person = held.person.public_id
    given = RoleGiven(person=person, role=held.role, unit=new.code, from_date=day.isoformat())
    moving.transaction.log(f"person/{person}", given)


def end_seats(moving: Moving, last: dt.date) -> None:
    """Councils of units that end, and their places in clusters, end with them; new ones are founded, not made up."""
    transaction = moving.transaction
    seats = (
        select(CouncilMembership)
        .join(Council, Council.id == CouncilMembership.council_id)
        .where(Council.unit_id.in_(moving.ids), CouncilMembership.to_date.is_(None))
    )
    for seat in transaction.session.scalars(seats.order_by(CouncilMembership.id)).all():
        seat.to_date = max(last, seat.from_date)
        ended = MembershipEnded(
            unit=seat.council.unit.code,
            membership=seat.public_id,
            person=seat.person.public_id,
            to_date=seat.to_date.isoformat(),
        )
        transaction.log(f"council/{seat.council.unit.code}", ended)
    members = select(ClusterMember).where(
        ClusterMember.unit_id.in_(moving.ids), ClusterMember.to_date.is_(None)
    )
    for member in transaction.session.scalars(members.order_by(ClusterMember.id)).all():
        member.to_date = max(last, member.from_date)
        left = ClusterMemberLeft(
            cluster=member.cluster.code, unit=member.unit.code, to_date=member.to_date.isoformat()
        )
        transaction.log(f"cluster/{member.cluster.code}", left)
