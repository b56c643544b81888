"""Copies of a decision: to whom they go, and to whom they went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Award, Case, Decision, DecisionCopy, Nomination, Task, Unit
from webapp.queries.award_papers import DRAFT
from webapp.queries.facts import ARCHIVE, recipients
from webapp.queries.latest_entries import latest_entry
from webapp.queries.nomination_choices import Choice

REFERS = "như "
"""Recipients that only point at an article of the decision: “Như Điều 3”."""


@dataclass(frozen=True)
class SentCopy:
    """One copy that was sent."""

    recipient: str
    way: str
    sent_on: dt.date


def copy_recipients(session: Session, case: Case) -> Sequence[Choice]:
    """Who gets the decision: whom its text names, and the units that nominated its awardees (by their code)."""
    typed = recipients(latest_entry(session, case, DRAFT).get("copies_to"))
    named = [each for each in typed if not each.startswith(ARCHIVE) and not each.lower().startswith(REFERS)]
    return [*((each, each) for each in dict.fromkeys(named)), *_nominating(session, case)]


def _nominating(session: Session, case: Case) -> list[Choice]:
    nominated = (
        select(Case.unit_id)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(Award, Award.nomination_id == Nomination.id)
        .join(Decision, Decision.id == Award.decision_id)
        .where(Decision.case_id == case.id, Case.unit_id != case.organiser_id)
    )
    query = select(Unit.code, Unit.name).where(Unit.id.in_(nominated)).order_by(Unit.sort_key)
    return [(code, name) for code, name in session.execute(query)]


def copies_values(session: Session, task: Task) -> dict[str, Any]:
    """A row for each recipient; what was not sent is taken out."""
    offered = copy_recipients(session, task.case)
    return {"copies": [{"recipient": value, "way": "document_system"} for value, _text in offered]}


def sent_copies(session: Session, case: Case) -> list[SentCopy]:
    """The copies of a decision that were sent, as they were entered."""
    query = (
        select(DecisionCopy.recipient, DecisionCopy.way, DecisionCopy.sent_on)
        .join(Decision, Decision.id == DecisionCopy.decision_id)
        .where(Decision.case_id == case.id)
        .order_by(DecisionCopy.id)
    )
    return [SentCopy(*row) for row in session.execute(query)]
