"""How connections are opened: SQLite in WAL mode, with write transactions that lock at their beginning; PostgreSQL
without compiling queries.

SQLite loses updates when two deferred transactions read and then write. A session that is going to write asks for
``execution_options(writes=True)`` on its connection, and the transaction opens with BEGIN IMMEDIATE; readers stay
deferred and never wait.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

BUSY_TIMEOUT_MS = 20_000


@event.listens_for(Engine, "connect")
def _open_sqlite(dbapi_connection: Any, _record: Any) -> None:
    if not isinstance(dbapi_connection, sqlite3.Connection):
        return
    dbapi_connection.isolation_level = None
    cursor = dbapi_connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "connect")
def _open_postgresql(dbapi_connection: Any, _record: Any) -> None:
    """Lists over many rows look dear enough to the planner to be compiled, which takes longer than they do."""
    if type(dbapi_connection).__module__.partition(".")[0] != "psycopg":
        return
    with dbapi_connection.cursor() as cursor:
        cursor.execute("SET jit = off")
    dbapi_connection.commit()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
