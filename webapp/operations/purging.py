"""Overwrites what deleted and changed rows have left in the files of the database."""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import Connection, delete, select, text
from sqlalchemy.exc import DBAPIError

from webapp.database import BUSY_TIMEOUT_MS
from webapp.extensions import db
from webapp.models import SystemFact
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.transaction import Transaction, write

WAITING = "purge_waiting"
"""The fact that stands from an erasure until its traces were overwritten thoroughly."""
PATIENCE_MS = 2_000
"""Whoever decides waits no longer than that for readers; the night comes back to it."""

_log = logging.getLogger(__name__)


def want_purge(transaction: Transaction) -> None:
    """Note, with the erasure, that its traces are to be overwritten: a crash right after it forgets nothing."""
    transaction.session.merge(SystemFact(name=WAITING, value=transaction.now.wall.isoformat()))


def purge(*tables: str, thorough: bool = False) -> None:
    """Overwrite dead rows of these tables. After the transaction, never in it; a fault waits for the night.

    SQLite overwrites deleted rows by itself (``secure_delete``), the write-ahead log is cut. PostgreSQL clears dead
    rows and what the planner has noted of their values; bytes between the rows of a page go when it is thorough, which
    locks each table while it is written anew.
    """
    db.session.rollback()
    engine: Any = db.engine
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if engine.dialect.name == "postgresql":
                _vacuum(connection, tables, "FULL, ANALYZE" if thorough else "ANALYZE")
            else:
                _cut_log(connection)
    except DBAPIError:
        if thorough:
            raise
        _log.exception("what was erased is not overwritten yet; the nightly work does it")


def purge_waiting(*tables: str, now: Now) -> None:
    """Overwrite thoroughly what erasures have left since the last time."""
    asked = db.session.scalar(select(SystemFact.value).where(SystemFact.name == WAITING))
    if asked is None:
        return
    purge(*tables, thorough=True)
    with write(SYSTEM, now) as transaction:
        done = SystemFact.name == WAITING, SystemFact.value == asked
        transaction.session.execute(delete(SystemFact).where(*done))


def _vacuum(connection: Connection, tables: tuple[str, ...], how: str) -> None:
    connection.execute(text(f"SET lock_timeout = {PATIENCE_MS}"))
    try:
        for table in (*tables, "pg_statistic"):
            connection.execute(text(f'VACUUM ({how if table != "pg_statistic" else "FULL"}) "{table}"'))
    finally:
        connection.execute(text("RESET lock_timeout"))


def _cut_log(connection: Connection) -> None:
    """Write the write-ahead log into the database and empty it; what readers still use stays for the night."""
    connection.execute(text(f"PRAGMA busy_timeout = {PATIENCE_MS}"))
    try:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    finally:
        connection.execute(text(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"))
