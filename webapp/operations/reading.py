"""What a person has opened."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.exc import IntegrityError

from webapp.models import TaskRead
from webapp.operations.acting import Actor, Now
from webapp.operations.transaction import write


def note_task_read(task: int, *, actor: Actor, now: Now) -> None:
    """Note that the actor has opened a task (row id); noted before, nothing changes."""
    row = TaskRead(person_id=actor.person_id, task_id=task, read_at=now.at)
    # Opened in two windows at once, the second one finds the row there.
    with write(actor, now) as transaction, suppress(IntegrityError), transaction.session.begin_nested():
        transaction.session.add(row)
