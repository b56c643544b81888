"""Verifications of the record that somebody has asked for; the worker carries them out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey


class LogVerification(Model):
    """One verification. ``state``: waiting, running, done or failed.

    ``events`` of about ``total`` have been looked at. ``faults`` is how many things do not hold, ``findings`` the first
    of them: kind, place and detail of each. All instants are wall clock.
    """

    __tablename__ = "log_verification"

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    asked_at: Mapped[dt.datetime] = mapped_column(Instant)
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    total: Mapped[int]
    events: Mapped[int] = mapped_column(default=0)
    streams: Mapped[int] = mapped_column(default=0)
    checkpoints: Mapped[int] = mapped_column(default=0)
    papers: Mapped[int] = mapped_column(default=0)
    milliseconds: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0)
    findings: Mapped[Any] = mapped_column(JsonText)

    person: Mapped[Person] = relationship()
