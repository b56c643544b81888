"""What is known of an account: who set its password, how its holder likes to work."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.models import Person, Preference

SETTING = frozenset({"password_set", "person_added"})
SYSTEM = "system"


def uses_shortcuts(session: Session, person_id: int) -> bool:
    """Whether single keys act for a person; they do until switched off."""
    return session.scalar(select(Preference.shortcuts).where(Preference.person_id == person_id)) is not False


def password_given(session: Session, person: Person) -> bool:
    """True when another person set the password, and so knows it; the office's machine is nobody."""
    events = eventlog.read_stream(session, f"person/{person.public_id}")
    setters = [event.actor for event in events if event.type in SETTING]
    return bool(setters) and setters[-1] not in (SYSTEM, person.public_id)
