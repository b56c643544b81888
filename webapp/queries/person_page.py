"""One person as an administrator sees them, and whom an administrator may choose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Person, RoleHolding, Unit
from webapp.queries.administered import ADMIN, known, known_person, may_look_after
from webapp.queries.administration import HeldRole, held_on
from webapp.queries.standing import Standing, at_or_below


@dataclass(frozen=True)
class PersonPage:
    """A person with all roles in the units administered, the latest first.

    ``account``: whether it is for this administrator to close it or to set its password; ``own``: it is their own.
    """

    public_id: str
    name: str
    username: str | None
    email: str | None
    active: bool
    fictitious: bool
    account: bool
    own: bool
    roles: tuple[HeldRole, ...]


def person_page(session: Session, standing: Standing, public_id: str, day: dt.date) -> PersonPage | None:
    """The page of a person, None for somebody the administrator may not know of; three statements."""
    person = known_person(session, standing, public_id, day)
    if person is None:
        return None
    roles = session.execute(
        select(RoleHolding.id, RoleHolding.role, Unit.name, RoleHolding.from_date, RoleHolding.to_date)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(RoleHolding.person_id == person.id, at_or_below(standing, ADMIN))
        .order_by(RoleHolding.from_date.desc(), RoleHolding.id.desc())
    )
    return PersonPage(
        public_id=person.public_id,
        name=person.name,
        username=person.username,
        email=person.email,
        active=person.active,
        fictitious=person.fictitious,
        account=may_look_after(session, standing, person, day),
        own=person.id == standing.person_id,
        roles=tuple(HeldRole(*row) for row in roles),
    )


@dataclass(frozen=True)
class PersonToChoose:
    """Somebody to choose; ``role`` and ``unit`` are those of the first role held there, empty without one."""

    public_id: str
    name: str
    username: str | None
    role: str
    unit: str


def usernames_taken(session: Session, usernames: Collection[str]) -> set[str]:
    """Those of some user names that somebody has; one statement."""
    query = select(Person.username).where(Person.username.in_(usernames))
    return {name for name in session.scalars(query) if name}


def people_to_choose(session: Session, standing: Standing, day: dt.date) -> list[PersonToChoose]:
    """Everybody in the units administered whose account is not closed; one statement."""
    units = select(Unit.id).where(at_or_below(standing, ADMIN))
    first = select(func.min(RoleHolding.id)).where(
        RoleHolding.person_id == Person.id, RoleHolding.unit_id.in_(units), held_on(day)
    )
    held, place = aliased(RoleHolding), aliased(Unit)
    rows = session.execute(
        select(Person.public_id, Person.name, Person.username, held.role, place.name)
        .select_from(Person)
        .outerjoin(held, held.id == first.correlate(Person).scalar_subquery())
        .outerjoin(place, place.id == held.unit_id)
        .where(known(standing, day), Person.active)
        .order_by(Person.sort_key, Person.id)
    )
    return [
        PersonToChoose(code, name, username, role or "", unit or "")
        for code, name, username, role, unit in rows
    ]
