"""The guards of the log on a copy, and how somebody with full access goes round them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from webapp.queries.log_guards import REFUSED, guards

GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def lay_guards(copy: Connection) -> None:
    """Guard an SQLite copy with the triggers that guard ours."""
    for statement in guards("sqlite").values():
        copy.exec_driver_sql(statement)


@contextmanager
def unguarded(copy: Connection) -> Iterator[None]:
    """Take the guards away and put them back, as somebody does who wants nothing to show."""
    if copy.dialect.name == "postgresql":
        for table in REFUSED:
            copy.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        yield
        for table in REFUSED:
            copy.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
        return
    guards = copy.execute(text(GUARDS)).all()
    for guard in guards:
        copy.exec_driver_sql(f"DROP TRIGGER {guard.name}")
    yield
    for guard in guards:
        copy.exec_driver_sql(guard.sql)
