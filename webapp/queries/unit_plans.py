"""The plans that units have filed in answer to a campaign's plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, FormEntry, Paper, Task

FORMS = tuple(
    f"{process}/{element}"
    for process in ("acknowledgement", "launch")  # campaigns opened earlier ask within the launch
    for element in ("acknowledge_plan", "record_late_response")
)


@dataclass(frozen=True)
class UnitPlan:
    """A plan of a unit: number and day as on the paper, the day it was launched there, the paper's public id."""

    number: str
    issued_on: dt.date
    launched_on: dt.date | None
    paper: str


def unit_plans(session: Session, case: Case) -> dict[int, UnitPlan]:
    """The plans by unit (row id), the newest of each; one statement."""
    query = (
        select(Task.unit_id, FormEntry.data)
        .join(FormEntry, FormEntry.task_id == Task.id)
        .where(FormEntry.case_id == case.id, FormEntry.form.in_(FORMS))
        .order_by(FormEntry.id)
    )
    return {
        unit_id: UnitPlan(
            number=data["unit_plan_number"],
            issued_on=dt.date.fromisoformat(data["unit_plan_date"]),
            launched_on=dt.date.fromisoformat(data["launched_on"]) if "launched_on" in data else None,
            paper=data["unit_plan"],
        )
        for unit_id, data in session.execute(query)
        if "unit_plan" in data
    }


def filed_plan(session: Session, response: Campaign) -> UnitPlan | None:
    """The plan a unit has sent to the campaign above, for the campaign it launches in response."""
    parent = response.response.parent.case if response.response else None
    return unit_plans(session, parent).get(response.unit_id) if parent else None


def response_values(session: Session, task: Task) -> Mapping[str, Any]:
    """Number, day, launch and file of the plan already sent, for the form that files it; in later rounds nothing."""
    if task.round > 1:
        return {}
    filed = filed_plan(session, session.get_one(Campaign, task.case.campaign_id))
    if filed is None:
        return {}
    along = select(Paper.public_id).where(Paper.case_id == task.case_id, Paper.kind == "unit_plan")
    values = {
        "plan_number": filed.number,
        "plan_date": filed.issued_on.isoformat(),
        "unit_plan": session.scalar(along.order_by(Paper.id).limit(1)),
        "launched_on": filed.launched_on.isoformat() if filed.launched_on else None,
    }
    return {name: value for name, value in values.items() if value}
