"""Campaigns that units launched in response to one from above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from webapp.models import (
    AddressedUnit,
    Campaign,
    CampaignResponse,
    Case,
    PlanVersion,
    Registration,
    Unit,
)
from webapp.queries.plans import read_plan
from webapp.queries.standing import Standing, visible_campaign
from workflows.plan import FoundingDocument


@dataclass(frozen=True)
class ResponseRow:
    """A unit's campaign; ``known``: the reader may know of it; ``registered`` counts accepted registrations in it."""

    unit: str
    code: str
    document: FoundingDocument
    registration: str
    concluded: bool
    known: bool
    registered: int


def responses_to(session: Session, standing: Standing, campaign: Campaign) -> Sequence[ResponseRow]:
    """What units launched in response, by name of the unit; one statement."""
    registered = (
        select(func.count())
        .where(Registration.campaign_id == Campaign.id, Registration.registered_at.is_not(None))
        .correlate(Campaign)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Unit.name,
            Campaign.code,
            PlanVersion.content,
            Campaign.registration,
            Case.state == "ended",
            visible_campaign(standing),
            registered,
        )
        .select_from(CampaignResponse)
        .join(Campaign, Campaign.id == CampaignResponse.campaign_id)
        .join(PlanVersion, PlanVersion.id == Campaign.plan_version_id)
        .join(Unit, Unit.id == CampaignResponse.unit_id)
        .outerjoin(Case, and_(Case.campaign_id == Campaign.id, Case.process == "response"))
        .where(CampaignResponse.parent_id == campaign.id)
        .order_by(Unit.sort_key)
    )
    return [
        ResponseRow(unit, code, read_plan(text).document, registration, bool(ended), bool(known), count)
        for unit, code, text, registration, ended, known, count in rows
    ]


def responding_unit(session: Session, standing: Standing, campaign: Campaign) -> Unit | None:
    """The unit for which the person may launch a response: addressed, and without one yet; None when there is none."""
    answered = select(CampaignResponse.unit_id).where(CampaignResponse.parent_id == campaign.id)
    found: Unit | None = session.scalar(
        select(Unit)
        .join(AddressedUnit, AddressedUnit.unit_id == Unit.id)
        .where(
            AddressedUnit.campaign_id == campaign.id,
            Unit.id.in_(standing.units("officer")),
            Unit.id.not_in(answered),
        )
        .order_by(Unit.sort_key)
        .limit(1)
    )
    return found
