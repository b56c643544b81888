"""One unit as an administrator sees it: where it stands, who works there, what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import RoleHolding, Unit, UnitChange, UnitSuccession
from webapp.queries.administered import ADMIN
from webapp.queries.administration import administered_unit, held_on
from webapp.queries.moves import Move, move_of
from webapp.queries.standing import Standing, at_or_below


@dataclass(frozen=True)
class NamedUnit:
    """A unit to be linked to; ``ended`` is its last day, if it has one."""

    code: str
    name: str
    kind: str
    ended: dt.date | None


@dataclass(frozen=True)
class ChangeRow:
    """One entry of a unit's history; ``before`` are its predecessors by it, ``after`` its successors."""

    kind: str
    day: dt.date
    number: str | None
    paper_date: dt.date | None
    issuer: str | None
    old_name: str | None
    new_name: str
    before: tuple[NamedUnit, ...]
    after: tuple[NamedUnit, ...]


@dataclass(frozen=True)
class UnitPage:
    """``changes``: the actor may rename, close, merge and split it; that asks for the unit above it, too.

    ``move``: the dossiers that go over, or went, by its last change.
    """

    unit: Unit
    changes: bool
    people: int
    below: Sequence[NamedUnit]
    history: Sequence[ChangeRow]
    move: Move | None


def unit_page(session: Session, standing: Standing, code: str, day: dt.date) -> UnitPage | None:
    """The page of a unit, None for one that is not administered; nine statements."""
    unit = administered_unit(session, standing, code)
    if unit is None:
        return None
    people = select(func.count(RoleHolding.person_id.distinct())).where(
        RoleHolding.unit_id == unit.id, held_on(day)
    )
    below = session.scalars(select(Unit).where(Unit.parent_id == unit.id).order_by(Unit.sort_key))
    above = select(Unit.id).where(Unit.id == unit.parent_id, at_or_below(standing, ADMIN))
    return UnitPage(
        unit=unit,
        changes=unit.to_date is None and (unit.parent_id is None or session.scalar(above) is not None),
        people=session.execute(people).scalar_one(),
        below=[_named(each) for each in below],
        history=_history(session, unit),
        move=move_of(session, standing, unit),
    )


def _history(session: Session, unit: Unit) -> list[ChangeRow]:
    """What became of it, the latest first; two statements."""
    successions = session.scalars(
        select(UnitSuccession)
        .where(
            UnitSuccession.direct,
            or_(UnitSuccession.predecessor_id == unit.id, UnitSuccession.successor_id == unit.id),
        )
        .options(joinedload(UnitSuccession.predecessor), joinedload(UnitSuccession.successor))
        .order_by(UnitSuccession.id)
    ).all()
    by_them = UnitChange.id.in_([each.change_id for each in successions])
    found = select(UnitChange).where(or_(UnitChange.unit_id == unit.id, by_them))
    return [
        ChangeRow(
            kind=change.kind,
            day=change.day,
            number=change.paper_number,
            paper_date=change.paper_date,
            issuer=change.paper_issuer,
            old_name=change.old_name,
            new_name=change.new_name,
            before=_units(each.predecessor for each in of if each.successor_id == unit.id),
            after=_units(each.successor for each in of if each.predecessor_id == unit.id),
        )
        for change in session.scalars(found.order_by(UnitChange.day.desc(), UnitChange.id.desc()))
        for of in [[each for each in successions if each.change_id == change.id]]
    ]


def _units(units: Iterable[Unit]) -> tuple[NamedUnit, ...]:
    return tuple(_named(unit) for unit in units)


def _named(unit: Unit) -> NamedUnit:
    return NamedUnit(unit.code, unit.name, unit.kind, unit.to_date)


def units_beside(session: Session, standing: Standing, unit: Unit) -> list[tuple[str, str, str]]:
    """What a unit may be merged with, of its kind and level and administered: code, name, name of what is above."""
    query = (
        select(Unit)
        .where(
            Unit.kind == unit.kind,
            Unit.level == unit.level,
            Unit.to_date.is_(None),
            Unit.id != unit.id,
            at_or_below(standing, ADMIN),
        )
        .options(joinedload(Unit.parent))
        .order_by(Unit.sort_key)
    )
    found = session.scalars(query).all()
    return [(each.code, each.name, each.parent.name if each.parent else "") for each in found]
