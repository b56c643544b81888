"""Reminds units of what they owe a campaign."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping

from sqlalchemy import select

from webapp.models import Case, Task, Unit
from webapp.operations.acting import Actor, Now
from webapp.operations.campaign_cases import active_case
from webapp.operations.notices import tell
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.people import holders_in, units_with
from webapp.queries.plans import milestone_named, milestone_of
from webapp.queries.reminders import ALSO_REMINDED, OWED, REMINDED, reminded_at, reminds
from workflows.events import UnitsReminded
from workflows.values import local_day


def remind_units(code: str, unit: str | None = None, *, actor: Actor, now: Now) -> list[str]:
    """Remind one unit (its code), or all, of their open tasks in a campaign; returns the codes of who was told.

    A unit is reminded once a day. Raises NotFound, Forbidden, CaseFrozen, CaseEnded, NotNow("nobody_to_remind").
    """
    with write(actor, now) as transaction:
        case = active_case(transaction, code, reminds)
        last = reminded_at(transaction.session, case)
        return remind(transaction, case, OWED, unit, lambda place, _notice: last.get(place.id))


def remind(
    transaction: Transaction,
    case: Case,
    owed: Mapping[str, str],
    unit: str | None,
    last: Callable[[Unit, str], dt.datetime | None],
) -> list[str]:
    """Tell one unit (its code), or all, of the open tasks that are ``owed`` (element: notice); returns their codes.

    Who was reminded today, as ``last`` says of a unit and notice, is left in peace. Raises NotNow("nobody_to_remind").
    """
    told: list[str] = []
    for (element, due, code), units in _owing(transaction, case, owed, unit, last).items():
        roles = (*REMINDED, *ALSO_REMINDED.get(owed[element], ()))
        people = holders_in(transaction.session, [each.id for each in units], roles, transaction.day)
        about = milestone_named(transaction.session, case, code)
        about |= {"due": due.isoformat()} if due else {}
        tell(transaction, case, people, owed[element], about=about)
        codes = sorted(each.code for each in units)
        transaction.log_case(case, UnitsReminded(element=element, units=codes))
        told += codes
    if not told:
        raise NotNow("nobody_to_remind")
    return sorted(set(told))


def _owing(
    transaction: Transaction,
    case: Case,
    owed: Mapping[str, str],
    unit: str | None,
    last: Callable[[Unit, str], dt.datetime | None],
) -> dict[tuple[str, dt.datetime | None, str], list[Unit]]:
    """The units to be reminded by element, deadline and milestone of their task; a unit without anybody is not."""
    roles = {*REMINDED, *(role for also in ALSO_REMINDED.values() for role in also)}
    reached = Task.unit_id.in_(units_with(roles, transaction.day))
    query = (
        select(Task.element, Task.due, Task.items, Unit)
        .join(Unit, Unit.id == Task.unit_id)
        .where(Task.case_id == case.id, Task.status == "open", Task.element.in_(owed), reached)
        .order_by(Unit.sort_key)
    )
    found: defaultdict[tuple[str, dt.datetime | None, str], list[Unit]] = defaultdict(list)
    for element, due, items, place in transaction.session.execute(query):
        at = last(place, owed[element])
        if unit in (None, place.code) and (at is None or local_day(at) != transaction.day):
            found[element, due, milestone_of(items)].append(place)
    return found
