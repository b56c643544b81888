"""In-app notices."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.types import Instant, JsonText, PrimaryKey


class Notice(Model):
    """A message to one person; its sentence is made at reading from ``template`` and ``values``."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("outbox_item_id", "person_id"),
        Index("ix_notice_person", "person_id", "read_at"),
    )

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    outbox_item_id: Mapped[int | None] = mapped_column(ForeignKey("outbox_item.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), index=True)
    template: Mapped[str] = mapped_column(String(60))
    values: Mapped[Any] = mapped_column(JsonText)
    created_at: Mapped[dt.datetime] = mapped_column(Instant)
    read_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case | None] = relationship()
