"""Cases with a timer that is over."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Case


def due_cases(session: Session, at: dt.datetime, limit: int) -> list[int]:
    """Ids of active cases with a timer before ``at``, the longest over first."""
    query = (
        select(Case.id)
        .where(Case.state == "active", Case.next_due < at)
        .order_by(Case.next_due, Case.id)
        .limit(limit)
    )
    return list(session.scalars(query))


def next_due(session: Session, after: dt.datetime) -> dt.datetime | None:
    """The next instant at which something falls due."""
    return session.scalar(
        select(func.min(Case.next_due)).where(Case.state == "active", Case.next_due >= after)
    )
