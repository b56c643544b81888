"""Who holds what where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, or_, select, union_all
from sqlalchemy.orm import Session

from webapp.models import Case, RoleHolding, UnitSuccession


def holders_in(session: Session, units: Collection[int], roles: Collection[str], day: dt.date) -> set[int]:
    """Ids of the people who hold one of the roles in one of the units on a day."""
    query = select(RoleHolding.person_id).where(held_at(units), _held(roles, day))
    return set(session.scalars(query))


def held_at(units: Collection[int]) -> ColumnElement[bool]:
    """Condition on RoleHolding: it is held there, or where the work of a unit that is no more went."""
    after = select(UnitSuccession.successor_id).where(UnitSuccession.predecessor_id.in_(units))
    return or_(RoleHolding.unit_id.in_(units), RoleHolding.unit_id.in_(after))


def units_with(roles: Collection[str], day: dt.date) -> CompoundSelect[int]:
    """Ids of the units in which somebody holds one of the roles on a day, to be compared with.

    Units that are no more count by those where their work went.
    """
    past = select(UnitSuccession.predecessor_id).join(
        RoleHolding, RoleHolding.unit_id == UnitSuccession.successor_id
    )
    return union_all(select(RoleHolding.unit_id).where(_held(roles, day)), past.where(_held(roles, day)))


def _held(roles: Collection[str], day: dt.date) -> ColumnElement[bool]:
    until = or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day)
    return and_(RoleHolding.role.in_(roles), RoleHolding.from_date <= day, until)


def holding(roles: Collection[str], day: dt.date) -> Select[int]:
    """Ids of the people who hold one of these roles on a day, in whichever unit."""
    return select(RoleHolding.person_id).where(_held(roles, day))


def submitters(session: Session, case: Case, day: dt.date) -> set[int]:
    """Who handed a dossier in: the registrant, if there is one, and the officers of the submitting unit."""
    registrant = {case.registrant_id} if case.registrant_id is not None else set()
    return registrant | holders_in(session, [case.unit_id], ("officer",), day)
