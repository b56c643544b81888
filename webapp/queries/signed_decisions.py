"""How a decision was signed: the signed file and what its comparison found, and the paper that let a deputy sign."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Case, Decision, SignedComparison


@dataclass(frozen=True)
class FileLink:
    """A paper of the case by its public id."""

    public_id: str
    filename: str
    media_type: str


@dataclass(frozen=True)
class Checked:
    """The comparison of a file signed elsewhere: its pages, those of them that are scans, what was accepted and why."""

    pages: int
    scanned: int
    verdict: str
    differences: Sequence[dict[str, Any]]
    reason: str | None
    by: str
    at: dt.datetime


@dataclass(frozen=True)
class SignedDecision:
    """``permit`` and ``permit_file``: what let a deputy sign."""

    file: FileLink | None
    permit: str | None
    permit_file: FileLink | None
    checked: Checked | None


def signed_decision(session: Session, case: Case) -> SignedDecision:
    """How the decision of a case was signed."""
    decision = session.execute(
        select(Decision)
        .where(Decision.case_id == case.id)
        .options(joinedload(Decision.signed_paper), joinedload(Decision.permit_paper))
    ).scalar_one()
    return SignedDecision(
        file=_link(decision.signed_paper),
        permit=decision.permit_number,
        permit_file=_link(decision.permit_paper),
        checked=_checked(session, decision),
    )


def _link(paper: Any) -> FileLink | None:
    return FileLink(paper.public_id, paper.filename, paper.media_type) if paper else None


def _checked(session: Session, decision: Decision) -> Checked | None:
    query = select(SignedComparison).where(SignedComparison.decision_id == decision.id)
    row = session.scalar(query.options(joinedload(SignedComparison.compared_by)))
    if row is None:
        return None
    found = row.found
    return Checked(
        pages=found["pages"],
        scanned=len(found["scanned"]),
        verdict=found["verdict"],
        differences=found["differences"],
        reason=row.reason,
        by=row.compared_by.name,
        at=row.compared_at,
    )
