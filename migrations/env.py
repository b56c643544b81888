"""Runs migrations on the application's own engine."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

import webapp.eventlog
import webapp.models
from webapp.extensions import db

assert webapp.eventlog


def run() -> None:
    """Migrate online; there is no offline mode, because the log's guards need the real database."""
    with db.engine.connect() as connection, _references_checked_at_the_end(connection):
        context.configure(
            connection=connection,
            target_metadata=current_app.extensions["migrate"].db.metadata,
            transaction_per_migration=True,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


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
