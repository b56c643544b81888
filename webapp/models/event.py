"""The append-only log. Only ``webapp.eventlog`` imports this module."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Instant, PrimaryKey


class Event(Model):
    """One event. ``body`` is the exact text that was hashed; the other columns repeat parts of it for reading."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("stream", "number"),
        Index("ix_event_actor", "actor", "id"),
        Index("ix_event_type", "type", "id"),
        Index("ix_event_at", "at", "id"),
    )

    id: Mapped[PrimaryKey]
    stream: Mapped[str] = mapped_column(String(60))
    number: Mapped[int]
    type: Mapped[str] = mapped_column(String(60))
    actor: Mapped[str] = mapped_column(String(36))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    recorded_at: Mapped[dt.datetime] = mapped_column(Instant)
    body: Mapped[str] = mapped_column(Text)
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class EventPrivate(Model):
    """The personal part of an event and the salt that ties it to the chain; erased together."""

    __tablename__ = "event_private"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary)
    content: Mapped[str] = mapped_column(Text)


class Checkpoint(Model):
    """A signed Merkle root over all stream heads; the same text lies outside the database."""

    __tablename__ = "checkpoint"

    id: Mapped[PrimaryKey]
    made_at: Mapped[dt.datetime] = mapped_column(Instant)
    body: Mapped[str] = mapped_column(Text)
    signature: Mapped[str] = mapped_column(String(200))
