"""Award issuance: one decision, many awards, gap-free register numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.models import Award, Campaign, Case, Decision, Nomination, Unit
from webapp.operations import hooks
from webapp.operations.award_recording import record_awards
from webapp.operations.cases import open_case
from webapp.operations.eligibility import refuse_ineligible
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.numbers import take_number
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.award_papers import signer_position
from webapp.queries.ceilings import ceiling_uses
from webapp.queries.facts import kind_place, list_place
from webapp.queries.law import rule_set_for
from webapp.queries.units import places_of, standing_level
from webapp.text import nfc
from workflows.events import AwardsRegistered
from workflows.forms import Fault
from workflows.law import NoRule
from workflows.rules.prizes import prize_money
from workflows.values import local_day

"""Kinds of nominee that lists have after the collectives of every kind."""


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
    """The decision a case is about, with its awards, in a fixed number of statements."""
    nomination = selectinload(Decision.awards).joinedload(Award.nomination)
    return transaction.session.execute(
        select(Decision)
        .where(Decision.case_id == case.id)
        .options(nomination.joinedload(Nomination.case), nomination.joinedload(Nomination.nominee))
        .execution_options(populate_existing=True)
    ).scalar_one()


@hooks.completing("award_issuance", "draft_decision")
def draft(completing: Completing) -> None:
    """The nominations as chosen now replace those of the draft before."""
    transaction, session, form = completing.transaction, completing.transaction.session, completing.form
    decision = decision_of(transaction, completing.case)
    nominations = _nominations(transaction, form["nominations"])
    _refuse_over_ceilings(transaction, decision, nominations)
    refuse_ineligible(transaction, completing.case, nominations, "decision", "/nominations")
    decision.title = completing.case.title = nfc(form["title"])
    decision.signer = form["signer"]
    session.execute(delete(Award).where(Award.decision_id == decision.id))
    prize_of = _prizes(transaction, decision, transaction.day)
    session.add_all(
        Award(
            decision_id=decision.id,
            nomination_id=nomination.id,
            position=position,
            prize=prize_of(nomination),
        )
        for position, nomination in enumerate(nominations, 1)
    )


def _nominations(transaction: Transaction, codes: list[str]) -> list[Nomination]:
    """The nominations of these codes in the order of the annex, so that the numbers of the register run alike."""
    query = (
        select(Nomination)
        .join(Case, Case.id == Nomination.case_id)
        .where(Case.code.in_(codes))
        .options(
            joinedload(Nomination.case),
            joinedload(Nomination.nominee),
            joinedload(Nomination.round),
            joinedload(Nomination.strand),
        )
    )
    found = {nomination.case.code: nomination for nomination in transaction.session.scalars(query)}
    return sorted(
        (found[code] for code in codes),
        key=lambda each: (*list_place(each), kind_place(each.nominee.kind)),
    )


def _refuse_over_ceilings(
    transaction: Transaction, decision: Decision, nominations: list[Nomination]
) -> None:
    """The plan's ceilings bind the decision: at most so many awards of a pool in a strand of a round.

    Drafts are judged one after the other (the campaign is held), so that two do not share the last place.
    """
    campaign = transaction.session.get_one(Campaign, decision.campaign_id)
    uses = ceiling_uses(transaction.session, campaign, nominations, decision.id).values()
    faults = [
        Fault(
            "/nominations",
            "over_ceiling",
            {
                "strand": use.strand,
                "pool": pool.pool,
                "number": pool.given + pool.proposed,
                "limit": pool.at_most,
            },
        )
        for use in uses
        for pool in use.pools
        if pool.over and pool.proposed
    ]
    if faults:
        raise InvalidForm(faults)


def _refuse_closed(decision: Decision, field: str, code: str = "dossiers_closed") -> None:
    """Nobody is awarded whose dossier was withdrawn or suspended since the draft (domain: pending complaints)."""
    closed = [a.nomination.case.code for a in decision.awards if a.nomination.case.state != "active"]
    if closed:
        raise InvalidForm([Fault(field, code, {"codes": ", ".join(closed)})])


@hooks.completing("award_issuance", "sign_decision")
def sign(completing: Completing) -> None:
    """Whoever signs is the signer, in the position they sign in: the chairman, or a deputy in his place."""
    if completing.form["decision"] != "sign":
        return
    transaction = completing.transaction
    decision = decision_of(transaction, completing.case)
    _refuse_closed(decision, "/decision")
    lead, position = signer_position(
        transaction.session, decision.unit, transaction.actor.public_id, transaction.day
    )
    decision.signed_at = transaction.now.at
    decision.signer, decision.signer_position = transaction.actor.public_id, " ".join([*lead, position])


@hooks.completing("award_issuance", "number_decision")
def number(completing: Completing) -> None:
    """Number and date come from the office's book, once per body and year; register numbers are ours, gap-free.

    The date of the decision chooses the rule set that gives base salary and multiples.
    """
    transaction, form = completing.transaction, completing.form
    decision = decision_of(transaction, completing.case)
    dated_on, begun = dt.date.fromisoformat(form["dated_on"]), local_day(completing.case.opened_at)
    if dated_on < begun:
        raise InvalidForm([Fault("/dated_on", "before_draft", {"day": begun.isoformat()})])
    _refuse_closed(decision, "/number", "signed_dossiers_closed")
    transaction.hold(Unit, decision.unit_id)
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
    try:
        prize_of = _prizes(transaction, decision, dated_on)
        prizes = [prize_of(award.nomination) for award in decision.awards]
    except NoRule as fault:
        raise InvalidForm([Fault("/dated_on", "no_rule")]) from fault
    rules = rule_set_for(transaction.session, dated_on, decision.unit_id)
    for award, prize in zip(decision.awards, prizes, strict=True):
        award.prize = prize
        if rules.award(award.nomination.award, dated_on).register:
            award.register_unit_id, award.register_year = decision.unit_id, dated_on.year
            award.register_number = take_number(transaction, f"register/{decision.unit_id}", dated_on.year)
    record_awards(transaction, decision, decision.awards)
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


def _prizes(transaction: Transaction, decision: Decision, day: dt.date) -> Callable[[Nomination], int | None]:
    """What gives the prize of an awardee in đồng, by the rules of a day; None where the award brings no money."""
    rules = rule_set_for(transaction.session, day, decision.unit_id)
    level = standing_level(transaction.session, decision.unit)

    def prize_of(nomination: Nomination) -> int | None:
        money = prize_money(rules, nomination.award, nomination.nominee.kind, level, day)
        return money.amount if money else None

    return prize_of


@hooks.carrying("deliver_awards")
def deliver_awards(carrying: Carrying) -> Mapping[str, Any]:
    """Tell every nomination that its decision is out; it tells its people."""
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
            award.handed_over_to = row.get("received_by") or award.nomination.case.title


@hooks.completing("award_issuance", "publish_decision")
def publish(completing: Completing) -> None:
    """The decision is public."""
    decision_of(completing.transaction, completing.case).published_at = completing.transaction.now.at


@hooks.ended("award_issuance")
def end_issuance(transaction: Transaction, case: Case) -> None:
    """A cancelled draft lets its nominations wait for another decision; one with a number stands in the register."""
    if case.outcome == "cancelled":
        decision = decision_of(transaction, case)
        if decision.number is not None:
            raise NotNow("decision_numbered")
        transaction.session.execute(delete(Award).where(Award.decision_id == decision.id))
