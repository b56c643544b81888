"""Units as they change: added, renamed, closed, each from a day on, with the paper that says so."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy import or_, select

from webapp.models import RoleHolding, Unit, UnitChange
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import unit_in_reach
from webapp.operations.refusals import InvalidForm
from webapp.operations.stranded import give_back_stranded
from webapp.operations.transaction import Transaction, write
from webapp.queries.unit_changes import left_in
from webapp.text import nfc, search_key, sort_key
from workflows.events import RoleEnded
from workflows.forms import Fault
from workflows.office_events import UnitAdded, UnitClosed, UnitRenamed
from workflows.vocabulary import UnitKind, UnitLevel

ONE_DAY = dt.timedelta(days=1)
BETWEEN = " | "
LONGEST_PART, LONGEST_CODE, LONGEST_SEARCH = 40, 120, 500
PLACE_WORDS = re.compile(r"^(tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong|dac khu|ap|thon|khom)\s+")
"""What a name begins with and a code does not."""


@dataclass(frozen=True)
class LegalPaper:
    """The paper a change is made by, as it is called; empty where the office names none."""

    number: str = ""
    date: dt.date | None = None
    issuer: str = ""


@dataclass(frozen=True)
class NewUnit:
    """A unit to add below ``parent`` (a code)."""

    parent: str
    name: str
    level: UnitLevel
    kind: UnitKind
    day: dt.date


def add_unit(new: NewUnit, paper: LegalPaper, *, actor: Actor, now: Now) -> str:
    """Add a unit; returns its code.

    Raises NotFound, InvalidForm for a name that is there already and below a unit that is closed.
    """
    with write(actor, now) as transaction:
        parent = unit_in_reach(transaction, new.parent)
        transaction.hold(Unit, parent.id)
        refuse_closed(parent, "/parent")
        refuse_same_name(transaction, parent, new.name)
        unit = enter_unit(transaction, parent, new.name, new.level, new.kind, new.day)
        change = enter_change(transaction, "added", unit, new.day, paper)
        added = UnitAdded(unit=unit.code, change=change.public_id, from_date=new.day.isoformat())
        transaction.log("units", added)
        return unit.code


def rename_unit(code: str, name: str, day: dt.date, paper: LegalPaper, *, actor: Actor, now: Now) -> None:
    """Give a unit another name from a day on; it is found by the old one, too, and papers drawn before keep it.

    Raises NotFound unless the actor administers the unit above it, InvalidForm for the same name, one that is there
    already, and a day ahead.
    """
    with write(actor, now) as transaction:
        unit = changeable(transaction, code)
        refuse_closed(unit, "/name")
        refuse_ahead(transaction, day)
        if nfc(name) == unit.name:
            raise InvalidForm([Fault("/name", "same_name")])
        if unit.parent:
            refuse_same_name(transaction, unit.parent, name)
        old, unit.name = unit.name, nfc(name)
        unit.sort_key = sort_key(unit.name)
        unit.search_key = found_by(unit.name, unit.search_key)
        change = enter_change(transaction, "renamed", unit, day, paper, old_name=old)
        renamed = UnitRenamed(
            unit=code, change=change.public_id, from_date=day.isoformat(), before=old, after=unit.name
        )
        transaction.log("units", renamed)


def close_unit(code: str, day: dt.date, paper: LegalPaper, *, actor: Actor, now: Now) -> None:
    """Close a unit with a day, its last; roles in it end with it.

    Raises NotFound unless the actor administers the unit above it, InvalidForm while anything is open in it or a unit
    below it is not closed, and for a day ahead.
    """
    with write(actor, now) as transaction:
        unit = changeable(transaction, code)
        refuse_closed(unit, "/day")
        refuse_ahead(transaction, day)
        if left_in(transaction.session, unit).holds:
            raise InvalidForm([Fault("/day", "unit_at_work")])
        end_roles(transaction, unit, day)
        unit.to_date = day
        change = enter_change(transaction, "closed", unit, day, paper)
        transaction.log("units", UnitClosed(unit=code, change=change.public_id, to_date=day.isoformat()))
    give_back_stranded(actor=actor, now=now)


def changeable(transaction: Transaction, code: str) -> Unit:
    """A unit that the actor may change, held: they administer the one above it, if there is one. Raises NotFound."""
    unit = unit_in_reach(transaction, code)
    if unit.parent is not None:
        unit_in_reach(transaction, unit.parent.code)
    transaction.hold(Unit, unit.id)
    transaction.session.refresh(unit)
    return unit


def refuse_closed(unit: Unit, pointer: str) -> None:
    """Raises InvalidForm for a unit that is no more."""
    if unit.to_date is not None:
        raise InvalidForm([Fault(pointer, "unit_closed", {"unit": unit.name})])


def refuse_ahead(transaction: Transaction, day: dt.date) -> None:
    """Raises InvalidForm for a day that has not come: what changes, changes at once."""
    if day > transaction.day:
        raise InvalidForm([Fault("/day", "day_ahead")])


def refuse_same_name(transaction: Transaction, parent: Unit, name: str, but: tuple[int, ...] = ()) -> None:
    """Raises InvalidForm when a unit that is not closed has this name below the same one."""
    same = select(Unit.id).where(
        Unit.parent_id == parent.id, Unit.name == nfc(name), Unit.to_date.is_(None), Unit.id.not_in(but)
    )
    if transaction.session.scalar(same.limit(1)) is not None:
        raise InvalidForm([Fault("/name", "name_there")])


def enter_unit(
    transaction: Transaction, parent: Unit | None, name: str, level: str, kind: str, day: dt.date
) -> Unit:
    """The row of a new unit; its code is made from its name and never changes."""
    name = nfc(name)
    unit = Unit(
        code=_free_code(transaction, parent, name),
        name=name,
        level=level,
        kind=kind,
        parent_id=parent.id if parent else None,
        from_date=day,
        sort_key=sort_key(name),
        search_key=search_key(name),
    )
    transaction.session.add(unit)
    transaction.session.flush()
    return unit


def _free_code(transaction: Transaction, parent: Unit | None, name: str) -> str:
    above = f"{parent.code}/" if parent else ""
    plain = PLACE_WORDS.sub("", search_key(name))
    part = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_PART].strip("-") or "don-vi"
    taken = select(Unit.code).where(Unit.code.startswith(above + part, autoescape=True))
    known = set(transaction.session.scalars(taken))
    found, number = above + part, 1
    while found in known:
        number += 1
        found = f"{above}{part}-{number}"
    if len(found) > LONGEST_CODE:
        raise InvalidForm([Fault("/name", "too_long", {"limit": LONGEST_PART})])
    return found


def found_by(name: str, *old: str) -> str:
    """What a search looks through: the name without marks, and what was found before."""
    parts = [search_key(name), *(part for each in old for part in each.split(BETWEEN))]
    return BETWEEN.join(dict.fromkeys(parts))[:LONGEST_SEARCH]


def enter_change(
    transaction: Transaction,
    kind: str,
    unit: Unit,
    day: dt.date,
    paper: LegalPaper,
    old_name: str | None = None,
) -> UnitChange:
    """The row of the history of units."""
    change = UnitChange(
        kind=kind,
        unit_id=unit.id,
        day=day,
        paper_number=nfc(paper.number) or None,
        paper_date=paper.date,
        paper_issuer=nfc(paper.issuer) or None,
        old_name=old_name,
        new_name=unit.name,
        entered_by_id=transaction.actor.person_id,
        entered_at=transaction.now.at,
    )
    transaction.session.add(change)
    transaction.session.flush()
    return change


def end_roles(
    transaction: Transaction, unit: Unit, last: dt.date
) -> list[tuple[RoleHolding, dt.date | None]]:
    """Let the roles in a unit end with a day; returns each with the end it had before."""
    held = select(RoleHolding).where(
        RoleHolding.unit_id == unit.id, or_(RoleHolding.to_date.is_(None), RoleHolding.to_date > last)
    )
    ended = []
    for holding in transaction.session.scalars(held.order_by(RoleHolding.id)).all():
        ended.append((holding, holding.to_date))
        before = holding.to_date.isoformat() if holding.to_date else ""
        holding.to_date = max(last, holding.from_date)
        person = holding.person.public_id
        happening = RoleEnded(
            person, holding.role, unit.code, holding.to_date.isoformat(), before_date=before
        )
        transaction.log(f"person/{person}", happening)
    return ended
