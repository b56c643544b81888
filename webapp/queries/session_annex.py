"""Digests by which the papers of a council session are compared with the log: the annex of count and minutes.

All of them stand still once the votes are counted, so that a paper drawn twice is the same paper.
"""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Recorded
from webapp.models import CouncilSession
from webapp.queries.facts import moment
from webapp.queries.vote_courses import round_digest, trackers_of
from workflows.record import digest

COUNTED = "votes_counted"


def annex_facts(session: Session, council_session: CouncilSession) -> dict[str, Any] | None:
    """Facts of the annex, after the count; None before."""
    counted = _counted(session, council_session.case.code)
    if counted is None:
        return None
    return {
        "electorate": council_session.electorate_digest or "–",
        "agenda": round_digest(session, council_session) or "–",
        "rule": digest(council_session.profile),
        "events": counted.number,
        "head": counted.hash,
        "checkpoint": _checkpoint(session, counted),
        "trackers": trackers_of(session, council_session),
    }


def _counted(session: Session, code: str) -> Recorded | None:
    """The event of the last count in the log of the session."""
    events = eventlog.read_stream(session, eventlog.case_stream(code))
    return next((event for event in reversed(events) if event.type == COUNTED), None)


def _checkpoint(session: Session, counted: Recorded) -> dict[str, str] | None:
    """The last checkpoint that was made before the votes were counted."""
    made = [kept for kept in eventlog.checkpoints(session) if kept.made_at <= counted.recorded_at]
    return {"root": json.loads(made[-1].body)["root"], "at": moment(made[-1].made_at)} if made else None
