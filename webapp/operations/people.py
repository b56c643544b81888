"""Enters people, gives and ends roles, forms councils."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from webapp.models import Council, CouncilMembership, Person, RoleHolding, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import (
    people_in_reach,
    person_in_reach,
    standing_in,
    unit_in_reach,
)
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.stranded import give_back_stranded
from webapp.operations.transaction import Transaction, write
from webapp.queries.administered import ADMIN, administers_all
from webapp.queries.councils import council_of
from webapp.queries.ownership import tasks_left
from webapp.queries.units import lineage
from webapp.text import nfc, search_key, sort_key
from workflows.council_events import CouncilFormed, MembershipBegan, MembershipEnded
from workflows.events import PersonAdded, RoleEnded, RoleGiven
from workflows.forms import Fault

CHAIR = "chair"


@dataclass(frozen=True)
class NewPerson:
    """A person to enter; without ``username`` there is no account. ``password_hash`` is ready made."""

    name: str
    username: str | None = None
    password_hash: str | None = None
    email: str | None = None
    fictitious: bool = False


@dataclass(frozen=True)
class NewRole:
    """A role to give, in the unit of a code."""

    role: str
    unit: str
    from_date: dt.date


@dataclass(frozen=True)
class Seat:
    """A seat in a council."""

    person: str
    position: str


def add_person(new: NewPerson, first: NewRole | None = None, *, actor: Actor, now: Now) -> str:
    """Enter a person with their first role; returns the public id.

    Raises NotNow("username_taken"), NotFound for a unit not administered, and InvalidForm without a role for an
    administrator who would not find the person again.
    """
    with write(actor, now) as transaction:
        standing = standing_in(transaction)
        if first is None and standing is not None and not administers_all(standing):
            raise InvalidForm([Fault("/role", "required")])
        unit = unit_in_reach(transaction, first.unit) if first else None
        person = _enter_person(transaction, new)
        if first and unit:
            _enter_role(transaction, person, first.role, unit, first.from_date)
        return person.public_id


def _enter_person(transaction: Transaction, new: NewPerson) -> Person:
    session = transaction.session
    if new.username and session.scalar(select(Person.id).where(Person.username == new.username)):
        raise NotNow("username_taken")
    name = nfc(new.name)
    person = Person(
        username=new.username,
        name=name,
        sort_key=sort_key(" ".join(reversed(name.split()))),
        search_key=search_key(name),
        email=new.email,
        password_hash=new.password_hash,
        fictitious=new.fictitious,
    )
    session.add(person)
    try:
        session.flush()
    except IntegrityError as fault:  # on PostgreSQL somebody may enter the same name at the same time
        raise NotNow("username_taken") from fault
    transaction.log(
        f"person/{person.public_id}", PersonAdded(person=person.public_id), private={"name": name}
    )
    return person


def give_role(person_id: str, role: str, unit: str, from_date: dt.date, *, actor: Actor, now: Now) -> None:
    """Let a person hold a role in a unit from a day on; held already, nothing changes. Raises NotFound."""
    with write(actor, now) as transaction:
        place = unit_in_reach(transaction, unit)
        _enter_role(transaction, person_in_reach(transaction, person_id), role, place, from_date)


def _enter_role(transaction: Transaction, person: Person, role: str, unit: Unit, from_date: dt.date) -> None:
    held = select(RoleHolding.id).where(
        RoleHolding.person_id == person.id,
        RoleHolding.role == role,
        RoleHolding.unit_id == unit.id,
        RoleHolding.to_date.is_(None),
    )
    if transaction.session.scalar(held) is not None:
        return
    transaction.session.add(RoleHolding(person_id=person.id, role=role, unit_id=unit.id, from_date=from_date))
    given = RoleGiven(person=person.public_id, role=role, unit=unit.code, from_date=from_date.isoformat())
    transaction.log(f"person/{person.public_id}", given)


def end_role(person_id: str, holding_id: int, to_date: dt.date, *, actor: Actor, now: Now) -> None:
    """Let a role end with a day, the last on which it is held; what is held by it alone is given back after that day.

    Raises InvalidForm before its first day and while nobody else holds it afterwards for its open tasks (a transfer of
    office names somebody), NotFound, NotNow("ended_already"), and NotNow("own_last_admin_role") for the role by which
    the actor administers.
    """
    with write(actor, now) as transaction:
        person = person_in_reach(transaction, person_id)
        held = transaction.session.get(RoleHolding, holding_id, populate_existing=True)
        if held is None or held.person_id != person.id:
            raise NotFound
        unit = unit_in_reach(transaction, held.unit.code)
        if person.id == transaction.actor.person_id and _is_last_admin_role(transaction, held):
            raise NotNow("own_last_admin_role")
        before = held.to_date.isoformat() if held.to_date else ""
        _end(transaction, held, to_date)
        _refuse_ownerless(transaction, held)
        ended = RoleEnded(person_id, held.role, unit.code, to_date.isoformat(), before_date=before)
        transaction.log(f"person/{person_id}", ended)
    give_back_stranded(actor=actor, now=now)


def _refuse_ownerless(transaction: Transaction, held: RoleHolding) -> None:
    """Raises InvalidForm when tasks of a role that ends would be nobody's."""
    assert held.to_date is not None
    after = held.to_date + dt.timedelta(days=1)
    if tasks_left(transaction.session, held, after):
        raise InvalidForm([Fault("/taker", "successor_needed")])


