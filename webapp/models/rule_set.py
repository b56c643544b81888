"""Versions of the legal rule sets: imported, or drafted on pages and approved by the authority."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Code, Digest, Instant, PrimaryKey, PublicId
from webapp.models.unit import Unit


class RuleSetVersion(Model):
    """One immutable version of a rule set; the newest approved one of a code and unit counts.

    With a unit it holds there and below, before the general one. ``status``: draft, replaced (by a later state of the
    same draft), submitted, approved, discarded. An imported version has no unit and nobody who drafted it.
    ``remark``: why the authority gave a draft back.
    """

    __tablename__ = "rule_set_version"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    code: Mapped[Code] = mapped_column(index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    digest: Mapped[Digest]
    from_date: Mapped[dt.date]
    to_date: Mapped[dt.date | None]
    status: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[dt.datetime] = mapped_column(Instant)
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    remark: Mapped[str | None] = mapped_column(Text)

    unit: Mapped[Unit | None] = relationship()
    drafted_by: Mapped[Person | None] = relationship(foreign_keys=[drafted_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
