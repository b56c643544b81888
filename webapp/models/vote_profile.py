"""Vote profiles of councils: immutable versions, drafted by the secretary, approved by the chairman."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.council import Council
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey, PublicId


class VoteProfileVersion(Model):
    """By which rule a council votes from a day on, on some awards or on all others (``awards`` is empty).

    ``profile`` is as it is frozen into a session: name, citation, mark, rule. ``status``: draft, approved, discarded.
    """

    __tablename__ = "vote_profile_version"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    profile: Mapped[Any] = mapped_column(JsonText)
    awards: Mapped[Any] = mapped_column(JsonText)
    from_date: Mapped[dt.date]
    to_date: Mapped[dt.date | None]
    status: Mapped[str] = mapped_column(String(20), default="draft")
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    drafted_at: Mapped[dt.datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    council: Mapped[Council] = relationship()
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
