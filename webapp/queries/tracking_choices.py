"""What the tracking table can be narrowed to: campaigns, rounds, strands, pools, units, holders that occur in it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Campaign, Case, Person, Task, Unit
from webapp.queries.plans import plan_of
from webapp.queries.standing import Standing, visible, visible_among
from workflows.plan import Plan

Choice = tuple[str, str]


@dataclass(frozen=True)
class Narrowings:
    """Each as (value, text); rounds, strands and pools are those of one campaign."""

    campaigns: Sequence[Choice]
    rounds: Sequence[Choice]
    strands: Sequence[Choice]
    pools: Sequence[Choice]
    units: Sequence[Choice]
    holders: Sequence[Choice]


def narrowings(
    session: Session, standing: Standing, processes: Collection[str], campaign: Campaign | None
) -> Narrowings:
    """What cases of some processes can be narrowed to; campaigns and units are read from an index alone."""
    of_cases = _of_cases(standing, processes)
    campaigns = select(Campaign.code, Campaign.title).where(Campaign.id.in_(of_cases(Case.campaign_id)))
    units = select(Unit.code, Unit.name).where(Unit.id.in_(of_cases(Case.unit_id)))
    holding = (
        select(Task.holder_id)
        .join(Case, Case.id == Task.case_id)
        .where(
            Task.status == "open", Task.holder_id.is_not(None), Case.process.in_(processes), visible(standing)
        )
    )
    people = select(Person.public_id, Person.name).where(Person.id.in_(holding))
    plan = plan_of(session, campaign) if campaign else None
    return Narrowings(
        campaigns=session.execute(campaigns.order_by(Campaign.starts_on.desc())).all(),
        rounds=[(each.code, each.title) for each in campaign.rounds] if campaign else (),
        strands=strands_of(session, campaign),
        pools=[(each.code, each.name) for each in plan.pools] if plan else (),
        units=session.execute(units.order_by(Unit.sort_key)).all(),
        holders=session.execute(people.order_by(Person.sort_key)).all(),
    )


def strands_of(session: Session, campaign: Campaign | None) -> Sequence[Choice]:
    """The strands of a campaign with its plan."""
    return [(each.code, each.name) for each in plan_of(session, campaign).strands] if campaign else ()


def campaign_with_plan(session: Session, code: str) -> Campaign | None:
    """A campaign with the plan it stands on, in one statement."""
    query = select(Campaign).where(Campaign.code == code).options(joinedload(Campaign.plan_version))
    return session.scalar(query) if code else None


def kinds_of_pool(plan: Plan, pool: str) -> tuple[str, ...]:
    """The kinds of nominee a pool counts; none for one the plan does not have."""
    return next((each.kinds for each in plan.pools if each.code == pool), ())


def _of_cases(standing: Standing, processes: Collection[str]) -> Callable[[Any], Select[Any]]:
    """What occurs in a column of the cases of some processes that the person may know of."""
    return lambda column: (
        select(column).where(Case.process.in_(processes), visible_among(standing)).distinct()
    )
