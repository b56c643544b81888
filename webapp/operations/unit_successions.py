"""Units merged and split: what is open goes on at the successor, what has ended stays with the unit that was.

The change is one fact in one transaction; the dossiers under way go over after it, one by one (``moving_cases``).
Codes never change, so the log, the engine and papers keep what they say. A task that asks a unit by its name (a report,
an acknowledgement) keeps that name; whoever holds the role at a successor does it (see ``Standing.past``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from webapp.models import Unit, UnitChange
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import unit_in_reach
from webapp.operations.long_work import carry_at_once
from webapp.operations.moving_cases import MOVES
from webapp.operations.moving_work import Moving, end_seats, move_open_work, renew_roles
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.stranded import give_back_stranded
from webapp.operations.successors import enter_successions, successors_below
from webapp.operations.transaction import Transaction, write
from webapp.operations.unit_changes import (
    ONE_DAY,
    LegalPaper,
    changeable,
    enter_change,
    enter_unit,
    found_by,
    refuse_ahead,
    refuse_closed,
    refuse_same_name,
)
from webapp.queries.unit_changes import coming_over, is_sitting, subtree
from workflows.forms import Fault
from workflows.office_events import UnitsMerged, UnitSplit


@dataclass(frozen=True)
class Merger:
    """Units (codes) that become one from ``day`` on, below ``parent`` (a code; None: above all).

    ``roles``: row ids of the roles whose holders go on with them in the new unit.
    """

    units: Sequence[str]
    name: str
    parent: str | None
    day: dt.date
    paper: LegalPaper
    roles: Sequence[int]


@dataclass(frozen=True)
class Split:
    """A unit (code) that becomes several. Numbers are places in ``names``.

    ``default`` takes all that nothing else is said of; ``cases`` by case code, ``below`` by the code of a unit directly
    below, ``roles`` by row id: where each goes. A role not named ends.
    """

    unit: str
    names: Sequence[str]
    day: dt.date
    paper: LegalPaper
    roles: Mapping[int, int]
    default: int = 0
    cases: Mapping[str, int] = field(default_factory=dict)
    below: Mapping[str, int] = field(default_factory=dict)


def merge_units(merger: Merger, *, actor: Actor, now: Now) -> str:
    """Merge units into a new one; returns its code.

    Raises NotFound unless the actor administers the units above, InvalidForm for fewer than two, for units that differ
    in kind or level or are closed, a name that is there, a day ahead, and a role with open work nobody goes on with;
    NotNow: "session_open" while a council sits in one of them, "cases_coming" while dossiers go over to one.
    """
    with write(actor, now) as transaction:
        units = [changeable(transaction, code) for code in sorted(set(merger.units))]
        parent = unit_in_reach(transaction, merger.parent) if merger.parent else None
        _refuse_unlike(units)
        _refuse(transaction, units, merger.day)
        if parent:
            refuse_closed(parent, "/parent")
            if any(unit.contains(parent) for unit in units):
                raise InvalidForm([Fault("/parent", "below_itself")])
            refuse_same_name(transaction, parent, merger.name, tuple(unit.id for unit in units))
        new = enter_unit(transaction, parent, merger.name, units[0].level, units[0].kind, merger.day)
        change = enter_change(transaction, "merged", new, merger.day, merger.paper)
        moving = Moving(transaction, change, {unit.id: [new] for unit in units})
        cases = _succeed(moving, units, dict.fromkeys(merger.roles, 0))
        merged = UnitsMerged(
            unit=new.code,
            change=change.public_id,
            predecessors=[unit.code for unit in units],
            from_date=merger.day.isoformat(),
            cases=cases,
        )
        _tell(transaction, change, merged, cases)
        public_id = change.public_id
    carry_at_once(MOVES, public_id, now)
    give_back_stranded(actor=actor, now=now)
    return new.code


def split_unit(split: Split, *, actor: Actor, now: Now) -> list[str]:
    """Split a unit into new ones below the same unit; returns their codes. Raises as :func:`merge_units`."""
    with write(actor, now) as transaction:
        unit = changeable(transaction, split.unit)
        _refuse(transaction, [unit], split.day)
        if len({found_by(name) for name in split.names}) < max(2, len(split.names)):
            raise InvalidForm([Fault("/names", "two_needed")])
        if unit.parent:
            for name in split.names:
                refuse_same_name(transaction, unit.parent, name, (unit.id,))
        made = [
            enter_unit(transaction, unit.parent, name, unit.level, unit.kind, split.day)
            for name in split.names
        ]
        change = enter_change(transaction, "split", unit, split.day, split.paper)
        change.choices = {"default": split.default, "cases": dict(split.cases)}
        moving = Moving(transaction, change, {unit.id: made}, places=dict(split.below), **change.choices)
        cases = _succeed(moving, [unit], split.roles)
        happening = UnitSplit(
            unit=unit.code,
            change=change.public_id,
            successors=[each.code for each in made],
            from_date=split.day.isoformat(),
            cases=cases,
        )
        _tell(transaction, change, happening, cases)
        codes, public_id = [each.code for each in made], change.public_id
    carry_at_once(MOVES, public_id, now)
    give_back_stranded(actor=actor, now=now)
    return codes


def _refuse_unlike(units: Sequence[Unit]) -> None:
    if len(units) < 2:
        raise InvalidForm([Fault("/units", "two_needed")])
    if len({(unit.level, unit.kind) for unit in units}) > 1:
        raise InvalidForm([Fault("/units", "units_unlike")])
    if any(one.contains(other) for one in units for other in units if one is not other):
        raise InvalidForm([Fault("/units", "below_itself")])


def _refuse(transaction: Transaction, units: Sequence[Unit], day: dt.date) -> None:
    refuse_ahead(transaction, day)
    for unit in units:
        refuse_closed(unit, "/units")
        if unit.from_date is not None and unit.from_date >= day:
            raise InvalidForm([Fault("/day", "before_beginning", {"day": unit.from_date + ONE_DAY})])
    ids = [unit.id for unit in subtree(transaction.session, units)]
    if is_sitting(transaction.session, ids):
        raise NotNow("session_open")
    if coming_over(transaction.session, ids):
        raise NotNow("cases_coming")


def _succeed(moving: Moving, units: Sequence[Unit], roles: Mapping[int, int]) -> int:
    """Let everything of the units go on at their successors; returns how many cases go over."""
    last = moving.change.day - ONE_DAY
    successors_below(moving, units)
    for unit in units:
        unit.to_date = last
        for new in moving.roots[unit.id]:
            _inherit(unit, new)
    enter_successions(moving)
    cases = move_open_work(moving)
    renew_roles(moving, units, roles, last)
    end_seats(moving, last)
    return cases


def _tell(
    transaction: Transaction, change: UnitChange, happening: UnitsMerged | UnitSplit, cases: int
) -> None:
    """Log the change, then that its cases begin to go over; last of all, as who closes a unit logs roles first."""
    transaction.log("units", happening)
    if cases:
        MOVES.tell_begun(transaction, change, cases)


def _inherit(old: Unit, new: Unit) -> None:
    """Found by the old name, too; made up as long as any of them was."""
    new.search_key = found_by(new.name, new.search_key, old.search_key)
    new.fictitious = new.fictitious or old.fictitious
    new.cadre_body_id = new.cadre_body_id or old.cadre_body_id
