"""Units a campaign's founding paper can go to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Unit
from webapp.queries.plans import plan_of
from workflows.vocabulary import LEVEL_ORDER, UNIT_KIND_NAMES

_LEVEL = case({level: rank for rank, level in enumerate(reversed(LEVEL_ORDER))}, value=Unit.level, else_=9)
_KIND = case({kind: rank for rank, kind in enumerate(UNIT_KIND_NAMES)}, value=Unit.kind)


def receiving_units(session: Session, campaign: Campaign) -> Sequence[tuple[str, str]]:
    """Units below the organiser by kind, from the highest committees down, and whom the plan names besides.

    The organiser does not write to itself, unless the plan says so. Hamlets are offered to a commune alone.
    """
    organiser = campaign.unit
    named = [each.unit for each in plan_of(session, campaign).addressed_units]
    below = Unit.code.startswith(organiser.code + "/", autoescape=True)
    query = select(Unit.code, Unit.name).where(
        Unit.to_date.is_(None),
        or_(below & or_(Unit.kind != "hamlet", Unit.parent_id == organiser.id), Unit.code.in_(named)),
    )
    return session.execute(query.order_by(_KIND, _LEVEL, Unit.sort_key)).all()
