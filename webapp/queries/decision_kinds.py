"""What tells kinds of decision apart as papers: the document of each, and its facts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Decision
from webapp.queries.amendment_papers import correction_facts, revocation_facts
from webapp.queries.amendments import PROCESSES
from webapp.queries.award_papers import decision_facts

DOCUMENTS: Mapping[str, str] = {
    "award": "decision",
    "correction": "correction_decision",
    "revocation": "revocation_decision",
}
"""Type of document by kind of decision."""

DECIDING = frozenset({"award_issuance", *PROCESSES.values()})
"""Processes whose cases are decisions."""

FACTS: Mapping[str, Callable[[Session, Decision], dict[str, Any]]] = {
    "award": decision_facts,
    "correction": correction_facts,
    "revocation": revocation_facts,
}


def facts_of(session: Session, decision: Decision) -> dict[str, Any]:
    """Facts of the paper of a decision, whatever its kind, without a code."""
    return FACTS[decision.kind](session, decision)
