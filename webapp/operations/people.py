"""Enters people, gives roles, forms councils."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from webapp.models import Council, CouncilMembership, Person, RoleHolding, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import Transaction, write
from webapp.passwords import hash_password
from webapp.text import nfc, search_key, sort_key
from workflows.events import CouncilFormed, PasswordSet, PersonAdded, RoleGiven


@dataclass(frozen=True)
class NewPerson:
    """A person to enter; without ``username`` there is no account. ``password_hash`` is ready made."""

    name: str
    username: str | None = None
    password_hash: str | None = None
    email: str | None = None
    fictitious: bool = False


@dataclass(frozen=True)
class Seat:
    """A seat in a council."""

    person: str
    position: str


def add_person(new: NewPerson, *, actor: Actor, now: Now) -> str:
    """Enter a person; returns the public id. Raises NotNow("username_taken")."""
    with write(actor, now) as transaction:
        return enter_person(transaction, new).public_id


def enter_person(transaction: Transaction, new: NewPerson) -> Person:
    """Enter a person within an open transaction."""
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
    session.flush()
    transaction.log(
        f"person/{person.public_id}", PersonAdded(person=person.public_id), private={"name": name}
    )
    return person


def set_password(person_id: str, password: str, *, actor: Actor, now: Now) -> None:
    """Set a password. Raises ValueError outside 1 to 200 characters."""
    hashed = hash_password(password)
    with write(actor, now) as transaction:
        person = transaction.session.execute(select(Person).where(Person.public_id == person_id)).scalar_one()
        person.password_hash = hashed
        transaction.log(f"person/{person_id}", PasswordSet(person=person_id))


def give_role(person_id: str, role: str, unit: str, from_date: dt.date, *, actor: Actor, now: Now) -> None:
    """Let a person hold a role in a unit from a day on; held already, nothing changes."""
    with write(actor, now) as transaction:
        enter_role(transaction, person_id, role, unit, from_date)


def enter_role(transaction: Transaction, person_id: str, role: str, unit: str, from_date: dt.date) -> None:
    """Give a role within an open transaction."""
    session = transaction.session
    person = session.execute(select(Person).where(Person.public_id == person_id)).scalar_one()
    place = session.execute(select(Unit).where(Unit.code == unit)).scalar_one()
    held = select(RoleHolding.id).where(
        RoleHolding.person_id == person.id,
        RoleHolding.role == role,
        RoleHolding.unit_id == place.id,
        RoleHolding.to_date.is_(None),
    )
    if session.scalar(held) is not None:
        return
    session.add(RoleHolding(person_id=person.id, role=role, unit_id=place.id, from_date=from_date))
    transaction.log(
        f"person/{person_id}",
        RoleGiven(person=person_id, role=role, unit=unit, from_date=from_date.isoformat()),
    )


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
    """Form the council of a unit with its members."""
    with write(actor, now) as transaction:
        session = transaction.session
        place = session.execute(select(Unit).where(Unit.code == unit)).scalar_one()
        council = Council(unit_id=place.id, name=nfc(name), founded_by=founded_by)
        session.add(council)
        session.flush()
        ids = dict(
            session.execute(
                select(Person.public_id, Person.id).where(
                    Person.public_id.in_([seat.person for seat in seats])
                )
            ).all()
        )
        memberships = [
            CouncilMembership(
                council_id=council.id, person_id=ids[seat.person], position=seat.position, from_date=from_date
            )
            for seat in seats
        ]
        session.add_all(memberships)
        session.flush()
        transaction.log(
            f"council/{unit}", CouncilFormed(unit=unit, members=[m.public_id for m in memberships])
        )
