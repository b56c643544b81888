"""Extraordinary merit: awarded on its own short clock, begun by the chairman or the organiser, without a submission."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from webapp.models import AwardRound, Campaign, Case, Nomination
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.completeness import refuse_incomplete
from webapp.operations.eligibility import refuse_barred
from webapp.operations.hooks import Completing
from webapp.operations.procedures.nominations import describe, end_nomination, exemplar_of, nomination_of
from webapp.operations.procedures.nominees import nominee_of, refuse_wrong_award
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.law import rule_set_for
from webapp.queries.units import places_of, standing_level, unit_by_code
from workflows.forms import Fault
from workflows.law import NoRule
from workflows.plan_rounds import extraordinary_round
from workflows.rules.voting import is_higher

BY_ORGANISER = "organiser"
"""Who fills in the dossier: nobody else is asked."""


@hooks.opening("extraordinary")
def open_extraordinary(start: Start) -> Case:
    """Open a nomination for an extraordinary merit; it is received on the day it is opened.

    Nominee kinds and ceilings of the strand do not bind: merit of this kind is not planned.
    """
    transaction, form = start.transaction, start.form
    if start.campaign.registration == "planned":
        raise NotNow("campaign_not_launched")
    refuse_wrong_award(start)
    _refuse_before_campaign(start)
    unit = unit_by_code(transaction.session, form["nominee_unit"])
    nominee = nominee_of(transaction, form["nominee_kind"], form["nominee_name"], unit)
    case = open_case(
        transaction,
        "extraordinary",
        title=nominee.name,
        places=places_of(transaction.session, start.campaign, unit),
        campaign_id=start.campaign.id,
        data={"levels": []},
        private=dict(form),
    )
    transaction.session.add(
        Nomination(
            case_id=case.id,
            campaign_id=start.campaign.id,
            round_id=_round(transaction, start.campaign, transaction.day).id,
            strand_id=start.strand().id,
            nominee_id=nominee.id,
            award=form["proposed_award"],
            route="extraordinary",
            filled_by=BY_ORGANISER,
            received_on=transaction.day,
            exemplar=exemplar_of(start),
        )
    )
    return case


def _refuse_before_campaign(start: Start) -> None:
    """What was done before the campaign began by its plan is none of its merits. No rule set has a figure for it."""
    since = start.campaign.starts_on
    if dt.date.fromisoformat(start.form["merit_date"]) < since:
        raise InvalidForm([Fault("/merit_date", "before_campaign", {"day": since.isoformat()})])


def _round(transaction: Transaction, campaign: Campaign, day: dt.date) -> AwardRound:
    """The round of the year, made when the first merit of the year is proposed; the campaign is held."""
    planned = extraordinary_round(day.year)
    found = transaction.session.scalar(
        select(AwardRound).where(AwardRound.campaign_id == campaign.id, AwardRound.code == planned.code)
    )
    if found is None:
        found = AwardRound(
            campaign_id=campaign.id,
            code=planned.code,
            title=planned.name,
            on_date=planned.opens,
            state="standing",
        )
        transaction.session.add(found)
        transaction.session.flush()
    return found


@hooks.completing("extraordinary_assessment", "consider_award")
def consider_award(completing: Completing) -> None:
    """The chairman awards what is in his power; what is not, he proposes to the level above."""
    decision, transaction = completing.form["decision"], completing.transaction
    if decision not in ("award", "propose_higher"):
        return
    nomination = nomination_of(transaction, completing.case)
    organiser = transaction.session.get_one(Campaign, nomination.campaign_id).unit
    level = standing_level(transaction.session, organiser)
    rules = rule_set_for(transaction.session, transaction.day, organiser.id)
    try:
        deciding = rules.award(nomination.award, transaction.day).levels
    except NoRule as fault:
        raise InvalidForm([Fault("/decision", "award_not_in_force")]) from fault
    if decision == "award" and level not in deciding:
        raise InvalidForm([Fault("/decision", "not_in_power")])
    if decision == "propose_higher" and not is_higher(level, deciding):
        raise InvalidForm([Fault("/decision", "in_own_power")])
    refuse_incomplete(transaction, completing.case, "consider_award", "/decision")
    refuse_barred(transaction, completing.case, "appraisal", "/decision")


hooks.completing("extraordinary_assessment", "prepare_report")(describe)
hooks.ended("extraordinary")(end_nomination)
