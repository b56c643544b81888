"""Award issuance until the draft is there: one decision, many awards, their prizes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.documents.blocks import PLACES, unknown_places
from webapp.models import Award, Campaign, Case, Decision, Nomination
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.decision_versions import keep_version
from webapp.operations.eligibility import refuse_ineligible
from webapp.operations.hooks import Completing
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.awardee_lists import BY_AWARD, annex_place
from webapp.queries.ceilings import ceiling_uses
from webapp.queries.decision_texts import FIELDS, MORE
from webapp.queries.facts import award_names
from webapp.queries.law import rule_set_for
from webapp.queries.units import places_of, standing_level
from webapp.text import nfc
from workflows.forms import Fault
from workflows.rules.prizes import prize_money
from workflows.values import local_day


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
            original_id=_supplemented(start),
        )
    )
    return case


def _supplemented(start: Start) -> int | None:
    """The decision named on the form that this one supplements."""
    query = select(Decision.id).join(Case, Case.id == Decision.case_id)
    code = start.form.get("supplements")
    return start.transaction.session.scalar(query.where(Case.code == code)) if code else None


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
    _refuse_unknown_places(form)
    nominations = _nominations(transaction, decision, form)
    _refuse_over_ceilings(transaction, decision, nominations)
    refuse_ineligible(transaction, completing.case, nominations, "decision", "/nominations")
    decision.title = completing.case.title = nfc(form["title"])
    decision.signer = form["signer"]
    session.execute(delete(Award).where(Award.decision_id == decision.id))
    prize_of = prizes_of(transaction, decision, transaction.day)
    session.add_all(
        Award(
            decision_id=decision.id,
            nomination_id=nomination.id,
            position=position,
            prize=prize_of(nomination),
        )
        for position, nomination in enumerate(nominations, 1)
    )
    keep_version(transaction, completing.case, completing.entry)


def _refuse_unknown_places(form: Mapping[str, Any]) -> None:
    """What stands in square brackets is filled in by the software, so that it has to be something it knows."""
    faults = [
        Fault(
            f"/{field}",
            "unknown_place",
            {"place": found[0], "known": ", ".join(f"[{each}]" for each in PLACES)},
        )
        for field in (*FIELDS.values(), MORE)
        if (found := unknown_places(form.get(field) or ""))
    ]
    if faults:
        raise InvalidForm(faults)


def _nominations(transaction: Transaction, decision: Decision, form: Mapping[str, Any]) -> list[Nomination]:
    """The nominations chosen, in the order of the annex, so that the numbers of the register run alike."""
    codes = form["nominations"]
    rules = rule_set_for(transaction.session, local_day(decision.case.opened_at), decision.unit_id)
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
    names = award_names(rules, decision.unit)
    return sorted((found[code] for code in codes), key=annex_place(names, form.get("grouping", BY_AWARD)))


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


def prizes_of(
    transaction: Transaction, decision: Decision, day: dt.date
) -> Callable[[Nomination], int | None]:
    """What gives the prize of an awardee in đồng, by the rules of a day; None where the award brings no money."""
    rules = rule_set_for(transaction.session, day, decision.unit_id)
    level = standing_level(transaction.session, decision.unit)

    def prize_of(nomination: Nomination) -> int | None:
        money = prize_money(rules, nomination.award, nomination.nominee.kind, level, day)
        return money.amount if money else None

    return prize_of


@hooks.ended("award_issuance")
def end_issuance(transaction: Transaction, case: Case) -> None:
    """A cancelled draft lets its nominations wait for another decision; one with a number stands in the register."""
    if case.outcome == "cancelled":
        decision = decision_of(transaction, case)
        if decision.number is not None:
            raise NotNow("decision_numbered")
        transaction.session.execute(delete(Award).where(Award.decision_id == decision.id))
