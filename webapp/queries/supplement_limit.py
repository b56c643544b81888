"""How often a supplement of a dossier may still be asked for: the rule set's limit, which binds the district alone."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Nomination, Task
from webapp.queries.law import rule_set_for
from workflows.values import local_day

LIMITED = ("district_assessment", "appraise")
"""The process and task that ask for a supplement and are limited."""


def supplements_left(session: Session, task: Task) -> int | None:
    """How many more supplements the task may ask for; None where the rules set no limit or it is done."""
    if (task.process, task.element) != LIMITED or task.status != "open":
        return None
    case = task.case
    nomination = session.scalars(select(Nomination).where(Nomination.case_id == case.id)).one()
    day = nomination.received_on or local_day(case.opened_at)
    return max(
        0, rule_set_for(session, day, case.organiser_id).supplement_limit(day) - nomination.supplements
    )
