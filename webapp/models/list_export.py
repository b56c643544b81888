"""Files that are written by the worker, because they are too long to wait for."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Instant, PrimaryKey, PublicId


class ListExport(Model):
    """One file that was asked for. ``state``: waiting, running, done, cancelled, failed or expired.

    ``query`` is what was asked for as its address described it, ``written`` of ``total`` rows are in the file. Lease,
    end and expiry are wall clock; ``sha256`` names the file while it is kept.
    """

    __tablename__ = "list_export"
    __table_args__ = (Index("ix_list_export_waiting", "state", "id"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    page: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(2000))
    language: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    total: Mapped[int]
    written: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[dt.datetime] = mapped_column(Instant)
    lease_until: Mapped[dt.datetime | None] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    expires_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    file_name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[str | None] = mapped_column(String(64))
    size: Mapped[int | None]

    person: Mapped[Person] = relationship()
