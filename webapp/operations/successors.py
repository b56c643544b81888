"""Who comes after whom: the successors of units that are merged or split, and of the units below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import select

from webapp.models import Unit, UnitChange, UnitSuccession
from webapp.operations.transaction import Transaction
from webapp.operations.unit_changes import ONE_DAY, enter_unit, found_by
from webapp.queries.unit_changes import subtree

KEPT_APART = frozenset({"hamlet", "enterprise", "co_operative"})
"""Kinds of which two with the same name are still two."""


class Lying(NamedTuple):
    """Where a case lies: its code, the units that submit and organise it, and the one that has its campaign now."""

    code: str
    unit_id: int
    organiser_id: int
    campaign_unit_id: int | None


@dataclass
class Moving:
    """One merger or split under way. ``roots``: the successors of each unit that ends, by its row id.

    Of a split ``default``, ``cases`` and ``places`` say by number which successor takes what; ``below`` is the one
    successor of each unit below, and ``root_of`` the number of the successor it lies under.
    """

    transaction: Transaction
    change: UnitChange
    roots: dict[int, list[Unit]]
    default: int = 0
    cases: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    below: dict[int, Unit] = field(default_factory=dict)
    root_of: dict[int, int] = field(default_factory=dict)

    @property
    def ids(self) -> set[int]:
        """Row ids of all units that end."""
        return {*self.roots, *self.below}

    def successor(self, unit_id: int, number: int) -> Unit:
        """Who comes after a unit; of several the one with this number."""
        if unit_id in self.below:
            return self.below[unit_id]
        made = self.roots[unit_id]
        return made[number] if number < len(made) else made[0]

    def heir(self, unit_id: int, case: Lying, *, organises: bool) -> Unit:
        """Who comes after a unit in a case: where it organises, whoever goes on with the campaign.

        Else the one said for the case, the one its unit lies under now, or the default.
        """
        made = self.roots.get(unit_id, ()) if organises else ()
        number = self.cases.get(case.code, self.root_of.get(case.unit_id, self.default))
        goes_on = (unit for unit in made if unit.id == case.campaign_unit_id)
        return next(goes_on, self.successor(unit_id, number))


def successors_below(moving: Moving, units: Sequence[Unit]) -> None:
    """Make a successor for each unit below, under the one chosen for it, named after it.

    Two of the same kind and name become one, except hamlets and enterprises.
    """
    merged: dict[tuple[int, str, str], Unit] = {}
    roots = {unit.id: unit for unit in units}
    of: dict[int, Unit] = dict(roots)
    for old in subtree(moving.transaction.session, units):
        if old.id in roots or old.parent_id is None:
            continue
        of[old.id] = of[old.parent_id]
        direct = old.parent_id in roots
        number = moving.places.get(old.code, moving.default) if direct else moving.root_of[old.parent_id]
        above = moving.successor(old.parent_id, number)
        name = old.name.replace(of[old.id].name, moving.successor(of[old.id].id, number).name)
        key = (above.id, old.kind, name)
        new = merged.get(key)
        if new is None or old.kind in KEPT_APART:
            new = enter_unit(moving.transaction, above, name, old.level, old.kind, moving.change.day)
            merged[key] = new
        new.fictitious = new.fictitious or old.fictitious
        new.search_key = found_by(new.name, new.search_key, old.search_key)
        moving.below[old.id], moving.root_of[old.id] = new, number
        old.to_date = moving.change.day - ONE_DAY
    _point_to_new_bodies(moving)


def _point_to_new_bodies(moving: Moving) -> None:
    """Who had their cadres managed by a party body that ends goes on with its successor."""
    session = moving.transaction.session
    session.flush()
    for old_id, new in moving.below.items():
        old = session.get_one(Unit, old_id)
        new.cadre_body_id = new.cadre_body_id or old.cadre_body_id
    session.flush()
    managed = select(Unit).where(Unit.cadre_body_id.in_(moving.below), Unit.to_date.is_(None))
    for unit in session.scalars(managed).all():
        assert unit.cadre_body_id is not None
        unit.cadre_body_id = moving.below[unit.cadre_body_id].id


def enter_successions(moving: Moving) -> None:
    """Enter who comes after whom, and for all who came before them the same at second hand."""
    session = moving.transaction.session
    session.flush()
    pairs = [(old, new.id) for old, made in moving.roots.items() for new in made]
    pairs += [(old, new.id) for old, new in moving.below.items()]
    before: dict[int, list[int]] = {}
    known = select(UnitSuccession.successor_id, UnitSuccession.predecessor_id)
    for successor, predecessor in session.execute(known.where(UnitSuccession.successor_id.in_(moving.ids))):
        before.setdefault(successor, []).append(predecessor)
    found = dict.fromkeys(pairs, True)
    for old, new in pairs:
        for first in before.get(old, ()):
            found.setdefault((first, new), False)
    session.add_all(
        UnitSuccession(change_id=moving.change.id, predecessor_id=old, successor_id=new, direct=direct)
        for (old, new), direct in found.items()
    )


def moving_again(transaction: Transaction, change: UnitChange) -> Moving:
    """A merger or split that was entered, for what goes over afterwards."""
    moving = Moving(transaction, change, {}, **change.choices)
    pairs = (
        select(UnitSuccession.predecessor_id, Unit)
        .join(Unit, Unit.id == UnitSuccession.successor_id)
        .where(UnitSuccession.change_id == change.id, UnitSuccession.direct)
        .order_by(UnitSuccession.id)
    )
    for old, new in transaction.session.execute(pairs):
        moving.roots.setdefault(old, []).append(new)
    parts = moving.roots.get(change.unit_id, [])
    for old, (new, *_others) in moving.roots.items():
        under = [number for number, part in enumerate(parts) if part.contains(new)]
        if old != change.unit_id and under:
            moving.root_of[old] = under[0]
    return moving
