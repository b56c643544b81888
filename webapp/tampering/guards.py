"""The guards of the log on a copy, and how somebody with full access goes round them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from webapp.queries.log_guards import SQLITE

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'"


def lay_guards(copy: Connection) -> None:
    """Guard the log of an SQLite copy with the triggers that guard ours."""
    for statement in SQLITE.values():
        copy.exec_driver_sql(statement)


@contextmanager
def unguarded(copy: Connection) -> Iterator[None]:
    """Take the guards away and put them back, as somebody does who wants nothing to show."""
    if copy.dialect.name == "postgresql":
        copy.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
        yield
        copy.execute(text("ALTER TABLE event ENABLE TRIGGER USER"))
        return
    guards = copy.execute(text(GUARDS)).all()
    for guard in guards:
        copy.exec_driver_sql(f"DROP TRIGGER {guard.name}")
    yield
    for guard in guards:
        copy.exec_driver_sql(guard.sql)
