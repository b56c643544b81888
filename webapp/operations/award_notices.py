"""Tells awardees and their units to come for what they were awarded: once, and once more where nobody came."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Award, Case, Decision
from webapp.operations.acting import Actor, Now
from webapp.operations.award_recording import awarded_people
from webapp.operations.notices import tell
from webapp.operations.payments import held_decision, refuse_suspended
from webapp.operations.transaction import Transaction, write
from webapp.queries.award_lists import due_on, numbered_decision, standing_awards
from webapp.queries.payments import PAYERS
from workflows.after_events import AwardNoticesSent


def send_notices(code: str, *, actor: Actor, now: Now) -> int:
    """Tell the people of a decision who were not told yet, before the clock does; returns how many awards.

    Raises NotFound, Forbidden, CaseFrozen, and NotNow while it has no number.
    """
    with write(actor, now) as transaction:
        case, decision = held_decision(transaction, code, PAYERS)
        refuse_suspended(case)
        return _tell(transaction, case, decision)


def notify_awardees(*, actor: Actor, now: Now) -> int:
    """Tell whoever the clock says by now, of each decision in a transaction of its own; returns how many awards."""
    with write(actor, now) as transaction:
        waiting = _waiting(transaction.session)
    return sum(_by_the_clock(case_id, actor, now) for case_id in waiting)


def _waiting(session: Session) -> list[int]:
    """Cases of numbered decisions with awards that nobody came for, and whose people are still to be told."""
    query = (
        select(Decision.case_id)
        .join(Case, Case.id == Decision.case_id)
        .join(Award, Award.decision_id == Decision.id)
        .where(
            Decision.number.is_not(None),
            Case.state != "frozen",
            Award.handed_over_on.is_(None),
            Award.revoked_on.is_(None),
            Award.reminded_at.is_(None),
        )
    )
    return list(session.scalars(query.distinct().order_by(Decision.case_id)))


def _by_the_clock(case_id: int, actor: Actor, now: Now) -> int:
    with write(actor, now) as transaction:
        case = transaction.lock_case(case_id)
        decision = numbered_decision(transaction.session, case)
        if decision is None or case.state == "frozen":
            return 0
        done = 0
        if transaction.day >= due_on(transaction.session, decision, "award_notice"):
            done += _tell(transaction, case, decision)
        if transaction.day >= due_on(transaction.session, decision, "handover_reminder"):
            done += _tell(transaction, case, decision, again=True)
        return done


def _tell(transaction: Transaction, case: Case, decision: Decision, *, again: bool = False) -> int:
    """Tell the people of awards that nobody came for and who were not told yet, or not reminded."""
    until = due_on(transaction.session, decision, "handover")
    awards = [
        award
        for award in standing_awards(decision)
        if award.handed_over_on is None and (award.reminded_at if again else award.noticed_at) is None
    ]
    for award in awards:
        _tell_of(transaction, award, until, again)
    if awards:
        transaction.log_case(case, AwardNoticesSent(count=len(awards), again=again))
    return len(awards)


def _tell_of(transaction: Transaction, award: Award, until: dt.date, again: bool) -> None:
    nomination, about = award.nomination, {"due": until.isoformat()}
    people = awarded_people(transaction, nomination.case, nomination.nominee)
    if again:
        award.reminded_at = transaction.now.at
        tell(transaction, nomination.case, people, "award_waiting", about=about)
    else:
        award.noticed_at = transaction.now.at
        tell(transaction, nomination.case, people, "award_to_collect", about=about)
