"""Whether the file of an SQLite database is whole: an index that leaves out a row hides it from every page."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.queries.chains import Finding

DAMAGED = "damaged"
MOST = 5


def damages(session: Session) -> Iterator[Finding]:
    """What SQLite finds wrong with its own file; PostgreSQL looks after its pages itself."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for said in session.scalars(text(f"PRAGMA integrity_check({MOST})")):
        if said != "ok":
            yield Finding(DAMAGED, "database", " ".join(str(said).split()))
