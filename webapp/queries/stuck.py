"""Cases that nothing will move: no open task, no timer, no message that can still come; or work for them has failed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import (
    NOMINATIONS,
    Award,
    Case,
    Decision,
    Nomination,
    OutboxItem,
    SubmissionLine,
    Task,
    Unit,
)
from webapp.queries.jobs import administered_case
from webapp.queries.standing import Standing

SHOWN = 50
UNDER_WAY = ("pending", "leased", "held")
_task, _promise, _nomination, _ended = aliased(Task), aliased(OutboxItem), aliased(Nomination), aliased(Case)


@dataclass(frozen=True)
class StuckCase:
    """A case nothing moves; ``failed``: because work for it has failed, which can be tried again."""

    code: str
    process: str
    title: str
    unit: str
    stage: str | None
    since: dt.datetime
    failed: bool


def stuck() -> ColumnElement[bool]:
    """Condition on Case: it is under way, and nothing will move it, or work promised for it has failed."""
    return and_(Case.state == "active", or_(job_failed(), _idle()))


def job_failed() -> ColumnElement[bool]:
    """Condition on Case: work for it, or a message to it, was tried too often."""
    failed = select(func.coalesce(_promise.receiver_id, _promise.case_id)).where(_promise.status == "failed")
    return Case.id.in_(failed)


def _idle() -> ColumnElement[bool]:
    """No open task, no timer, nothing promised, and nothing to wait for."""
    has_task = exists().where(_task.case_id == Case.id, _task.status == "open")
    promised = select(func.coalesce(_promise.receiver_id, _promise.case_id)).where(
        _promise.status.in_(UNDER_WAY)
    )
    return and_(Case.next_due.is_(None), ~has_task, Case.id.not_in(promised), ~_can_be_told())


def _can_be_told() -> ColumnElement[bool]:
    """Condition on Case: it is a nomination, and the message it waits for can still come.

    A batch, a session, a decision can take it in on any day; the message cannot come any more where it was taken in,
    and what is to be told is known already: received by its batch, judged by the council, awarded by a decision that
    has ended. All other processes wait for tasks, timers and promises only.
    """
    received = select(SubmissionLine.nomination_id).where(SubmissionLine.result == "received")
    over = select(_ended.id).where(_ended.state == "ended")
    issued = (
        select(Award.nomination_id)
        .join(Decision, Decision.id == Award.decision_id)
        .where(Decision.number.is_not(None), Decision.case_id.in_(over))
    )
    known = case(
        (Case.stage == "submission", _nomination.id.in_(received)),
        (Case.stage == "council", and_(_nomination.result.is_not(None), _nomination.result != "deferred")),
        (Case.stage == "decision", _nomination.id.in_(issued)),
        else_=True,
    )
    waits = exists().where(_nomination.case_id == Case.id, ~known)
    return and_(Case.process.in_(NOMINATIONS), waits)


def count_stuck(session: Session) -> int:
    """How many cases of the whole installation are stuck."""
    return session.execute(select(func.count()).select_from(Case).where(stuck())).scalar_one()


def stuck_cases(session: Session, standing: Standing) -> list[StuckCase]:
    """The first SHOWN stuck cases of the units administered, the longest first."""
    since = func.coalesce(Case.stage_since, Case.opened_at)
    query = (
        select(Case.code, Case.process, Case.title, Unit.name, Case.stage, since, job_failed())
        .join(Unit, Unit.id == Case.unit_id)
        .where(stuck(), administered_case(standing))
        .order_by(since, Case.id)
        .limit(SHOWN)
    )
    return [StuckCase(*row) for row in session.execute(query)]
