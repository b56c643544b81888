"""The business clock: wall time plus the offset the demo has set."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from webapp.models import SystemFact
from webapp.operations.acting import Now

OFFSET = "business_offset_seconds"


def wall() -> dt.datetime:
    """The instant it really is, in UTC."""
    return dt.datetime.now(dt.UTC)


def offset(session: Session) -> dt.timedelta:
    """How far business time is from wall time; zero outside a demo."""
    fact = session.get(SystemFact, OFFSET)
    return dt.timedelta(seconds=float(fact.value)) if fact else dt.timedelta()


def mark_of(session: Session) -> str:
    """What changes whenever somebody moves business time, and only then."""
    return repr(offset(session).total_seconds())


def now(session: Session) -> Now:
    """Both clocks, now."""
    instant = wall()
    return Now(instant + offset(session), instant)
