"""The council session that a task belongs to: its case is one, or a nomination on the agenda of one."""

from __future__ import annotations

from sqlalchemy import ScalarSelect, case, func, select
from sqlalchemy.orm import aliased

from webapp.models import AgendaItem, Case, CouncilSession, Nomination, Task

_of_session = aliased(Case)


def session_code() -> ScalarSelect[str]:
    """The code of the session of a Task, of several the newest; null without one."""
    newest = (
        select(func.max(AgendaItem.session_id))
        .join(Nomination, Nomination.id == AgendaItem.nomination_id)
        .where(Nomination.case_id == Task.case_id)
        .correlate(Task)
        .scalar_subquery()
    )
    own = (
        select(CouncilSession.id)
        .where(CouncilSession.case_id == Task.case_id)
        .correlate(Task)
        .scalar_subquery()
    )
    return (
        select(_of_session.code)
        .join(CouncilSession, CouncilSession.case_id == _of_session.id)
        .where(CouncilSession.id == case((own.is_not(None), own), else_=newest))
        .correlate(Task)
        .scalar_subquery()
    )
