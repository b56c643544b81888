"""What a new office still lacks before its first campaign."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Council, RoleHolding, Unit
from webapp.queries.administered import ADMIN
from webapp.queries.standing import Standing, at_or_below


@dataclass(frozen=True)
class FirstSteps:
    """Which first steps are done: people with work to do, a council, a plan that was loaded, a campaign opened."""

    people: bool
    council: bool
    plan: bool
    campaign: bool


def first_steps(session: Session, standing: Standing) -> FirstSteps | None:
    """The first steps while there are no people or no council; afterwards None. One statement."""
    units = select(Unit.id).where(at_or_below(standing, ADMIN))
    found = session.execute(
        select(
            exists().where(RoleHolding.role != ADMIN, RoleHolding.unit_id.in_(units)),
            exists(select(Council.id)),
            exists(select(Campaign.id)),
            exists().where(Case.process.in_(("campaign", "response"))),
        )
    ).one()
    steps = FirstSteps(*map(bool, found))
    return None if steps.people and steps.council else steps
