"""Award issuance: one decision, many awards, gap-free register numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from webapp.models import Award, Case, Decision, Nomination
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.numbers import take_number
from webapp.operations.refusals import InvalidForm
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.law import rule_set_for
from webapp.queries.units import places_of, standing_level
from workflows.events import AwardsRegistered
from workflows.forms import Fault
from workflows.rules.prizes import prize_money


@hooks.opening("award_issuance")
def open_award_issuance(start: Start) -> Case:
    """Open a decision of the organiser."""
    transaction = start.transaction
    case = open_case(
        transaction,
        "award_issuance",
        title=start.campaign.title,
        places=places_of(transaction.session, start.campaign, start.campaign.unit),
        campaign_id=start.campaign.id,
        data={},
        private=dict(start.form),
    )
    transaction.session.add(
        Decision(
            case_id=case.id,
            unit_id=start.campaign.unit_id,
            campaign_id=start.campaign.id,
            title=start.campaign.title,
        )
    )
    return case


def decision_of(transaction: Transaction, case: Case) -> Decision:
    """The decision a case is about."""
    return transaction.session.execute(select(Decision).where(Decision.case_id == case.id)).scalar_one()


@hooks.completing("award_issuance", "draft_decision")
def draft(completing: Completing) -> None:
    """The nominations as chosen now replace those of the draft before."""
    session, form = completing.transaction.session, completing.form
    decision = decision_of(completing.transaction, completing.case)
    decision.title = completing.case.title = form["title"]
    decision.signer = form["signer"]
    session.execute(delete(Award).where(Award.decision_id == decision.id))
    found = session.execute(
        select(Case.code, Nomination.id)
        .join(Nomination, Nomination.case_id == Case.id)
        .where(Case.code.in_(form["nominations"]))
    )
    ids = dict(found.all())
    session.add_all(
        Award(decision_id=decision.id, nomination_id=ids[code], position=position)
        for position, code in enumerate(form["nominations"], 1)
    )


@hooks.completing("award_issuance", "sign_decision")
def sign(completing: Completing) -> None:
    """The authority has signed."""
    if completing.form["decision"] == "sign":
        decision_of(completing.transaction, completing.case).signed_at = completing.transaction.now.at


@hooks.completing("award_issuance", "number_decision")
def number(completing: Completing) -> None:
    """Number and date come from the office's book, once per body and year; register numbers are ours, gap-free.

    The date of the decision chooses the rule set that gives base salary and multiples.
    """
    transaction, form = completing.transaction, completing.form
    decision = decision_of(transaction, completing.case)
    dated_on = dt.date.fromisoformat(form["dated_on"])
    if dated_on > transaction.day:
        raise InvalidForm([Fault("/dated_on", "in_the_future")])
    taken = transaction.session.scalar(
        select(Decision.id).where(
            Decision.unit_id == decision.unit_id,
            Decision.year == dated_on.year,
            Decision.number == form["number"],
        )
    )
    if taken is not None:
        raise InvalidForm([Fault("/number", "number_taken", {"year": dated_on.year})])
    decision.number, decision.year, decision.dated_on = form["number"], dated_on.year, dated_on
    decision.symbol = form["symbol"]
    _register(transaction, completing.case, decision, dated_on)


def _register(transaction: Transaction, case: Case, decision: Decision, dated_on: dt.date) -> None:
    rules = rule_set_for(transaction.session, dated_on)
    level = standing_level(transaction.session, decision.unit)
    for award in decision.awards:
        nomination = award.nomination
        award.register_unit_id, award.register_year = decision.unit_id, dated_on.year
        award.register_number = take_number(transaction, f"register/{decision.unit_id}", dated_on.year)
        money = prize_money(rules, nomination.award, nomination.nominee.kind, level, dated_on)
        award.prize = money.amount if money else None
    transaction.log_case(
        case,
        AwardsRegistered(
            number=decision.number or 0,
            year=dated_on.year,
            entries=[
                {"nomination": a.nomination.case.code, "register": a.register_number, "prize": a.prize}
                for a in decision.awards
            ],
        ),
    )


@hooks.carrying("deliver_awards")
def deliver_awards(carrying: Carrying) -> Mapping[str, Any]:
    """Tell every nomination that its decision is out."""
    decision = decision_of(carrying.transaction, carrying.case)
    for award in decision.awards:
        carrying.transaction.promise(
            "decision_result",
            {"issued": True},
            receiver_id=award.nomination.case_id,
            message_id=f"{carrying.case.code}/{award.position}",
        )
    return {"awards": len(decision.awards)}


@hooks.completing("award_issuance", "hand_over")
def hand_over(completing: Completing) -> None:
    """Who received what, when."""
    decision = decision_of(completing.transaction, completing.case)
    awards = {award.nomination.case.code: award for award in decision.awards}
    for row in completing.form["recipients"]:
        award = awards.get(row["recipient"])
        if award is not None:
            award.handed_over_on = dt.date.fromisoformat(row["handed_on"])
            award.handed_over_to = row.get("received_by") or award.nomination.nominee.name


@hooks.completing("award_issuance", "publish_decision")
def publish(completing: Completing) -> None:
    """The decision is public."""
    decision_of(completing.transaction, completing.case).published_at = completing.transaction.now.at


@hooks.ended("award_issuance")
def end_issuance(transaction: Transaction, case: Case) -> None:
    """A cancelled draft lets its nominations go back to waiting for a decision."""
    if case.outcome == "cancelled":
        decision = decision_of(transaction, case)
        transaction.session.execute(delete(Award).where(Award.decision_id == decision.id))
