"""Notes that the database was migrated: what it is made of decides what the log can hold."""

from __future__ import annotations

from webapp.operations.acting import Actor, Now
from webapp.operations.transaction import write
from workflows.office_events import SchemaMigrated


def note_migration(before: str, after: str, *, actor: Actor, now: Now) -> None:
    """Note from which revision to which; ``before`` is empty for a database that was made just now."""
    with write(actor, now) as transaction:
        transaction.log("system", SchemaMigrated(before=before, after=after))
