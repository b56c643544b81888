"""Keeps the sheets a unit prints its certificates on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from webapp.documents.certificates import certificate_type
from webapp.models import Blank, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.blanks import TENTHS, printing_places
from webapp.text import nfc
from workflows.award_events import BlankDeleted, BlankSaved
from workflows.forms import Fault


@dataclass(frozen=True)
class Measured:
    """A blank as it was typed: name, size in mm, ``{field: (dx, dy)}`` in mm, fields it has printed already."""

    name: str
    width: float
    height: float
    shifts: Mapping[str, tuple[float, float]]
    hidden: frozenset[str]
    background: bool = False
    with_code: bool = False


def save_blank(unit: str, type: str, measured: Measured, *, actor: Actor, now: Now) -> str:
    """Add a blank of a type of certificate; returns its public id.

    Raises NotFound, Forbidden, and InvalidForm where the unit has one of this name.
    """
    with write(actor, now) as transaction:
        place = transaction.session.scalar(select(Unit).where(Unit.code == unit))
        if place is None:
            raise NotFound
        _check_printer(transaction, place.id)
        transaction.hold(Unit, place.id)
        blank = Blank(unit_id=place.id, unit=place, type=certificate_type(type).name, version=0)
        _fill(transaction, blank, measured)
        transaction.session.add(blank)
        _log(transaction, blank)
        return blank.public_id


def change_blank(public_id: str, version: int, measured: Measured, *, actor: Actor, now: Now) -> None:
    """Measure a blank anew. Raises like `save_blank`, and NotNow("changed_meanwhile") if somebody was faster."""
    with write(actor, now) as transaction:
        blank = _held(transaction, public_id)
        if blank.version != version:
            raise NotNow("blank_changed")
        _fill(transaction, blank, measured)
        _log(transaction, blank)


def delete_blank(public_id: str, *, actor: Actor, now: Now) -> None:
    """Delete a blank. Raises NotFound and Forbidden."""
    with write(actor, now) as transaction:
        blank = _held(transaction, public_id)
        transaction.session.delete(blank)
        transaction.log("blanks", BlankDeleted(unit=blank.unit.code, kind=blank.type, name=blank.name))


def _held(transaction: Transaction, public_id: str) -> Blank:
    query = select(Blank).where(Blank.public_id == public_id)
    blank = transaction.session.scalar(query)
    if blank is None:
        raise NotFound
    _check_printer(transaction, blank.unit_id)
    transaction.hold(Unit, blank.unit_id)
    transaction.session.refresh(blank)
    return blank


def _check_printer(transaction: Transaction, unit_id: int) -> None:
    if unit_id not in printing_places(acting_standing(transaction)):
        raise Forbidden


def _fill(transaction: Transaction, blank: Blank, measured: Measured) -> None:
    name = nfc(measured.name)
    query = select(Blank.id).where(
        Blank.unit_id == blank.unit_id, Blank.type == blank.type, Blank.name == name
    )
    with transaction.session.no_autoflush:
        known = transaction.session.scalar(query)
    if known is not None and known != blank.id:
        raise InvalidForm([Fault("/name", "blank_name_taken")])
    fields = [field.name for field in certificate_type(blank.type).variable]
    blank.name = name
    blank.width, blank.height = _tenths(measured.width), _tenths(measured.height)
    blank.background, blank.with_code = measured.background, measured.with_code
    moved = {name: [_tenths(d) for d in measured.shifts.get(name, (0.0, 0.0))] for name in fields}
    blank.shifts = {name: shift for name, shift in moved.items() if any(shift)}
    blank.hidden = [name for name in fields if name in measured.hidden]
    blank.version += 1
    blank.saved_at, blank.saved_by_id = transaction.now.at, transaction.actor.person_id or 0


def _tenths(value: float) -> int:
    return round(value * TENTHS)


def _log(transaction: Transaction, blank: Blank) -> None:
    transaction.session.flush()
    happening = BlankSaved(unit=blank.unit.code, kind=blank.type, name=blank.name, version=blank.version)
    transaction.log("blanks", happening)
