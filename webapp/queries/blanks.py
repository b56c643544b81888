"""The sheets a unit prints its certificates on."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.documents.certificates import Blank as Sheet
from webapp.models import Blank, Unit
from webapp.queries.standing import Standing

PRINTERS = frozenset({"specialist", "secretary", "clerk"})
"""Who prints certificates of their unit, and so keeps its blanks."""

TENTHS = 10


def printing_units(session: Session, standing: Standing) -> list[Unit]:
    """The units whose certificates the person prints."""
    held = {held.unit_id for held in standing.roles if held.role in PRINTERS}
    return list(session.scalars(select(Unit).where(Unit.id.in_(held)).order_by(Unit.sort_key)))


def blanks_of(session: Session, standing: Standing) -> list[Blank]:
    """The blanks of those units."""
    held = {held.unit_id for held in standing.roles if held.role in PRINTERS}
    query = (
        select(Blank)
        .where(Blank.unit_id.in_(held))
        .options(joinedload(Blank.unit), joinedload(Blank.saved_by))
    )
    return list(session.scalars(query.order_by(Blank.type, Blank.name, Blank.id)))


def blank_of(session: Session, standing: Standing, public_id: str) -> Blank | None:
    """One of them by its public id."""
    return next((each for each in blanks_of(session, standing) if each.public_id == public_id), None)


def sheet_of(blank: Blank) -> Sheet:
    """The blank as certificates are written on it."""
    return Sheet(
        size=(blank.width / TENTHS, blank.height / TENTHS),
        shifts={name: (dx / TENTHS, dy / TENTHS) for name, (dx, dy) in blank.shifts.items()},
        hidden=frozenset(blank.hidden),
        ground=blank.background,
        code=blank.with_code,
    )
