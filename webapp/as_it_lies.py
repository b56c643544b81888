"""What lies in the database, whatever that is: SQLite keeps anything in any column, also what a forger put there."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from webapp.models.types import InstantAsItLies

NO_TIME = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""Stands for an instant that is none."""


@dataclass(frozen=True)
class Stored:
    """An event exactly as it lies in the database; ``salt`` and ``content`` are those of its private part.

    SQLite keeps anything in any column: what was falsified may be of another type than is said here.
    """

    stream: str
    number: int
    type: str
    actor: str
    at: dt.datetime
    recorded_at: dt.datetime
    body: str
    previous_hash: str
    hash: str
    salt: bytes | None
    content: str | None


@dataclass(frozen=True)
class KeptCheckpoint:
    """A checkpoint as it lies: the exact text that was signed, and the signature (hexadecimal)."""

    id: int
    made_at: dt.datetime
    body: str
    signature: str


@contextmanager
def as_it_lies(session: Session) -> Iterator[None]:
    """Read what SQLite keeps in the place of texts and is none, too: half a sign for each byte of it."""
    connection = session.connection().connection.driver_connection
    if not isinstance(connection, sqlite3.Connection):
        yield
        return
    before = connection.text_factory
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        connection.text_factory = before


def lying(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """A column as it is read so; instants may be none."""
    instant = column.key in ("at", "recorded_at", "made_at")
    return type_coerce(column, InstantAsItLies()) if instant else column.expression


def shown(value: Any) -> str:
    """A text, or how whatever lies in its place is told."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else repr(value)
