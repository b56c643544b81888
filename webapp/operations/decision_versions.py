"""Keeps each version of a decision as it was drafted."""

from __future__ import annotations

from sqlalchemy import func, select

from webapp.models import Case, DecisionVersion, FormEntry
from webapp.operations.transaction import Transaction
from webapp.queries.award_papers import decision_facts
from webapp.queries.decisions import decision_of


def keep_version(transaction: Transaction, case: Case, entry: FormEntry) -> DecisionVersion:
    """Keep what the paper of a decision says by the form that has just drafted it."""
    session = transaction.session
    session.flush()
    session.expire(decision_of(session, case))
    decision = decision_of(session, case)
    last = select(func.max(DecisionVersion.number)).where(DecisionVersion.decision_id == decision.id)
    version = DecisionVersion(
        decision_id=decision.id,
        number=(session.scalar(last) or 0) + 1,
        facts=decision_facts(session, decision),
        entry_id=entry.id,
        made_at=transaction.now.at,
    )
    session.add(version)
    return version
