"""Whom an administrator looks after: the one rule, for lists, pages and operations."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session

from webapp.models import Person, RoleHolding, Unit
from webapp.queries.standing import Standing, at_or_below

ADMIN = "admin"


def administers_all(standing: Standing) -> bool:
    """True for an administrator of a unit with none above it."""
    return any(held.role == ADMIN and "/" not in held.unit_code for held in standing.roles)


def known(standing: Standing, day: dt.date) -> ColumnElement[bool]:
    """Condition on Person: they belong to a unit administered, by a role held on ``day`` or later.

    Whose roles have all ended still belongs where they were held. Who never held one belongs to the administrators of
    a unit with none above it: else everybody could take the account before its first role is given.
    """
    own, ever, now = _administered(standing), _holding(), _holding(_not_ended(day))
    unassigned = and_(true() if administers_all(standing) else false(), ~ever)
    return or_(_holding(_not_ended(day), own), and_(~now, or_(_holding(own), unassigned)))


def looked_after(standing: Standing, day: dt.date) -> ColumnElement[bool]:
    """Condition on Person: their account may be closed, reopened, given a password.

    Who holds a role in a unit not administered, too, has more power than this administrator could hand out.
    """
    return and_(known(standing, day), ~_holding(_not_ended(day), ~_administered(standing)))


def known_person(session: Session, standing: Standing, public_id: str, day: dt.date) -> Person | None:
    """The person of a public id, when the administrator may know of them."""
    return session.scalar(select(Person).where(Person.public_id == public_id, known(standing, day)))


def may_look_after(session: Session, standing: Standing, person: Person, day: dt.date) -> bool:
    """The rule of :func:`looked_after` for one person."""
    query = select(Person.id).where(Person.id == person.id, looked_after(standing, day))
    return session.scalar(query) is not None


def administered_unit(session: Session, standing: Standing, code: str) -> Unit | None:
    """The unit of a code, when it is administered."""
    return session.scalar(select(Unit).where(Unit.code == code, at_or_below(standing, ADMIN)))


def _administered(standing: Standing) -> ColumnElement[bool]:
    return RoleHolding.unit_id.in_(select(Unit.id).where(at_or_below(standing, ADMIN)))


def _not_ended(day: dt.date) -> ColumnElement[bool]:
    return or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day)


def _holding(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(RoleHolding.person_id == Person.id, *conditions)
