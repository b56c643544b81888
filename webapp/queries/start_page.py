"""The form that opens a case in a campaign, and where its case begins."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Task
from webapp.queries.choices import Context, choices_for
from webapp.queries.deployments import current_deployment, form_schema
from webapp.queries.inbox import listed
from webapp.queries.nominees import fillers
from webapp.queries.plans import plan_of
from webapp.queries.standing import Standing, actable, visible_campaign
from workflows.forms import Choices, Schema
from workflows.plan import Plan


@dataclass(frozen=True)
class StartPage:
    """The start form of a process in a campaign with what it offers to this person.

    ``organiser`` is a unit's code, ``state`` that of the campaign's case (active, frozen, ended), None before it.
    """

    process: str
    campaign: str
    campaign_title: str
    organiser: str
    state: str | None
    plan: Plan
    schema: Schema
    choices: Choices


@dataclass(frozen=True)
class FirstTask:
    """The first open task of a case; ``code`` is that of the case, ``to_take`` says that it lies in the common list."""

    task_id: str
    to_take: bool


def start_page(session: Session, standing: Standing, campaign_code: str, process: str) -> StartPage | None:
    """The page; None for a campaign the person may not know of and for a process that is not deployed."""
    known = select(Campaign).where(Campaign.code == campaign_code, visible_campaign(standing))
    campaign = session.scalar(known)
    if campaign is None:
        return None
    try:
        deployment = current_deployment(session, process)
    except LookupError:
        return None
    schema = _asked_of(standing, form_schema(deployment, process, "start"))
    if process == "registration":
        schema = _timed(schema, late=campaign.registration != "open")
    context = Context(campaign=campaign, standing=standing)
    choices = choices_for(session, schema, context)
    state = campaign.case.state if campaign.case else None
    plan, organiser = plan_of(session, campaign), campaign.unit.code
    return StartPage(process, campaign.code, campaign.title, organiser, state, plan, schema, choices)


def _timed(schema: Schema, *, late: bool) -> Schema:
    """The form of a registration: who comes late says why, nobody else is asked."""
    if late:
        return {**schema, "required": [*schema["required"], "late_reason"]}
    fields = {key: part for key, part in schema["properties"].items() if key != "late_reason"}
    return {**schema, "properties": fields}


def _asked_of(standing: Standing, schema: Schema) -> Schema:
    """The form with those only who may fill in the dossier when this person opens it."""
    fields = schema["properties"]
    if "filled_by" not in fields:
        return schema
    allowed = fillers(standing)
    part = fields["filled_by"]
    choices = [choice for choice in part["oneOf"] if choice["const"] in allowed]
    return {**schema, "properties": {**fields, "filled_by": {**part, "oneOf": choices}}}


def first_task(session: Session, standing: Standing, case_code: str) -> FirstTask | None:
    """The oldest open task of a case the person may act on."""
    row = session.execute(
        select(Task.public_id, listed(standing, "common"))
        .join(Case, Case.id == Task.case_id)
        .where(Case.code == case_code, Task.status == "open", actable(standing))
        .order_by(Task.id)
        .limit(1)
    ).first()
    return FirstTask(row[0], bool(row[1])) if row else None
