"""Self-tests of the proof, as they stand in the log."""

from __future__ import annotations

from sqlalchemy import true
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import Narrowing, Recorded

TYPE = "self_test_run"


def self_tests(session: Session, most: int) -> list[Recorded]:
    """The last self-tests, the newest first."""
    return eventlog.read_latest(session, Narrowing(lambda _stream, _actor: true(), type=TYPE), limit=most)


def last_self_test(session: Session) -> Recorded | None:
    """The newest self-test; None before the first."""
    return next(iter(self_tests(session, 1)), None)


def passed(test: Recorded) -> bool:
    """Whether nothing was wrong before, and everything that was done was found."""
    return not test.fields["faults"] and "missed" not in test.fields["ways"].values()
