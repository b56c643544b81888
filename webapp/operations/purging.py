"""Overwrites what deleted and changed rows have left in the files of the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import text

from webapp.extensions import db


def purge(*tables: str) -> None:
    """Dead rows of these tables on PostgreSQL, the write-ahead log on SQLite. After the transaction, never in it.

    SQLite overwrites deleted rows by itself (``secure_delete``).
    """
    db.session.rollback()
    engine: Any = db.engine
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            for table in tables:
                connection.execute(text(f'VACUUM "{table}"'))
        else:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
