"""Prize money of a decision: who is paid what, what was paid, and the list to pay by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Award, AwardPayment, Case, Decision, Payee
from webapp.queries.award_lists import (
    Facts,
    grouped,
    letterhead_facts,
    numbered_decision,
    standing_awards,
)
from webapp.queries.facts import signature
from webapp.queries.instances import visible_case
from webapp.queries.standing import Standing

PAYERS = ("specialist", "head")
"""Who pays the prize money of their unit, and so reads identity numbers and accounts."""

KEPT_DAYS = 90
"""Days that identity numbers and accounts are kept after the payment."""


@dataclass(frozen=True)
class PrizeRow:
    """An award with prize money in đồng: what is known of who receives it, and how it was paid."""

    award: str
    name: str
    kind: str
    unit: str
    prize: int
    payee: Payee | None
    payment: AwardPayment | None


def paying_decision(session: Session, standing: Standing, code: str) -> Decision | None:
    """The numbered decision of a code, for who pays its prizes; None for everybody else."""
    case = visible_case(session, standing, code)
    decision = numbered_decision(session, case) if case else None
    return decision if decision and decision.unit_id in standing.units(*PAYERS) else None


def pays(session: Session, standing: Standing, case: Case) -> bool:
    """Whether somebody pays the prizes of the decision of a case."""
    unit = session.scalar(select(Decision.unit_id).where(Decision.case_id == case.id))
    return unit in standing.units(*PAYERS)


def prize_rows(session: Session, decision: Decision) -> list[PrizeRow]:
    """The awards of a decision that bring money, in the order of its annex; two statements."""
    awards = [award for award in standing_awards(decision) if award.prize]
    payees, payments = payees_of(session, awards), live_payments(session, awards)
    return [
        PrizeRow(
            award=award.public_id,
            name=award.nomination.case.title,
            kind=award.nomination.nominee.kind,
            unit=award.nomination.nominee.unit.name,
            prize=award.prize or 0,
            payee=payees.get(award.id),
            payment=payments.get(award.id),
        )
        for award in awards
    ]


def payees_of(session: Session, awards: list[Award]) -> Mapping[int, Payee]:
    """What is kept of who receives the money, by award."""
    query = select(Payee).where(Payee.award_id.in_([award.id for award in awards]))
    return {payee.award_id: payee for payee in session.scalars(query)}


def live_payments(session: Session, awards: list[Award]) -> Mapping[int, AwardPayment]:
    """The payments that were not undone, by award."""
    query = select(AwardPayment).where(
        AwardPayment.award_id.in_([award.id for award in awards]), AwardPayment.undone_at.is_(None)
    )
    return {
        each.award_id: each for each in session.scalars(query.options(joinedload(AwardPayment.entered_by)))
    }


def paid_amounts(session: Session, award_ids: Collection[int]) -> Mapping[int, int]:
    """What was really paid of awards in đồng, by award; those that were not paid are left out."""
    query = select(AwardPayment.award_id, AwardPayment.amount)
    live = AwardPayment.award_id.in_(award_ids), AwardPayment.undone_at.is_(None)
    return dict(session.execute(query.where(*live)).all())


def payment_of(session: Session, public_id: str) -> AwardPayment | None:
    """A payment by its public id, with its award and decision."""
    query = select(AwardPayment).where(AwardPayment.public_id == public_id)
    decision = joinedload(AwardPayment.award).joinedload(Award.decision)
    return session.scalar(query.options(decision.joinedload(Decision.case)))


def payment_facts(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of the list that prize money is paid by: what is known of who receives it, and room to sign."""
    awards = [award for award in standing_awards(decision) if award.prize]
    payees, payments = payees_of(session, awards), live_payments(session, awards)

    def more(award: Award) -> Facts:
        payee, payment = payees.get(award.id), payments.get(award.id)
        return {
            "prize": award.prize or 0,
            "receiver": payee.name if payee else None,
            "identity": payee.identity_number if payee else None,
            "account": payee.account if payee else None,
            "bank": payee.bank if payee else None,
            "paid_on": payment.paid_on.isoformat() if payment else None,
        }

    groups = [
        group | {"lines": lines}
        for group in grouped(session, decision, more)
        if (lines := [line for line in group["lines"] if line["prize"]])
    ]
    return letterhead_facts(session, decision) | {
        "groups": groups,
        "prepared": signature([], "Người lập danh sách", None, signed=False),
    }


def overdue_payees(session: Session, day: dt.date) -> list[Payee]:
    """Payees whose award was paid, or revoked, more days ago than they are kept for."""
    before = day - dt.timedelta(days=KEPT_DAYS)
    paid = select(AwardPayment.award_id).where(
        AwardPayment.undone_at.is_(None), AwardPayment.paid_on < before
    )
    revoked = select(Award.id).where(Award.revoked_on < before)
    query = select(Payee).where(Payee.award_id.in_(paid) | Payee.award_id.in_(revoked))
    return list(session.scalars(query.order_by(Payee.id)))
