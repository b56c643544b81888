"""People say when they are away, and that they are back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from webapp.models import Absence, Person
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import InvalidForm, NotFound
from webapp.operations.transaction import write
from workflows.delegation_events import AbsenceNoted, AbsenceTaken
from workflows.forms import Fault


def note_absence(from_date: dt.date, to_date: dt.date, *, actor: Actor, now: Now) -> str:
    """Note that the actor is away on these days; returns the public id.

    Raises InvalidForm for days in the past and for days noted already.
    """
    with write(actor, now) as transaction:
        person = transaction.session.get_one(Person, actor.person_id)
        transaction.hold(Person, person.id)
        if to_date < transaction.day:
            raise InvalidForm([Fault("/to_date", "day_over")])
        if to_date < from_date:
            raise InvalidForm([Fault("/to_date", "before_beginning", {"day": from_date})])
        same = select(Absence.id).where(
            Absence.person_id == person.id, Absence.from_date <= to_date, Absence.to_date >= from_date
        )
        if transaction.session.scalar(same.limit(1)) is not None:
            raise InvalidForm([Fault("/from_date", "absent_already")])
        absence = Absence(person_id=person.id, from_date=from_date, to_date=to_date)
        transaction.session.add(absence)
        transaction.session.flush()
        noted = AbsenceNoted(from_date=from_date.isoformat(), to_date=to_date.isoformat())
        transaction.log(f"person/{person.public_id}", noted)
        return absence.public_id


def take_absence(public_id: str, *, actor: Actor, now: Now) -> None:
    """Take an absence of the actor's back, for good. Raises NotFound."""
    with write(actor, now) as transaction:
        absence = transaction.session.scalar(
            select(Absence).where(Absence.public_id == public_id, Absence.person_id == actor.person_id)
        )
        if absence is None:
            raise NotFound
        transaction.session.delete(absence)
        taken = AbsenceTaken(from_date=absence.from_date.isoformat(), to_date=absence.to_date.isoformat())
        transaction.log(f"person/{actor.public_id}", taken)
