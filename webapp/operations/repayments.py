"""Money of revoked awards that came back, taken back where it was entered by mistake, also after the case has ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from webapp.models import Repayment
from webapp.operations.acting import Actor, Now
from webapp.operations.decision_days import refuse_before
from webapp.operations.interventions import seen_case
from webapp.operations.payments import mark_undone
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound
from webapp.operations.transaction import Transaction, write
from webapp.queries.amendments import owed, repayment_of
from webapp.queries.payments import PAYERS
from webapp.text import nfc
from workflows.amendment_events import RepaymentUndone
from workflows.forms import Fault


@dataclass(frozen=True)
class NewRepayment:
    """What really came back, in đồng, by the number of its receipt."""

    amount: int
    returned_on: dt.date
    document_number: str


def undo_repayment(
    public_id: str, reason: str, instead: NewRepayment | None, *, actor: Actor, now: Now
) -> None:
    """Take back what was entered as paid back by mistake, and enter what came ``instead``, if anything did.

    Raises NotFound, Forbidden, NotNow("undone_already"), and InvalidForm without a reason, for a day to come or more
    than is owed.
    """
    with write(actor, now) as transaction:
        wrong = repayment_of(transaction.session, public_id)
        if wrong is None:
            raise NotFound
        decision = wrong.revoked_award.revocation.decision
        case, standing = seen_case(transaction, decision.case.code, "award_revocation")
        if decision.unit_id not in standing.units(*PAYERS):
            raise Forbidden
        mark_undone(transaction, wrong, reason)
        if instead is not None:
            _enter(transaction, wrong, instead)
        undone = RepaymentUndone(
            award=wrong.revoked_award.award.public_id,
            amount=wrong.amount,
            instead=instead.amount if instead else 0,
        )
        transaction.log_case(case, undone, private={"reason": wrong.undone_reason})


def _enter(transaction: Transaction, wrong: Repayment, instead: NewRepayment) -> None:
    left = owed(wrong.revoked_award).left
    if instead.amount > left:
        raise InvalidForm([Fault("/amount", "over_owed", {"left": left})])
    if instead.returned_on > transaction.day:
        raise InvalidForm([Fault("/returned_on", "in_the_future")])
    refuse_before(wrong.revoked_award.award.decision, {"/returned_on": instead.returned_on})
    wrong.revoked_award.repayments.append(
        Repayment(
            amount=instead.amount,
            returned_on=instead.returned_on,
            document_number=nfc(instead.document_number),
            entered_at=transaction.now.at,
            entered_by_id=transaction.actor.person_id,
        )
    )
