"""What a unit is to reach at a review and has pledged: what stands beside the form of its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Task
from webapp.queries.plans import plan_of
from webapp.queries.pledged_targets import Pledge, pledges_of
from webapp.queries.review_forms import task_figures
from workflows.plan import Target
from workflows.rules.indicators import Figure


@dataclass(frozen=True)
class UnitTarget:
    """A figure with the target of the plan for this unit, and its own pledge."""

    figure: Figure
    target: Target
    pledge: Pledge | None


def unit_targets(session: Session, task_id: str) -> Sequence[UnitTarget]:
    """What the unit of a task (its public id) is asked for, in the order of the form."""
    task = session.execute(select(Task).where(Task.public_id == task_id)).scalar_one()
    if task.unit is None:
        return []
    campaign = session.get_one(Campaign, task.case.campaign_id)
    plan, pledges = plan_of(session, campaign), pledges_of(session, campaign)
    return [
        UnitTarget(each, each.target_for(plan, task.unit.code), pledges.of(task.unit.id, each.code))
        for each in task_figures(session, task)
    ]
