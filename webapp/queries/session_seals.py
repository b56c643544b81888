"""The checkpoint that was signed for a council session, as the papers of the session name it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import case_stream

GROUP, GROUPS = 4, 5
"""Eighty bits: enough that nobody makes another checkpoint to fit, and few enough to be read out."""


def short(fingerprint: str) -> str:
    """The beginning of a fingerprint in groups: ``3f2a 91c0 77de 4b1a 0c55``."""
    return " ".join(fingerprint[at : at + GROUP] for at in range(0, GROUP * GROUPS, GROUP))


def seal_of(session: Session, code: str) -> str | None:
    """The short fingerprint of the newest checkpoint signed for a session; None before its minutes are written."""
    events = eventlog.read_stream(session, case_stream(code))
    seals = [event.fields["checkpoint"] for event in events if event.type == "session_sealed"]
    return short(seals[-1]) if seals else None
