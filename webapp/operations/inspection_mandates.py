"""What a decision on an inspection says, and whether it can stand: days, units in reach, people who may inspect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select

from webapp.models import Inspection, Person, RoleHolding, Unit
from webapp.operations.refusals import InvalidForm, NotFound
from webapp.operations.transaction import Transaction
from webapp.queries.inspecting import below
from webapp.queries.inspections import OPENERS
from webapp.queries.standing import Standing, at_or_below
from webapp.text import nfc
from workflows.forms import Fault


@dataclass(frozen=True)
class Mandate:
    """What a decision on an inspection says; ``units`` and ``campaign`` are codes, people public ids.

    All days are included. The ``head`` is a member as well.
    """

    title: str
    decision_number: str
    decision_date: dt.date
    issued_by: str
    units: Sequence[str]
    period_from: dt.date
    period_to: dt.date
    begins_on: dt.date
    ends_on: dt.date
    head: str
    members: Sequence[str] = ()
    campaign: str | None = None


def checked(
    transaction: Transaction, standing: Standing | None, mandate: Mandate
) -> tuple[list[Unit], list[tuple[Person, bool]]]:
    """The units, and the members each with whether they are its head. Raises NotFound, InvalidForm."""
    session = transaction.session
    reach: list[ColumnElement[bool]] = [] if standing is None else [at_or_below(standing, *OPENERS)]
    codes = list(dict.fromkeys(mandate.units))
    units = list(session.scalars(select(Unit).where(Unit.code.in_(codes), *reach).order_by(Unit.code)))
    if len(units) != len(codes):
        raise NotFound
    ids = list(dict.fromkeys([mandate.head, *mandate.members]))
    found = session.scalars(select(Person).where(Person.public_id.in_(ids), Person.active))
    people = {person.public_id: person for person in found}
    if len(people) != len(ids):
        raise NotFound
    if faults := [
        *_day_faults(mandate, transaction.day),
        *_dependent(transaction, codes, list(people.values())),
    ]:
        raise InvalidForm(faults)
    return units, [(people[public_id], public_id == mandate.head) for public_id in ids]


def _day_faults(mandate: Mandate, today: dt.date) -> list[Fault]:
    faults = []
    if mandate.decision_date > today:
        faults.append(Fault("/decision_date", "in_the_future"))
    if mandate.period_to < mandate.period_from:
        faults.append(Fault("/period_to", "before_beginning", {"day": mandate.period_from}))
    if mandate.ends_on < mandate.begins_on:
        faults.append(Fault("/ends_on", "before_beginning", {"day": mandate.begins_on}))
    if mandate.begins_on < mandate.decision_date:
        faults.append(Fault("/begins_on", "before_beginning", {"day": mandate.decision_date}))
    return faults


def _dependent(transaction: Transaction, codes: Sequence[str], people: Sequence[Person]) -> list[Fault]:
    """Nobody inspects the unit they work in: a role there, other than an auditor's, excludes."""
    works = exists().where(
        RoleHolding.person_id == Person.id,
        RoleHolding.role != "auditor",
        RoleHolding.from_date <= transaction.day,
        RoleHolding.to_date.is_(None) | (RoleHolding.to_date >= transaction.day),
        RoleHolding.unit_id.in_(select(Unit.id).where(below(codes))),
    )
    query = select(Person.name).where(Person.id.in_([one.id for one in people]), works)
    names = transaction.session.scalars(query.order_by(Person.sort_key)).all()
    return [Fault("/members", "works_there", {"names": ", ".join(names)})] if names else []


def refuse_twice(transaction: Transaction, mandate: Mandate) -> None:
    """Raises InvalidForm when an inspection by this decision is entered already."""
    same = select(Inspection.id).where(
        Inspection.decision_number == nfc(mandate.decision_number),
        Inspection.decision_date == mandate.decision_date,
        Inspection.issued_by == nfc(mandate.issued_by),
    )
    if transaction.session.scalar(same.limit(1)) is not None:
        raise InvalidForm([Fault("/decision_number", "inspection_entered")])
