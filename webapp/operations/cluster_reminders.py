"""Reminds the members of a cluster of what they owe its scoring."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from webapp.models import Case, Task, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.cluster_scoring import held_year
from webapp.operations.notices import tell
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction, write
from webapp.queries.cluster_reminders import OWED, members_reminded_at, reminds_members
from webapp.queries.people import holders_in
from webapp.queries.reminders import REMINDED
from workflows.events import UnitsReminded
from workflows.values import local_day


def remind_members(code: str, year: int, unit: str | None = None, *, actor: Actor, now: Now) -> list[str]:
    """Remind one member (its code), or all, that have not scored themselves or another one, or voted.

    Returns the codes of who was told. A member is reminded of the same thing once a day.
    Raises NotFound, Forbidden, CaseFrozen, CaseEnded, NotNow("nobody_to_remind").
    """
    with write(actor, now) as transaction:
        case = _scoring(transaction, code, year)
        told: list[str] = []
        for element, units in _owing(transaction, case, unit).items():
            people = holders_in(transaction.session, [each.id for each in units], REMINDED, transaction.day)
            tell(transaction, case, people, OWED[element])
            codes = sorted(each.code for each in units)
            transaction.log_case(case, UnitsReminded(element=element, units=codes))
            told += codes
        if not told:
            raise NotNow("nobody_to_remind")
        return sorted(set(told))


def _scoring(transaction: Transaction, code: str, year: int) -> Case:
    """The running case of a year, locked, for who may remind its members. Raises NotFound, Forbidden."""
    standing = acting_standing(transaction)
    row = held_year(transaction, standing, code, year)
    if row.case_id is None:
        raise NotFound
    if not reminds_members(standing, row):
        raise Forbidden
    case = transaction.lock_case(row.case_id)
    refuse_unless_active(case)
    return case


def _owing(transaction: Transaction, case: Case, unit: str | None) -> dict[str, list[Unit]]:
    """The units to be reminded by the element of their task, without those reminded of it today."""
    last = members_reminded_at(transaction.session, case)
    query = (
        select(Task.element, Unit)
        .join(Unit, Unit.id == Task.unit_id)
        .where(Task.case_id == case.id, Task.status == "open", Task.element.in_(OWED))
        .order_by(Unit.sort_key)
    )
    found: defaultdict[str, list[Unit]] = defaultdict(list)
    for element, place in transaction.session.execute(query):
        at = last.get((place.id, OWED[element]))
        if unit in (None, place.code) and (at is None or local_day(at) != transaction.day):
            found[element].append(place)
    return found