def _is_last_admin_role(transaction: Transaction, held: RoleHolding) -> bool:
    others = select(RoleHolding.id).where(
        RoleHolding.person_id == held.person_id,
        RoleHolding.role == ADMIN,
        RoleHolding.id != held.id,
        RoleHolding.unit_id.in_([unit.id for unit in lineage(transaction.session, held.unit)]),
        RoleHolding.from_date <= transaction.day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date > transaction.day),
    )
    return held.role == ADMIN and transaction.session.scalar(others) is None


def _end(transaction: Transaction, held: RoleHolding | CouncilMembership, to_date: dt.date) -> None:
    if held.to_date is not None and held.to_date < transaction.day:
        raise NotNow("ended_already")
    if to_date < held.from_date:
        raise InvalidForm([Fault("/to_date", "before_beginning", {"day": held.from_date})])
    held.to_date = to_date


def form_council(
    unit: str,
    name: str,
    seats: Sequence[Seat],
    from_date: dt.date,
    founded_by: str | None,
    *,
    actor: Actor,
    now: Now,
) -> None:
    """Form the council of a unit with its members; it takes the place of an earlier one.

    Raises NotFound for a unit or person not administered, InvalidForm for somebody with two seats, for two chairmen and
    for a second council of the same unit, name and day: the button was pressed twice.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        place = unit_in_reach(transaction, unit)
        transaction.hold(Unit, place.id)
        if faults := _seat_faults(seats) or _founded_already(transaction, place, nfc(name), from_date):
            raise InvalidForm(faults)
        people = people_in_reach(transaction, [seat.person for seat in seats])
        council = Council(unit_id=place.id, name=nfc(name), founded_by=founded_by)
        session.add(council)
        session.flush()
        memberships = [_membership(council, people[seat.person], seat.position, from_date) for seat in seats]
        session.add_all(memberships)
        session.flush()
        transaction.log(
            f"council/{unit}", CouncilFormed(unit=unit, members=[m.public_id for m in memberships])
        )


def _membership(council: Council, person: Person, position: str, from_date: dt.date) -> CouncilMembership:
    return CouncilMembership(
        council_id=council.id, person_id=person.id, position=position, from_date=from_date
    )


def _founded_already(transaction: Transaction, place: Unit, name: str, from_date: dt.date) -> list[Fault]:
    same = (
        select(CouncilMembership.id)
        .join(Council)
        .where(Council.unit_id == place.id, Council.name == name, CouncilMembership.from_date == from_date)
    )
    found = transaction.session.scalar(same.limit(1))
    return [Fault("/from_date", "council_founded")] if found is not None else []


def _seat_faults(seats: Sequence[Seat]) -> list[Fault]:
    seated: set[str] = set()
    taken: set[str] = set()
    faults = []
    for row, seat in enumerate(seats):
        if seat.person in seated:
            faults.append(Fault(f"/members/{row}/person", "seated_already"))
        if seat.position == CHAIR and CHAIR in taken:
            faults.append(Fault(f"/members/{row}/position", "chair_taken"))
        seated.add(seat.person)
        taken.add(seat.position)
    return faults


def add_member(unit: str, seat: Seat, from_date: dt.date, *, actor: Actor, now: Now) -> None:
    """Let a person sit in the council of a unit from a day on.

    Raises NotFound, and InvalidForm for somebody who has a seat then, and for a second chairman.
    """
    with write(actor, now) as transaction:
        place = unit_in_reach(transaction, unit)
        transaction.hold(Unit, place.id)
        council = council_of(transaction.session, place.id)
        if council is None:
            raise NotFound
        person = people_in_reach(transaction, [seat.person])[seat.person]
        sitting = _sitting_after(transaction, council, from_date)
        if person.id in {member.person_id for member in sitting}:
            raise InvalidForm([Fault("/person", "seated_already")])
        if seat.position == CHAIR and any(member.position == CHAIR for member in sitting):
            raise InvalidForm([Fault("/position", "chair_taken")])
        membership = _membership(council, person, seat.position, from_date)
        transaction.session.add(membership)
        transaction.session.flush()
        began = MembershipBegan(
            unit=unit,
            membership=membership.public_id,
            person=person.public_id,
            position=seat.position,
            from_date=from_date.isoformat(),
        )
        transaction.log(f"council/{unit}", began)


def _sitting_after(transaction: Transaction, council: Council, day: dt.date) -> list[CouncilMembership]:
    """Who sits in a council on a day or will later."""
    query = select(CouncilMembership).where(
        CouncilMembership.council_id == council.id,
        or_(CouncilMembership.to_date.is_(None), CouncilMembership.to_date >= day),
    )
    return list(transaction.session.scalars(query))


def end_membership(membership_id: str, to_date: dt.date, *, actor: Actor, now: Now) -> None:
    """Let a membership end with a day, the last on which the member sits; an electorate that is frozen stays.

    Raises InvalidForm before its first day, NotFound, NotNow("ended_already").
    """
    with write(actor, now) as transaction:
        session = transaction.session
        query = select(CouncilMembership).where(CouncilMembership.public_id == membership_id)
        membership = session.scalar(query)
        if membership is None:
            raise NotFound
        unit = unit_in_reach(transaction, membership.council.unit.code)
        transaction.hold(Unit, unit.id)
        session.refresh(membership)
        _end(transaction, membership, to_date)
        ended = MembershipEnded(
            unit=unit.code,
            membership=membership_id,
            person=membership.person.public_id,
            to_date=to_date.isoformat(),
        )
        transaction.log(f"council/{unit.code}", ended)
