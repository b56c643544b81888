"""What the administration of clusters chooses from."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Cluster, Unit

KINDS = ("committee", "office", "agency", "front", "mass_organisation", "party", "enterprise", "co_operative")


def units_to_join(session: Session, cluster: Cluster) -> list[tuple[str, str]]:
    """Units directly below the organiser, and those beside them one level deeper that are places of their own."""
    organiser = cluster.unit
    inside = select(Unit.id).where(Unit.parent_id == organiser.id)
    query = (
        select(Unit.code, Unit.name)
        .where(
            or_(Unit.parent_id == organiser.id, Unit.parent_id.in_(inside)),
            Unit.kind.in_(KINDS),
            Unit.to_date.is_(None),
        )
        .order_by(Unit.level.desc(), Unit.sort_key)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def campaigns_of(session: Session, cluster: Cluster) -> list[tuple[str, str]]:
    """Campaigns of the organiser, the newest first."""
    query = select(Campaign.code, Campaign.title).where(Campaign.unit_id == cluster.unit_id)
    return [(row[0], row[1]) for row in session.execute(query.order_by(Campaign.starts_on.desc()))]
