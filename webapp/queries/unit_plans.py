"""The plans that units have filed in answer to a campaign's plan."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Case, FormEntry, Task

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
