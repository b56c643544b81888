"""What the log knows of an account."""

from __future__ import annotations

from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.models import Person

SETTING = frozenset({"password_set", "person_added"})
SYSTEM = "system"


def password_given(session: Session, person: Person) -> bool:
    """True when another person set the password, and so knows it; the office's machine is nobody."""
    events = eventlog.read_stream(session, f"person/{person.public_id}")
    setters = [event.actor for event in events if event.type in SETTING]
    return bool(setters) and setters[-1] not in (SYSTEM, person.public_id)
