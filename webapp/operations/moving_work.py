"""Lets open work of units that end go on at their successors: cases, tasks, campaigns, nominees, roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import exists, or_, select

from webapp.models import (
    OWN_PROCESSES,
    Campaign,
    Case,
    ClusterMember,
    Council,
    CouncilMembership,
    RoleHolding,
    Task,
    Unit,
)
from webapp.operations.moving_cases import begin_moves, move_nominees
from webapp.operations.refusals import InvalidForm
from webapp.operations.successors import Lying, Moving
from webapp.operations.unit_changes import end_roles
from webapp.queries.unit_changes import asked_by_name
from workflows.cluster_events import ClusterMemberLeft
from workflows.council_events import MembershipEnded
from workflows.events import RoleGiven
from workflows.forms import Fault

__all__ = ["Moving", "end_seats", "move_open_work", "renew_roles"]


def move_open_work(moving: Moving) -> int:
    """Let campaigns with something under way go on at once, cases and their nominees one by one; returns the cases."""
    _move_campaigns(moving, _own_cases(moving))
    cases = begin_moves(moving)
    move_nominees(moving)
    return cases


def _own_cases(moving: Moving) -> dict[int, str]:
    """The code of the case that runs each campaign of a unit that ends."""
    query = (
        select(Campaign.id, Case.code)
        .join(Case, Case.campaign_id == Campaign.id)
        .where(Campaign.unit_id.in_(moving.ids), Case.process.in_(OWN_PROCESSES))
    )
    return dict(moving.transaction.session.execute(query).all())


def _move_campaigns(moving: Moving, own: Mapping[int, str]) -> None:
    session = moving.transaction.session
    under_way = exists().where(Case.campaign_id == Campaign.id, Case.state != "ended")
    query = select(Campaign).where(
        Campaign.unit_id.in_(moving.ids), or_(Campaign.id.not_in(list(own)), under_way.correlate(Campaign))
    )
    for campaign in session.scalars(query.order_by(Campaign.id)).all():
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
    """Whether a role has open tasks that go over to a unit."""
    query = (
        select(Task.unit_id, Task.items, Case.code, Case.unit_id, Case.organiser_id, Campaign.unit_id)
        .join(Case, Case.id == Task.case_id)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
        .where(
            Task.status == "open", Task.unit_id.in_(moving.ids), Task.role == role, Task.person_id.is_(None)
        )
    )
    return any(
        not asked_by_name(items) and moving.heir(left, Lying(*case), organises=left == case[2]).id == unit_id
        for left, items, *case in moving.transaction.session.execute(query)
    )


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
