"""Red flags as the worker has made them from the log: derived, never the record itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.types import Instant, JsonText, PrimaryKey


class RedFlag(Model):
    """A flag of a ``kind`` on an event of a case (its number in the log); instant and actor are those of the event.

    ``found_at`` (business time) is when it was first found. One that does not hold any more is deleted.
    """

    __tablename__ = "red_flag"
    __table_args__ = (
        UniqueConstraint("case_id", "event", "kind"),
        Index("ix_red_flag_at", "at", "id"),
        Index("ix_red_flag_kind", "kind", "at", "id"),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    kind: Mapped[str] = mapped_column(String(40))
    event: Mapped[int]
    actor: Mapped[str] = mapped_column(String(36))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    facts: Mapped[Any] = mapped_column(JsonText)
    found_at: Mapped[dt.datetime] = mapped_column(Instant)

    case: Mapped[Case] = relationship()


class FlagExamination(Model):
    """Up to which event of its log a case was looked through for flags, and when (business time)."""

    __tablename__ = "flag_examination"

    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), primary_key=True)
    event: Mapped[int]
    examined_at: Mapped[dt.datetime] = mapped_column(Instant)
