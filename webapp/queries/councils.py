"""Who sits in which seat of a council."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Council, CouncilMembership, Person, Unit
from webapp.queries.administered import ADMIN
from webapp.queries.standing import Standing, at_or_below


@dataclass(frozen=True)
class CouncilRow:
    """The council of a unit with the members it has, or is going to have."""

    name: str
    unit_code: str
    unit: str
    founded_by: str | None
    members: tuple[CouncilMembership, ...]


def council_of(session: Session, unit_id: int) -> Council | None:
    """The council of a unit; the newest where there have been several."""
    return session.scalar(
        select(Council).where(Council.unit_id == unit_id).order_by(Council.id.desc()).limit(1)
    )


def members_on(session: Session, council_id: int, day: dt.date) -> list[CouncilMembership]:
    """Who sits in a council on a day, in the order they were entered."""
    query = (
        select(CouncilMembership)
        .where(CouncilMembership.council_id == council_id, CouncilMembership.from_date <= day, _not_left(day))
        .order_by(CouncilMembership.id)
    )
    return list(session.scalars(query))


def members_in_reach(session: Session, standing: Standing, day: dt.date) -> int:
    """How many members the council of the first unit has that the person works for; 0 without one."""
    for held in standing.roles:
        council = council_of(session, held.unit_id)
        if council is not None:
            return len(members_on(session, council.id, day))
    return 0


def seat_of(session: Session, unit_id: int, person: str, day: dt.date) -> str | None:
    """The seat of a person (public id) in the council of a unit on a day."""
    council = council_of(session, unit_id)
    if council is None:
        return None
    return session.scalar(
        select(CouncilMembership.position)
        .join(Person, Person.id == CouncilMembership.person_id)
        .where(
            CouncilMembership.council_id == council.id,
            Person.public_id == person,
            CouncilMembership.from_date <= day,
            _not_left(day),
        )
    )


def council_rows(session: Session, standing: Standing, day: dt.date) -> list[CouncilRow]:
    """The present council of each unit administered, by unit; two statements."""
    newest = select(func.max(Council.id)).group_by(Council.unit_id)
    councils = session.scalars(
        select(Council)
        .join(Unit, Unit.id == Council.unit_id)
        .where(Council.id.in_(newest), at_or_below(standing, ADMIN))
        .order_by(Unit.sort_key, Council.id)
        .options(joinedload(Council.unit))
    ).all()
    members = members_of(session, councils, day)
    return [
        CouncilRow(
            name=council.name,
            unit_code=council.unit.code,
            unit=council.unit.name,
            founded_by=council.founded_by,
            members=tuple(members.get(council.id, ())),
        )
        for council in councils
    ]


def members_of(
    session: Session, councils: Iterable[Council], day: dt.date
) -> Mapping[int, list[CouncilMembership]]:
    """By council id: the members it has, or is going to have, with their persons; one statement."""
    members: dict[int, list[CouncilMembership]] = {}
    sitting = select(CouncilMembership).where(
        CouncilMembership.council_id.in_([council.id for council in councils]), _not_left(day)
    )
    person = joinedload(CouncilMembership.person)
    for each in session.scalars(sitting.order_by(CouncilMembership.id).options(person)):
        members.setdefault(each.council_id, []).append(each)
    return members


def administered_membership(session: Session, standing: Standing, public_id: str) -> CouncilMembership | None:
    """A membership in the council of a unit administered."""
    return session.scalar(
        select(CouncilMembership)
        .join(Council, Council.id == CouncilMembership.council_id)
        .join(Unit, Unit.id == Council.unit_id)
        .where(CouncilMembership.public_id == public_id, at_or_below(standing, ADMIN))
    )


def _not_left(day: dt.date) -> ColumnElement[bool]:
    return or_(CouncilMembership.to_date.is_(None), CouncilMembership.to_date >= day)
