"""What was registered, version by version, and the requests to change it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.nomination import Registration
from webapp.models.types import Instant, JsonText, Name, PrimaryKey


class RegistrationVersion(Model):
    """One version of an accepted registration, never changed; the newest is in force. ``case`` is what made it."""

    __tablename__ = "registration_version"
    __table_args__ = (UniqueConstraint("registration_id", "number"),)

    id: Mapped[PrimaryKey]
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"))
    number: Mapped[int]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    name: Mapped[Name]
    title_aimed: Mapped[str | None] = mapped_column(String(120))
    targets: Mapped[Any] = mapped_column(JsonText)
    commitment: Mapped[str] = mapped_column(Text)
    in_force_from: Mapped[dt.datetime] = mapped_column(Instant)

    registration: Mapped[Registration] = relationship()
    case: Mapped[Case] = relationship()


class RegistrationChange(Model):
    """A request to change an accepted registration; its case runs the procedure."""

    __tablename__ = "registration_change"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    registration_id: Mapped[int] = mapped_column(ForeignKey("registration.id"), index=True)

    case: Mapped[Case] = relationship()
    registration: Mapped[Registration] = relationship()
