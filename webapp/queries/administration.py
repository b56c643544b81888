"""What an administrator looks after: people with accounts and roles, units, deployments, promised work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Person, RoleHolding, Unit
from webapp.queries.administered import ADMIN, known
from webapp.queries.cadre_bodies import WITHOUT_CADRES, party_places
from webapp.queries.standing import Standing, at_or_below
from webapp.queries.units import lineage_codes
from webapp.text import search_key

PAGE_SIZE = 50
NO_ROLE = "none"
"""Wanted instead of a role: people who hold none today."""


@dataclass(frozen=True)
class HeldRole:
    """A role as a list shows it."""

    id: int
    role: str
    unit: str
    from_date: dt.date
    to_date: dt.date | None


@dataclass(frozen=True)
class PersonRow:
    """A person with the roles held today in the units administered."""

    public_id: str
    name: str
    username: str | None
    active: bool
    signs_in: bool
    fictitious: bool
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True)
class WantedPeople:
    """Which people; empty: all. ``unit`` is a code and means roles in that unit alone."""

    q: str = ""
    role: str = ""
    unit: str = ""


@dataclass(frozen=True)
class UnitNode:
    """A unit of the tree with how many people hold a role in it today.

    ``cadre_body`` is the name of the party body that manages its cadres; ``names_cadre_body``: there is one to name.
    """

    code: str
    name: str
    kind: str
    level: str
    fictitious: bool
    people: int
    cadre_body: str | None
    names_cadre_body: bool
    from_date: dt.date | None
    to_date: dt.date | None
    children: tuple[UnitNode, ...]


@dataclass(frozen=True)
class WantedUnits:
    """Which units of the tree; with words those found and those above them. ``closed``: those that are no more, too."""

    q: str = ""
    closed: bool = False


def people_rows(
    session: Session, standing: Standing, wanted: WantedPeople, day: dt.date, page: int
) -> list[PersonRow]:
    """One page of the people of the units administered, from 1; two statements."""
    people = session.scalars(
        _people(standing, wanted, day)
        .order_by(Person.sort_key, Person.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    roles = _roles(session, standing, [person.id for person in people], day)
    return [
        PersonRow(
            public_id=person.public_id,
            name=person.name,
            username=person.username,
            active=person.active,
            signs_in=person.is_active,
            fictitious=person.fictitious,
            roles=tuple(roles.get(person.id, ())),
        )
        for person in people
    ]


def count_people(session: Session, standing: Standing, wanted: WantedPeople, day: dt.date) -> int:
    """How many people fit."""
    found = _people(standing, wanted, day).with_only_columns(Person.id).subquery()
    return session.execute(select(func.count()).select_from(found)).scalar_one()


def unit_tree(
    session: Session, standing: Standing, day: dt.date, wanted: WantedUnits = WantedUnits()
) -> tuple[UnitNode, ...]:
    """The units administered, each under the one above it; three statements."""
    units = session.scalars(
        select(Unit)
        .where(at_or_below(standing, ADMIN))
        .options(joinedload(Unit.cadre_body))
        .order_by(Unit.sort_key, Unit.id)
    ).all()
    units = _wanted(units, wanted, day)
    holding = select(RoleHolding.unit_id, func.count(RoleHolding.person_id.distinct()))
    counts: dict[int, int] = dict(
        session.execute(holding.where(held_on(day)).group_by(RoleHolding.unit_id)).all()
    )
    known = {unit.id for unit in units}
    below: dict[int | None, list[Unit]] = {}
    for unit in units:
        below.setdefault(unit.parent_id if unit.parent_id in known else None, []).append(unit)
    return _nodes(below, None, _Facts(counts, party_places(session)))


def _wanted(units: Sequence[Unit], wanted: WantedUnits, day: dt.date) -> Sequence[Unit]:
    """The units that fit, with those above them."""
    found = [unit for unit in units if wanted.closed or unit.to_date is None or unit.to_date >= day]
    if words := search_key(wanted.q):
        codes = {code for unit in found if words in unit.search_key for code in lineage_codes(unit.code)}
        found = [unit for unit in found if unit.code in codes]
    return found


def administered_units(session: Session, standing: Standing, *kinds: str) -> Sequence[tuple[str, str]]:
    """Code and name of every unit administered, or of those of some kinds."""
    query = select(Unit.code, Unit.name).where(at_or_below(standing, ADMIN), Unit.to_date.is_(None))
    if kinds:
        query = query.where(Unit.kind.in_(kinds))
    return session.execute(query.order_by(Unit.sort_key)).all()


def administered_unit(session: Session, standing: Standing, code: str) -> Unit | None:
    """The unit of a code; None without one, and for one that is not administered."""
    unit: Unit | None = session.scalar(select(Unit).where(Unit.code == code, at_or_below(standing, ADMIN)))
    return unit


def held_on(day: dt.date) -> ColumnElement[bool]:
    """Condition on RoleHolding: it is held on a day."""
    return (RoleHolding.from_date <= day) & or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day)


@dataclass(frozen=True)
class _Facts:
    """What is said of units: people by unit id, and the codes of the places with a party body."""

    people: Mapping[int, int]
    places: frozenset[str]


def _nodes(
    below: Mapping[int | None, Sequence[Unit]], parent: int | None, facts: _Facts
) -> tuple[UnitNode, ...]:
    return tuple(
        UnitNode(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            level=unit.level,
            fictitious=unit.fictitious,
            people=facts.people.get(unit.id, 0),
            cadre_body=unit.cadre_body.name if unit.cadre_body else None,
            names_cadre_body=unit.kind not in WITHOUT_CADRES
            and not facts.places.isdisjoint(lineage_codes(unit.code)),
            from_date=unit.from_date,
            to_date=unit.to_date,
            children=_nodes(below, unit.id, facts),
        )
        for unit in below.get(parent, ())
    )


def _people(standing: Standing, wanted: WantedPeople, day: dt.date) -> Select[Any]:
    query = select(Person).where(known(standing, day))
    held = exists().where(RoleHolding.person_id == Person.id, held_on(day))
    if wanted.role == NO_ROLE:
        query = query.where(~held)
    elif wanted.role or wanted.unit:
        units = select(Unit.id).where(at_or_below(standing, ADMIN))
        role = [RoleHolding.role == wanted.role] if wanted.role else []
        unit = [Unit.code == wanted.unit] if wanted.unit else []
        query = query.where(held.where(RoleHolding.unit_id.in_(units.where(*unit)), *role))
    if words := search_key(wanted.q):
        query = query.where(
            or_(
                Person.search_key.contains(words, autoescape=True),
                Person.username.contains(words, autoescape=True),
            )
        )
    return query


def _roles(
    session: Session, standing: Standing, people: Sequence[int], day: dt.date
) -> dict[int, list[HeldRole]]:
    rows = session.execute(
        select(
            RoleHolding.person_id,
            RoleHolding.id,
            RoleHolding.role,
            Unit.name,
            RoleHolding.from_date,
            RoleHolding.to_date,
        )
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(RoleHolding.person_id.in_(people), at_or_below(standing, ADMIN), held_on(day))
        .order_by(RoleHolding.id)
    )
    found: dict[int, list[HeldRole]] = {}
    for person, number, role, unit, from_date, to_date in rows:
        found.setdefault(person, []).append(HeldRole(number, role, unit, from_date, to_date))
    return found
