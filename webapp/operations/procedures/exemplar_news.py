"""Who hears what became of an exemplar: at its selection, and when it is withdrawn or taken down."""

from __future__ import annotations

from sqlalchemy import select

from webapp.models import Case, Introduction, Replication
from webapp.operations import hooks
from webapp.operations.hooks import Completing
from webapp.operations.notices import tell
from webapp.operations.transaction import Transaction
from webapp.queries.people import holders_in

SELECTED = {
    "select": "exemplar_selected",
    "foster": "exemplar_fostered_on",
    "not_chosen": "exemplar_not_chosen",
}
"""What is told of each decision of the selection."""

WITHDRAWN, TAKEN_DOWN, NO_LONGER_INTRODUCED = (
    "exemplar_withdrawn",
    "exemplar_taken_down",
    "replication_exemplar_gone",
)


@hooks.completing("exemplar", "select_exemplar")
def tell_of_selection(completing: Completing) -> None:
    """Who proposed it and the officer of its unit hear what was decided, and why."""
    transaction, case = completing.transaction, completing.case
    people = _of_unit(transaction, case) | _proposer(case)
    reason = {"reason": str(completing.form["reason"])}
    tell(transaction, case, people, SELECTED[completing.form["decision"]], about=reason)


@hooks.stopped("exemplar")
def tell_of_withdrawal(transaction: Transaction, case: Case, reason: str) -> None:
    """Who worked on it hears that it is withdrawn; units that apply it, that it is no longer introduced."""
    introduction = transaction.session.scalar(select(Introduction.id).where(Introduction.case_id == case.id))
    roles = ("specialist",) if introduction is None else ("specialist", "authority")
    people = holders_in(transaction.session, [case.organiser_id], roles, transaction.day)
    people |= _of_unit(transaction, case) | _proposer(case)
    template = WITHDRAWN if introduction is None else TAKEN_DOWN
    tell(transaction, case, people - {transaction.actor.person_id}, template, about={"reason": reason})
    applying = select(Case).join(Replication, Replication.case_id == Case.id)
    of_it = Replication.introduction_id == introduction, Case.state != "ended"
    for replication in transaction.session.scalars(applying.where(*of_it)).all():
        people = _of_unit(transaction, replication) | _proposer(replication)
        tell(transaction, replication, people, NO_LONGER_INTRODUCED)


def _of_unit(transaction: Transaction, case: Case) -> set[int]:
    return holders_in(transaction.session, [case.unit_id], ("officer",), transaction.day)


def _proposer(case: Case) -> set[int]:
    return set() if case.registrant_id is None else {case.registrant_id}
