"""Reminds units of what they owe: one notice and one e-mail a person for all of it, once a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from webapp.models import Case, OwedReminder, RoleHolding, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.notices import tell
from webapp.operations.refusals import Forbidden, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.owed_reminders import told_today
from webapp.queries.owing import LONGEST, REMINDERS, Desk, Owed, OwedFilter, desk_at, owed_by
from webapp.queries.owing_units import owing_units
from webapp.queries.people import held_at
from workflows.events import UnitsReminded

ALWAYS = ("officer", "commune_chair")
"""Who in a unit is told of all that it owes; others are told of what is theirs to do."""
TOLD = 20
"""So many things a notice names; it says how many there are."""


def remind_of_owed(
    desk: str,
    unit: str | None = None,
    item: str | None = None,
    wanted: OwedFilter = OwedFilter(),  # noqa: B008 -- it is frozen
    *,
    actor: Actor,
    now: Now,
) -> list[str]:
    """Remind one unit (its code), or all, of what they owe the unit ``desk``, or of one thing; returns who was told.

    ``wanted``: of what is asked for alone. Nobody is reminded of the same thing twice a day. Each unit has a
    transaction of its own, so what was sent stays sent. Raises Forbidden, NotNow("nobody_to_remind").
    """
    with write(actor, now) as transaction:
        asking = _desk(transaction, desk)
        codes = [each.code for each in owing_units(transaction.session, asking, wanted) if each.to_remind]
    told = []
    for code in codes if unit is None else [unit]:
        with write(actor, now) as transaction:
            if _remind(transaction, _desk(transaction, desk), code, item, wanted):
                told.append(code)
    if not told:
        raise NotNow("nobody_to_remind")
    return told


def _desk(transaction: Transaction, code: str) -> Desk:
    """The desk somebody asks for. Raises Forbidden."""
    unit = transaction.session.scalar(select(Unit).where(Unit.code == code))
    if unit is None or unit.id not in acting_standing(transaction).units(*REMINDERS):
        raise Forbidden
    return desk_at(transaction.session, unit, transaction.now.at)


def _remind(transaction: Transaction, desk: Desk, unit: str, item: str | None, wanted: OwedFilter) -> bool:
    """Tell a unit of what it owes and was not told of today; whether anybody was there to be told."""
    due = _due(transaction, desk, unit, item, wanted)
    cases = {case_id: transaction.lock_case(case_id) for case_id in sorted({each.case_id for each in due})}
    owed = [each for each in _due(transaction, desk, unit, item, wanted) if each.case_id in cases]
    messages = _by_person(transaction, unit, owed)
    if not messages:
        return False
    for things, people in messages.items():
        case = cases[things[0].case_id]
        tell(transaction, case, people, "work_owed", about=_about(desk, things))
    reached = {each.item: each for things in messages for each in things}
    _note(transaction, desk, unit, list(reached.values()), cases)
    return True


def _due(transaction: Transaction, desk: Desk, unit: str, item: str | None, wanted: OwedFilter) -> list[Owed]:
    """What a unit owes and was not told of today, those due first; what is over LONGEST waits for the next reminder."""
    told = told_today(transaction.session, desk)
    owed = [each for each in owed_by(transaction.session, desk, unit) if wanted.fits(each.kind, each.late)]
    return [each for each in owed if item in (None, each.item) and each.item not in told][:LONGEST]


def _by_person(
    transaction: Transaction, unit: str, owed: Sequence[Owed]
) -> dict[tuple[Owed, ...], list[int]]:
    """Who is told of what: people by the things they are to be told of; of a unit that is no more, who came after."""
    places = transaction.session.scalars(select(Unit.id).where(Unit.code == unit)).all()
    holdings = transaction.session.scalars(select(RoleHolding).where(held_at(places)))
    held: defaultdict[int, set[str]] = defaultdict(set)
    for each in holdings:
        if each.holds_on(transaction.day):
            held[each.person_id].add(each.role)
    people = set(held) | {each.person_id for each in owed if each.person_id is not None}
    told: defaultdict[tuple[Owed, ...], list[int]] = defaultdict(list)
    for person in sorted(people):
        if things := tuple(each for each in owed if _concerns(each, person, held[person])):
            told[things].append(person)
    return told


def _concerns(owed: Owed, person: int, roles: set[str]) -> bool:
    if roles & {*ALWAYS} or owed.person_id == person:
        return True
    return owed.person_id is None and owed.role in roles


def _about(desk: Desk, things: Iterable[Owed]) -> dict[str, Any]:
    """What the notice names: from whom, how many, and the first of them."""
    listed = [each.told for each in things]
    return {"from": desk.unit.name, "number": len(listed), "owed": listed[:TOLD]}


def _note(
    transaction: Transaction, desk: Desk, unit: str, owed: Sequence[Owed], cases: dict[int, Case]
) -> None:
    """Keep that they were reminded, and log it in each case it is about."""
    place = transaction.session.execute(select(Unit.id).where(Unit.code == unit)).scalar_one()
    transaction.session.add_all(
        OwedReminder(
            item=each.item,
            unit_id=place,
            by_unit_id=desk.unit.id,
            person_id=transaction.actor.person_id,
            day=transaction.day,
            reminded_at=transaction.now.at,
        )
        for each in owed
    )
    for case_id, element in sorted({(each.case_id, each.element) for each in owed}):
        transaction.log_case(cases[case_id], UnitsReminded(element=element, units=[unit]))
