"""Effects and messages that were promised in a transaction and are carried out after it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Instant, JsonText, PrimaryKey


class OutboxItem(Model):
    """One promise. ``receiver_id`` set: a message to that case; else an effect of ``case_id``.

    ``status``: pending, leased, held (the case is frozen or does not wait for the message), done, dropped (the
    receiver had ended) or failed (tried too often). Due times and leases are wall clock: they belong to the machine,
    not to the procedure.
    """

    __tablename__ = "outbox_item"
    __table_args__ = (
        UniqueConstraint("receiver_id", "message_id"),
        UniqueConstraint("case_id", "effect_id"),
        Index("ix_outbox_due", "status", "due_at"),
    )

    id: Mapped[PrimaryKey]
    kind: Mapped[str] = mapped_column(String(60))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    effect_id: Mapped[str | None] = mapped_column(String(80))
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    message_id: Mapped[str | None] = mapped_column(String(120))
    payload: Mapped[Any] = mapped_column(JsonText)
    status: Mapped[str] = mapped_column(String(20), default="pending")
    due_at: Mapped[dt.datetime] = mapped_column(Instant)
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str | None] = mapped_column(Text)
    done_at: Mapped[dt.datetime | None] = mapped_column(Instant)
