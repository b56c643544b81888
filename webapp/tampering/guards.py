"""The guards of the log on a copy, and how somebody with full access goes round them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from webapp.queries.health import MIGRATIONS
from webapp.queries.log_guards import REFUSED

LOG, OTHERS = "0002", "0061"
"""The migrations that guard the log, and what else proves it."""
GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def lay_guards(copy: Connection) -> None:
    """Guard an SQLite copy with the triggers that guard ours."""
    from alembic.script import ScriptDirectory  # a tenth of the start, and only this needs it

    scripts = ScriptDirectory(str(MIGRATIONS))
    for statement in (
        *scripts.get_revision(LOG).module.SQLITE,
        *scripts.get_revision(OTHERS).module.sqlite(),
    ):
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
