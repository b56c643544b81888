"""Runs migrations on the application's own engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from alembic.runtime.migration import MigrationContext
from flask import current_app
from sqlalchemy import Connection

import webapp.eventlog
import webapp.models
from webapp.clock import now
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.migrating import note_migration

assert webapp.eventlog


def run() -> None:
    """Migrate online; there is no offline mode, because the log's guards need the real database.

    That it was migrated stands in the log.
    """
    before = _revision()
    with db.engine.connect() as connection, _references_checked_at_the_end(connection):
        context.configure(
            connection=connection,
            target_metadata=current_app.extensions["migrate"].db.metadata,
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    after = _revision()
    if after and after != before:
        note_migration(before, after, actor=SYSTEM, now=now(db.session()))


def _revision() -> str:
    """The revision of the tables; empty before there are any."""
    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() or ""


@contextmanager
def _references_checked_at_the_end(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and drops none that rows refer to while it watches references."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.dbapi_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys = OFF")  # outside a transaction: inside one it does nothing
    try:
        yield
        if broken := driver.execute("PRAGMA foreign_key_check").fetchall():
            raise RuntimeError(f"rows refer to rows that are not there: {broken[:10]}")
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


run()
