"""The sheets a unit prints its certificates on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.documents.certificates import Blank as Sheet
from webapp.models import Blank, Unit
from webapp.queries.standing import Standing

PRINTERS = frozenset({"specialist", "secretary", "clerk"})
"""Who prints certificates of their unit, and so keeps its blanks."""

TENTHS = 10


def printing_places(standing: Standing) -> set[int]:
    """Ids of the units whose certificates the person prints."""
    return {held.unit_id for held in standing.roles if held.role in PRINTERS}


def printing_units(session: Session, standing: Standing) -> list[Unit]:
    """Those units."""
    query = select(Unit).where(Unit.id.in_(printing_places(standing)))
    return list(session.scalars(query.order_by(Unit.sort_key)))


def blanks_of(session: Session, standing: Standing) -> list[Blank]:
    """The blanks of those units."""
    query = (
        select(Blank)
        .where(Blank.unit_id.in_(printing_places(standing)))
        .options(joinedload(Blank.unit), joinedload(Blank.saved_by))
    )
    return list(session.scalars(query.order_by(Blank.type, Blank.name, Blank.id)))


def blank_of(session: Session, standing: Standing, public_id: str) -> Blank | None:
    """One of them by its public id."""
    return next((each for each in blanks_of(session, standing) if each.public_id == public_id), None)


def sheet_of(blank: Blank) -> Sheet:
    """The blank as certificates are written on it."""
    return sheet_of_measures(measures_of(blank))


def measures_of(blank: Blank) -> dict[str, Any]:
    """The measures of a blank as they stand now, as data that can be kept."""
    kept = ("name", "width", "height", "shifts", "hidden", "background", "with_code")
    return {name: getattr(blank, name) for name in kept}


def sheet_of_measures(kept: Mapping[str, Any]) -> Sheet:
    """Such measures as certificates are written on them."""
    return Sheet(
        size=(kept["width"] / TENTHS, kept["height"] / TENTHS),
        shifts={name: (dx / TENTHS, dy / TENTHS) for name, (dx, dy) in kept["shifts"].items()},
        hidden=frozenset(kept["hidden"]),
        ground=kept["background"],
        code=kept["with_code"],
    )
