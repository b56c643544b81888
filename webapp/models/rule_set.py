"""Imported versions of the legal rule sets."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Code, Digest, Instant, PrimaryKey


class RuleSetVersion(Model):
    """One immutable version of a rule set; the newest approved one of a code counts."""

    __tablename__ = "rule_set_version"
    __table_args__ = (UniqueConstraint("code", "digest"),)

    id: Mapped[PrimaryKey]
    code: Mapped[Code]
    digest: Mapped[Digest]
    from_date: Mapped[dt.date]
    to_date: Mapped[dt.date | None]
    status: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[dt.datetime] = mapped_column(Instant)
