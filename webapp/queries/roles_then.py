"""Which roles people held on a day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Person, RoleHolding, Unit

Held = tuple[str, str]
"""(role, name of the unit)"""


def roles_then(session: Session, people: Collection[str], day: dt.date) -> dict[str, list[Held]]:
    """The roles of people (public ids) on a day, in the order in which they were given; one statement."""
    query = (
        select(Person.public_id, RoleHolding.role, Unit.name)
        .join(RoleHolding, RoleHolding.person_id == Person.id)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(
            Person.public_id.in_(people),
            RoleHolding.from_date <= day,
            or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
        )
        .order_by(RoleHolding.id)
    )
    found = defaultdict(list)
    for person, role, unit in session.execute(query):
        found[person].append((role, unit))
    return dict(found)
