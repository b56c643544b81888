"""A list that is taken over row by row: registrations or nominations of many, each opened as its own case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.campaign import Campaign
from webapp.models.person import Person
from webapp.models.types import Digest, Instant, JsonText, PrimaryKey, PublicId


class RowImport(Model):
    """One list, by whom it was sent; ``shared`` is what holds for every row. ``state``: running, done, cancelled.

    ``scan``: name, media type, size and digest of the signed list, where one came with it.
    """

    __tablename__ = "row_import"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    process: Mapped[str] = mapped_column(String(60))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    file_name: Mapped[str] = mapped_column(String(300))
    sha256: Mapped[Digest]
    shared: Mapped[Any] = mapped_column(JsonText)
    scan: Mapped[Any] = mapped_column(JsonText)
    state: Mapped[str] = mapped_column(String(20), default="running", index=True)
    started_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    campaign: Mapped[Campaign] = relationship()
    person: Mapped[Person] = relationship()


class RowImportLine(Model):
    """One row: ``start`` and ``form`` as they will be handed in. ``fault``: why it could not be, as a code.

    ``state``: waiting, done (``case_code`` is what was opened) or failed.
    """

    __tablename__ = "row_import_line"
    __table_args__ = (Index("ix_row_import_line_waiting", "import_id", "state", "id"),)

    id: Mapped[PrimaryKey]
    import_id: Mapped[int] = mapped_column(ForeignKey("row_import.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(500))
    start: Mapped[Any] = mapped_column(JsonText)
    form: Mapped[Any] = mapped_column(JsonText)
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    case_code: Mapped[str | None] = mapped_column(String(40))
    fault: Mapped[Any] = mapped_column(JsonText)
