"""Exemplars as everybody may read of them; the units that apply them, and nominations they led to."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.nomination import Nomination
from webapp.models.types import Digest, Instant, JsonText, Name, PrimaryKey
from webapp.models.unit import Unit


class Introduction(Model):
    """The public page of an exemplar, as approved. ``consent`` is the paper of it, ``until`` the last instant."""

    __tablename__ = "introduction"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[Name]
    headline: Mapped[Name]
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str | None] = mapped_column(String(500))
    effects: Mapped[Any] = mapped_column(JsonText)
    search_key: Mapped[str] = mapped_column(Text)
    consent_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    published_at: Mapped[dt.datetime] = mapped_column(Instant)
    until: Mapped[dt.datetime] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    pictures: Mapped[list[IntroducedPicture]] = relationship(order_by="IntroducedPicture.position")


class IntroducedPicture(Model):
    """A picture as everybody may see it: a copy without the data a camera adds, kept by its own digest."""

    __tablename__ = "introduced_picture"
    __table_args__ = (UniqueConstraint("introduction_id", "position"),)

    id: Mapped[PrimaryKey]
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id"))
    position: Mapped[int]
    sha256: Mapped[Digest] = mapped_column(index=True)
    media_type: Mapped[str] = mapped_column(String(120))
    width: Mapped[int]
    height: Mapped[int]
    description: Mapped[Name]


class Replication(Model):
    """A unit applies an exemplar that is introduced. ``results`` are the rows of numbers confirmed last."""

    __tablename__ = "replication"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    introduction_id: Mapped[int] = mapped_column(ForeignKey("introduction.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    begun_on: Mapped[dt.date]
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    results_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    results: Mapped[Any | None] = mapped_column(JsonText)

    case: Mapped[Case] = relationship()
    introduction: Mapped[Introduction] = relationship()
    unit: Mapped[Unit] = relationship()


class ExemplarNomination(Model):
    """A nomination that an exemplar led to; ``exemplar_id`` is the case of the exemplar."""

    __tablename__ = "exemplar_nomination"

    id: Mapped[PrimaryKey]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), unique=True)
    exemplar_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)

    nomination: Mapped[Nomination] = relationship(back_populates="exemplar")
    exemplar: Mapped[Case] = relationship()
