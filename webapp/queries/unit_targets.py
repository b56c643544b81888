"""What a unit is to reach at a review and has pledged: what stands beside the form of its report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Campaign, ReportedFigure, Task, UnitReport
from webapp.queries.plans import milestone_of, plan_of
from webapp.queries.pledged_targets import Pledge, pledges_of
from webapp.queries.review_forms import task_figures
from workflows.plan import Target
from workflows.rules.indicators import Figure, reached


@dataclass(frozen=True)
class UnitTarget:
    """A figure with the target of the plan for this unit, its own pledge, and what it reported at this review."""

    figure: Figure
    target: Target
    pledge: Pledge | None
    reported: ReportedFigure | None = None

    @property
    def reached(self) -> bool:
        """Whether what was reported is enough."""
        actual = self.reported.actual if self.reported else None
        return actual is not None and reached(self.figure.indicator, actual, self.target)


def unit_targets(session: Session, task_id: str) -> Sequence[UnitTarget]:
    """What the unit of a task (its public id) is asked for, in the order of the form."""
    task = session.execute(select(Task).where(Task.public_id == task_id)).scalar_one()
    if task.unit is None:
        return []
    campaign = session.get_one(Campaign, task.case.campaign_id)
    plan, pledges, reported = (
        plan_of(session, campaign),
        pledges_of(session, campaign),
        _reported(session, task),
    )
    return [
        UnitTarget(
            each,
            each.target_for(plan, task.unit.code),
            pledges.of(task.unit.id, each.code),
            reported.get(each.code),
        )
        for each in task_figures(session, task)
    ]


def _reported(session: Session, task: Task) -> dict[str, ReportedFigure]:
    """What the unit of a task has reported at its review, by figure."""
    query = (
        select(ReportedFigure)
        .join(UnitReport)
        .where(
            UnitReport.case_id == task.case_id,
            UnitReport.unit_id == task.unit_id,
            UnitReport.review == milestone_of(task.items),
        )
    )
    return {row.figure: row for row in session.scalars(query)}
