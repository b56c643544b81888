"""Who sits in which seat of a council."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Council, CouncilMembership, Person


def council_of(session: Session, unit_id: int) -> Council | None:
    """The council of a unit; the newest where there have been several."""
    return session.scalar(
        select(Council).where(Council.unit_id == unit_id).order_by(Council.id.desc()).limit(1)
    )


def members_on(session: Session, council_id: int, day: dt.date) -> list[CouncilMembership]:
    """Who sits in a council on a day, in the order they were entered."""
    query = (
        select(CouncilMembership)
        .where(
            CouncilMembership.council_id == council_id,
            CouncilMembership.from_date <= day,
            or_(CouncilMembership.to_date.is_(None), CouncilMembership.to_date >= day),
        )
        .order_by(CouncilMembership.id)
    )
    return list(session.scalars(query))


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
            or_(CouncilMembership.to_date.is_(None), CouncilMembership.to_date >= day),
        )
    )
