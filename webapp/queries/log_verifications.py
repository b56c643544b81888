"""Verifications of the record as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import LogVerification
from webapp.queries.chains import Finding
from webapp.queries.long_work import Progress

UNENDED = ("waiting", "running")


@dataclass(frozen=True)
class ShownVerification:
    """The newest verification: how far it has come, what does not hold."""

    made: LogVerification
    progress: Progress
    findings: list[Finding]


def newest_verification(session: Session) -> ShownVerification | None:
    """The one that was asked for last; None before the first."""
    made = session.scalar(select(LogVerification).order_by(LogVerification.id.desc()).limit(1))
    if made is None:
        return None
    progress = Progress(made.state, max(made.total, made.events), made.events)
    return ShownVerification(made, progress, [Finding(*each) for each in made.findings])
