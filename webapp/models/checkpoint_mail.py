"""E-mails that carry fingerprints of checkpoints away, as they were written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Instant, JsonText, PrimaryKey


class CheckpointMail(Model):
    """One e-mail to one address, about no case; ``checkpoints`` are the fingerprints in it.

    ``message_id`` is the same however often it is tried; ``fault`` is what the server said the last time.
    ``created_at`` is business time, ``sent_at`` the machine's.
    """

    __tablename__ = "checkpoint_mail"

    id: Mapped[PrimaryKey]
    message_id: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(500))
    address: Mapped[str] = mapped_column(String(254))
    locale: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    checkpoints: Mapped[Any] = mapped_column(JsonText)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    sent_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    fault: Mapped[str | None] = mapped_column(Text)
