"""Who holds what where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Case, RoleHolding


def holders_in(session: Session, units: Collection[int], roles: Collection[str], day: dt.date) -> set[int]:
    """Ids of the people who hold one of the roles in one of the units on a day."""
    query = select(RoleHolding.person_id).where(
        RoleHolding.role.in_(roles),
        RoleHolding.unit_id.in_(units),
        RoleHolding.from_date <= day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
    )
    return set(session.scalars(query))


def submitters(session: Session, case: Case, day: dt.date) -> set[int]:
    """Who handed a dossier in: the registrant, if there is one, and the officers of the submitting unit."""
    registrant = {case.registrant_id} if case.registrant_id is not None else set()
    return registrant | holders_in(session, [case.unit_id], ("officer",), day)
