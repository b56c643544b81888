"""The triggers that refuse to change, delete or replace an event: whether the database still has them."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

GUARDS = {"event_no_update", "event_no_delete", "event_no_replace"}


def missing_guards(session: Session) -> set[str]:
    """Names of the triggers that should protect the table and are not there."""
    if session.get_bind().dialect.name == "postgresql":
        query = (
            "SELECT tgname FROM pg_trigger"
            " WHERE tgrelid = 'event'::regclass AND NOT tgisinternal AND tgenabled <> 'D'"
        )
        wanted = GUARDS | {"event_no_truncate"}
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"
        wanted = GUARDS
    return wanted - set(session.execute(text(query)).scalars())
