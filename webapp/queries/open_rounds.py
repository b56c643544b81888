"""Campaigns that take nominations now."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import AwardRound, Campaign, Unit
from webapp.queries.standing import Standing, visible_campaign
from webapp.queries.units import lineage_codes


def open_campaigns(session: Session, standing: Standing, unit: str) -> list[tuple[str, str, str]]:
    """(code, title, organiser's code) of campaigns of a unit, or of one above it, with an award round that is open."""
    query = (
        select(Campaign.code, Campaign.title, Unit.code)
        .join(Unit, Unit.id == Campaign.unit_id)
        .where(
            Unit.code.in_(lineage_codes(unit)),
            Campaign.id.in_(select(AwardRound.campaign_id).where(AwardRound.state == "open")),
            visible_campaign(standing),
        )
        .order_by(Campaign.id.desc())
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]
