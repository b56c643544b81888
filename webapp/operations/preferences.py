"""How a person likes to work."""

from __future__ import annotations

from webapp.models import Person, Preference
from webapp.operations.acting import Actor, Now
from webapp.operations.transaction import write


def set_shortcuts(wanted: bool, *, actor: Actor, now: Now) -> None:
    """Switch single-key shortcuts of the actor on or off."""
    with write(actor, now) as transaction:
        transaction.hold(Person, actor.person_id)  # two of one person, one after the other
        found = transaction.session.get(Preference, actor.person_id)
        if found is None:
            transaction.session.add(Preference(person_id=actor.person_id, shortcuts=wanted))
        else:
            found.shortcuts = wanted
