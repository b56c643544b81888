"""Who acts, and when: the two arguments of every operation."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from webapp.models import Person


@dataclass(frozen=True)
class Actor:
    """A person, or the system itself (``person_id`` is None). ``principal`` is whom a delegate acts for.

    ``alone``: a program with the person's token; nothing others delegated to them is open to it.
    """

    person_id: int | None
    public_id: str
    principal: str | None = None
    alone: bool = False

    @classmethod
    def of(cls, person: Person) -> Actor:
        return cls(person.id, person.public_id)


SYSTEM = Actor(None, "system")


@dataclass(frozen=True)
class Now:
    """The instant of an act on both clocks.

    ``at`` is business time: deadlines, papers, the engine. ``wall`` is the machine's: leases, tokens, sign-in.
    """

    at: dt.datetime
    wall: dt.datetime
