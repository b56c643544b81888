"""Who holds what where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from webapp.models import RoleHolding


def holders_in(session: Session, units: Collection[int], roles: Collection[str], day: dt.date) -> set[int]:
    """Ids of the people who hold one of the roles in one of the units on a day."""
    query = select(RoleHolding.person_id).where(RoleHolding.unit_id.in_(units), _held(roles, day))
    return set(session.scalars(query))


def units_with(roles: Collection[str], day: dt.date) -> Select[int]:
    """Ids of the units in which somebody holds one of the roles on a day, to be compared with."""
    return select(RoleHolding.unit_id).where(_held(roles, day))


def _held(roles: Collection[str], day: dt.date) -> ColumnElement[bool]:
    until = or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day)
    return and_(RoleHolding.role.in_(roles), RoleHolding.from_date <= day, until)
