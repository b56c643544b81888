"""Prize money: who receives it, paid, and undone where it was entered by mistake."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from flask import current_app
from sqlalchemy import select

from webapp.identity import identity_digest
from webapp.models import Award, AwardPayment, Case, Decision, Payee, Repayment, Unit
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.decision_days import refuse_before
from webapp.operations.interventions import checked_reason, seen_case
from webapp.operations.purging import want_purge
from webapp.operations.refusals import CaseFrozen, Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.award_lists import numbered_decision, standing_awards
from webapp.queries.payments import PAYERS, live_payments, overdue_payees, payees_of, payment_of
from webapp.text import nfc
from workflows.after_events import PayeesEntered, PayeesErased, PaymentUndone, PrizesPaid
from workflows.forms import Fault

Way = Literal["cash", "account"]


@dataclass(frozen=True)
class NewPayee:
    """Who receives the prize of an award (its public id); empty where nobody has said."""

    award: str
    name: str = ""
    identity_number: str = ""
    account: str = ""
    bank: str = ""


def held_decision(transaction: Transaction, code: str, roles: Collection[str]) -> tuple[Case, Decision]:
    """The numbered decision of a code, its case locked, for who holds one of the roles in its unit.

    Raises NotFound, Forbidden, and NotNow while it has no number.
    """
    case, standing = seen_case(transaction, code, "award_issuance")
    unit = transaction.session.scalar(select(Decision.unit_id).where(Decision.case_id == case.id))
    if unit not in standing.units(*roles):
        raise Forbidden
    transaction.hold(Unit, unit)  # nobody revokes an award meanwhile
    decision = numbered_decision(transaction.session, case)
    if decision is None:
        raise NotNow("no_number_yet")
    return case, decision


def refuse_suspended(case: Case) -> None:
    """Nothing is paid, told or shown of a decision that is suspended. Raises CaseFrozen."""
    if case.state == "frozen":
        raise CaseFrozen


def chosen_awards(decision: Decision, public_ids: Collection[str]) -> list[Award]:
    """The awards of a decision by their public ids. Raises NotFound where one is not among those that stand."""
    awards = [award for award in standing_awards(decision) if award.public_id in public_ids]
    if len(awards) != len(set(public_ids)):
        raise NotFound
    return awards


def enter_payees(code: str, rows: Sequence[NewPayee], *, actor: Actor, now: Now) -> None:
    """Enter who receives the prizes of a decision; a row that says nothing takes back what was entered.

    Raises NotFound, Forbidden, NotNow, and InvalidForm where an identity number is not that of the awardee.
    """
    with write(actor, now) as transaction:
        case, decision = held_decision(transaction, code, PAYERS)
        awards = {award.public_id: award for award in chosen_awards(decision, [row.award for row in rows])}
        _check_identities(rows, awards)
        known = payees_of(transaction.session, list(awards.values()))
        changed = 0
        for row in rows:
            changed += _enter(transaction, awards[row.award], row, known.get(awards[row.award].id))
        if changed:
            transaction.log_case(case, PayeesEntered(count=changed))


def _check_identities(rows: Sequence[NewPayee], awards: dict[str, Award]) -> None:
    """A number typed for the awardee has to be theirs; for whoever receives it instead there is none to compare."""
    data_dir = current_app.config["SETTINGS"].data_dir
    faults = []
    for place, row in enumerate(rows):
        kept = awards[row.award].nomination.nominee.identity
        if (
            kept
            and row.identity_number
            and not row.name
            and identity_digest(data_dir, row.identity_number) != kept
        ):
            faults.append(Fault(f"/payees/{place}/identity_number", "other_identity"))
    if faults:
        raise InvalidForm(faults)


def _enter(transaction: Transaction, award: Award, row: NewPayee, known: Payee | None) -> bool:
    """Whether anything is other than before."""
    said = {
        "name": nfc(row.name) or None,
        "identity_number": row.identity_number or None,
        "account": nfc(row.account) or None,
        "bank": nfc(row.bank) or None,
    }
    if known is not None and not any(said.values()):
        transaction.session.delete(known)
        return True
    if not any(said.values()) or (
        known is not None and all(getattr(known, key) == said[key] for key in said)
    ):
        return False
    payee = known or Payee(award_id=award.id)
    for key, value in said.items():
        setattr(payee, key, value)
    payee.entered_by_id, payee.entered_at = transaction.actor.person_id, transaction.now.at
    transaction.session.add(payee)
    return True


def pay_prizes(
    code: str, awards: Collection[str], paid_on: dt.date, way: Way, *, actor: Actor, now: Now
) -> int:
    """Note that the prizes of these awards were paid on a day; returns the total in đồng.

    Raises NotFound, Forbidden, CaseFrozen, NotNow("paid_meanwhile"), and InvalidForm for a day to come or before the
    decision.
    """
    with write(actor, now) as transaction:
        case, decision = held_decision(transaction, code, PAYERS)
        refuse_suspended(case)
        chosen = chosen_awards(decision, awards)
        _check_day(transaction, decision, paid_on)
        if any(not award.prize for award in chosen) or live_payments(transaction.session, chosen):
            raise NotNow("paid_meanwhile")
        for award in chosen:
            transaction.session.add(
                AwardPayment(
                    award_id=award.id,
                    amount=award.prize,
                    paid_on=paid_on,
                    way=way,
                    entered_by_id=transaction.actor.person_id,
                    entered_at=transaction.now.at,
                )
            )
        total = sum(award.prize or 0 for award in chosen)
        paid = [award.public_id for award in chosen]
        transaction.log_case(
            case, PrizesPaid(awards=paid, total=total, paid_date=paid_on.isoformat(), way=way)
        )
        return total


def _check_day(transaction: Transaction, decision: Decision, paid_on: dt.date) -> None:
    if paid_on > transaction.day:
        raise InvalidForm([Fault("/paid_on", "in_the_future")])
    refuse_before(decision, {"/paid_on": paid_on})


def undo_payment(public_id: str, reason: str, *, actor: Actor, now: Now) -> str:
    """Take back what was entered as paid by mistake; returns the code of the decision.

    Raises NotFound, Forbidden, NotNow("undone_already"), and InvalidForm without a reason.
    """
    with write(actor, now) as transaction:
        payment = payment_of(transaction.session, public_id)
        if payment is None:
            raise NotFound
        code = payment.award.decision.case.code
        case, _decision = held_decision(transaction, code, PAYERS)
        mark_undone(transaction, payment, reason)
        undone = PaymentUndone(award=payment.award.public_id, amount=payment.amount)
        transaction.log_case(case, undone, private={"reason": payment.undone_reason})
        return code


def mark_undone(transaction: Transaction, row: AwardPayment | Repayment, reason: str) -> None:
    """A row about money counts no longer; it stays with the reason. Raises NotNow("undone_already"), InvalidForm."""
    transaction.session.refresh(row)
    if row.undone_at is not None:
        raise NotNow("undone_already")
    row.undone_reason = checked_reason(reason)
    row.undone_at, row.undone_by_id = transaction.now.at, transaction.actor.person_id


def erase_payees(now: Now) -> int:
    """Erase identity numbers and accounts whose time is over; returns how many."""
    with write(SYSTEM, now) as transaction:
        session = transaction.session
        over = overdue_payees(session, transaction.day)
        query = select(Award.id, Decision.case_id).join(Decision, Decision.id == Award.decision_id)
        of_awards = Award.id.in_([payee.award_id for payee in over])
        cases = dict(session.execute(query.where(of_awards)).all())
        gone = Counter(cases[payee.award_id] for payee in over)
        for payee in over:
            session.delete(payee)
        for case_id in sorted(gone):
            transaction.log_case(transaction.lock_case(case_id), PayeesErased(count=gone[case_id]))
        if over:
            want_purge(transaction)
        return len(over)
