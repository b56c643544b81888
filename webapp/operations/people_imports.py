"""Takes over a list of people with their roles: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.operations.acting import Actor, Now
from webapp.operations.people import NewPerson, NewRole, add_person, give_role
from webapp.operations.transaction import joined, write
from workflows.office_events import PeopleImported


@dataclass(frozen=True)
class ListedPerson:
    """A person of the list with the roles its rows give; the first is the one they are entered with."""

    person: NewPerson
    roles: Sequence[NewRole]


def import_people(people: Sequence[ListedPerson], sha256: str, *, actor: Actor, now: Now) -> list[str]:
    """Enter everybody with their roles in one transaction; returns the public ids. ``sha256`` is that of the file.

    Raises as add_person and give_role; nobody is entered then.
    """
    with write(actor, now) as transaction:
        with joined(transaction):
            entered = [_enter(listed, actor, now) for listed in people]
        roles = sum(len(listed.roles) for listed in people)
        transaction.log("people", PeopleImported(sha256=sha256, people=len(people), roles=roles))
        return entered


def _enter(listed: ListedPerson, actor: Actor, now: Now) -> str:
    first, *others = listed.roles
    public_id = add_person(listed.person, first, actor=actor, now=now)
    for role in others:
        give_role(public_id, role.role, role.unit, role.from_date, actor=actor, now=now)
    return public_id
