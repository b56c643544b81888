"""Reminds the members of a cluster of what they owe its scoring."""

from __future__ import annotations

from webapp.models import Case
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.cluster_scoring import held_year
from webapp.operations.refusals import Forbidden, NotFound
from webapp.operations.reminders import remind
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction, write
from webapp.queries.cluster_reminders import OWED, members_reminded_at, reminds_members


def remind_members(code: str, year: int, unit: str | None = None, *, actor: Actor, now: Now) -> list[str]:
    """Remind one member (its code), or all, that have not scored themselves or another one, or voted.

    Returns the codes of who was told. A member is reminded of the same thing once a day.
    Raises NotFound, Forbidden, CaseFrozen, CaseEnded, NotNow("nobody_to_remind").
    """
    with write(actor, now) as transaction:
        case = _scoring(transaction, code, year)
        last = members_reminded_at(transaction.session, case)
        return remind(transaction, case, OWED, unit, lambda place, notice: last.get((place.id, notice)))


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
