"""One person as an administrator sees them, and whom an administrator may choose."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Person, RoleHolding, Unit
from webapp.queries.administered import ADMIN, known, known_person, may_look_after
from webapp.queries.administration import HeldRole
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


def people_to_choose(session: Session, standing: Standing, day: dt.date) -> list[tuple[str, str]]:
    """Public id, and name with user name, of everybody in the units administered whose account is not closed."""
    rows = session.execute(
        select(Person.public_id, Person.name, Person.username)
        .where(known(standing, day), Person.active)
        .order_by(Person.sort_key, Person.id)
    )
    return [(code, f"{name} ({username})" if username else name) for code, name, username in rows]
