"""What the tracking table can be narrowed to: campaigns, rounds, strands, pools, units, holders that occur in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Campaign, Case, Person, Task, Unit
from webapp.queries.plans import plan_of
from webapp.queries.standing import Standing, visible
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


def narrowings(session: Session, standing: Standing, process: str, campaign: Campaign | None) -> Narrowings:
    """What cases of a process can be narrowed to; campaigns and units cost one look into an index each."""
    campaigns = select(Campaign.code, Campaign.title).where(
        _has_case(standing, process, Case.campaign_id == Campaign.id)
    )
    units = select(Unit.code, Unit.name).where(_has_case(standing, process, Case.unit_id == Unit.id))
    holding = (
        select(Task.holder_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.status == "open", Task.holder_id.is_not(None), Case.process == process, visible(standing))
    )
    people = select(Person.public_id, Person.name).where(Person.id.in_(holding))
    plan = plan_of(session, campaign) if campaign else None
    return Narrowings(
        campaigns=session.execute(campaigns.order_by(Campaign.starts_on.desc())).all(),
        rounds=[(each.code, each.name) for each in plan.rounds] if plan else (),
        strands=[(each.code, each.name) for each in plan.strands] if plan else (),
        pools=[(each.code, each.name) for each in plan.pools] if plan else (),
        units=session.execute(units.order_by(Unit.sort_key)).all(),
        holders=session.execute(people.order_by(Person.sort_key)).all(),
    )


def campaign_with_plan(session: Session, code: str) -> Campaign | None:
    """A campaign with the plan it stands on, in one statement."""
    query = select(Campaign).where(Campaign.code == code).options(joinedload(Campaign.plan_version))
    return session.scalar(query) if code else None


def kinds_of_pool(plan: Plan, pool: str) -> tuple[str, ...]:
    """The kinds of nominee a pool counts; none for one the plan does not have."""
    return next((each.kinds for each in plan.pools if each.code == pool), ())


def _has_case(standing: Standing, process: str, about: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(about, Case.process == process, visible(standing))
