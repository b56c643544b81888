"""Award issuance from the draft on: signed, numbered, gap-free in the register, told to its people, handed over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, Decision, Paper, Unit
from webapp.operations import hooks
from webapp.operations.award_recording import record_awards
from webapp.operations.hooks import Carrying, Completing
from webapp.operations.numbers import take_number
from webapp.operations.procedures.awards import decision_of, prizes_of
from webapp.operations.refusals import InvalidForm
from webapp.operations.transaction import Transaction
from webapp.operations.verifications import issue_codes
from webapp.queries.award_papers import signer_position
from webapp.queries.law import rule_set_for
from webapp.text import nfc
from workflows.award_events import AwardsRegistered
from workflows.forms import Fault
from workflows.law import NoRule
from workflows.values import local_day


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
    issue_codes(transaction, decision)


def _register(transaction: Transaction, case: Case, decision: Decision, dated_on: dt.date) -> None:
    try:
        prize_of = prizes_of(transaction, decision, dated_on)
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
    """Who received what, when; for somebody else how related, and by which paper."""
    session = completing.transaction.session
    decision = decision_of(completing.transaction, completing.case)
    named = [row["proxy"] for row in completing.form["recipients"] if "proxy" in row]
    proxies = dict(
        session.execute(select(Paper.public_id, Paper.id).where(Paper.public_id.in_(named))).tuples().all()
    )
    awards = {award.nomination.case.code: award for award in decision.awards}
    for row in completing.form["recipients"]:
        award = awards.get(row["recipient"])
        if award is not None:
            award.handed_over_on = dt.date.fromisoformat(row["handed_on"])
            award.handed_over_to = row.get("received_by") or award.nomination.case.title
            award.received_relation = nfc(row.get("relation", "")) or None
            award.proxy_paper_id = proxies.get(row.get("proxy", ""))


@hooks.completing("award_issuance", "publish_decision")
def publish(completing: Completing) -> None:
    """The decision is public."""
    decision_of(completing.transaction, completing.case).published_at = completing.transaction.now.at
