"""Response: a unit launches a campaign of its own, linked to the one from above."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from webapp.models import Campaign, CampaignResponse, Case, Paper, Unit
from webapp.operations import hooks
from webapp.operations.cases import open_case
from webapp.operations.form_papers import enter_paper
from webapp.operations.hooks import Completing
from webapp.operations.plans import add_version, found_campaign
from webapp.operations.refusals import InvalidForm, NotNow
from webapp.operations.starts import Start
from webapp.operations.transaction import Transaction
from webapp.queries.facts import committee_name
from webapp.queries.plans import plan_of
from webapp.queries.responses import responding_unit
from webapp.queries.unit_plans import UnitPlan, filed_plan
from webapp.queries.units import places_of, standing_level
from workflows.forms import Fault
from workflows.plan import parse_plan
from workflows.plan_responses import Issued, Responder, Terms, contents_of, issued_plan, response_plan
from workflows.rules.deadlines import end_of_day
from workflows.values import local_day


@hooks.opening("response")
def open_response(start: Start) -> Case:
    """Found the unit's campaign on a plan of its own and open its procedure. Raises NotNow("no_response_asked")."""
    transaction, parent, form = start.transaction, start.campaign, start.form
    unit = responding_unit(transaction.session, start.standing, parent)
    if unit is None or parent.registration == "planned":
        raise NotNow("no_response_asked")
    closes = dt.date.fromisoformat(form["registration_closes"])
    if closes > parent.ends_on:
        raise InvalidForm(
            [Fault("/registration_closes", "after_campaign", {"day": parent.ends_on.isoformat()})]
        )
    terms = Terms(
        tuple(form["strands"]),
        contents_of(form.get("own_contents")),
        max(transaction.day, parent.starts_on),
        closes,
    )
    text = _draft(transaction, parent, unit, terms)
    plan = parse_plan(text)
    campaign = found_campaign(transaction, plan, add_version(transaction, plan, text))
    campaign.registration_closes = end_of_day(closes)
    transaction.session.add(CampaignResponse(campaign_id=campaign.id, parent_id=parent.id, unit_id=unit.id))
    case = open_case(
        transaction,
        "response",
        title=campaign.title,
        places=places_of(transaction.session, campaign, unit),
        campaign_id=campaign.id,
        data={"registration_closes": campaign.registration_closes.isoformat()},
        private=dict(form),
    )
    _take_plan_along(transaction, case, filed_plan(transaction.session, campaign))
    return case


def _take_plan_along(transaction: Transaction, case: Case, filed: UnitPlan | None) -> None:
    """The plan the unit has sent in its answer waits in the draft of whoever opens the response."""
    session = transaction.session
    sent = session.scalar(select(Paper).where(Paper.public_id == filed.paper)) if filed else None
    if sent is not None:
        enter_paper(transaction, case, sent.kind, sent)


@hooks.completing("response", "file_response")
def file_response(completing: Completing) -> None:
    """The plan now bears the number and day of the signed paper: a version of its own. Raises InvalidForm."""
    transaction, form = completing.transaction, completing.form
    campaign = transaction.session.get_one(Campaign, completing.case.campaign_id)
    closes = local_day(campaign.registration_closes) if campaign.registration_closes else campaign.ends_on
    if dt.date.fromisoformat(form["launched_on"]) > closes:
        raise InvalidForm([Fault("/launched_on", "after_registration", {"day": closes.isoformat()})])
    issued = Issued(form["plan_number"], dt.date.fromisoformat(form["plan_date"]))
    text = issued_plan(campaign.plan_version.content, issued)
    if text != campaign.plan_version.content:
        campaign.plan_version_id = add_version(transaction, parse_plan(text), text).id


def _draft(transaction: Transaction, parent: Campaign, unit: Unit, terms: Terms) -> str:
    responder = Responder(unit.code, unit.name, standing_level(transaction.session, unit))
    return response_plan(plan_of(transaction.session, parent), committee_name(parent.unit), responder, terms)


@hooks.ended("response")
def end_response(transaction: Transaction, case: Case) -> None:
    """Nobody registers in a campaign that is over."""
    transaction.session.get_one(Campaign, case.campaign_id).registration = "closed"
