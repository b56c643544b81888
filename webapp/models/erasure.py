"""Personal data of cases that were erased by law, and what was proposed and refused of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey, PublicId

ERASED = "Đã xóa theo quy định"
"""What stands where a name stood."""

LIVE_STATES = ("proposed", "done")
LIVE = text("state IN ('proposed', 'done')")


class Erasure(Model):
    """One erasure. ``ground``: retention or request; ``state``: proposed, withdrawn, refused or done.

    ``rule``: code, name, years, citation, mark and last day of the retention that is over. ``number`` and ``dated_on``
    are those of the paper that asks for it. ``remark``: why it was refused. ``counts``: what went, by kind. A case has
    at most one that is proposed or done.
    """

    __tablename__ = "erasure"
    __table_args__ = (
        Index("uq_erasure_live", "case_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_erasure_state", "state", "id"),
    )

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    rule: Mapped[Any] = mapped_column(JsonText, nullable=True)
    number: Mapped[str | None] = mapped_column(String(120))
    dated_on: Mapped[dt.date | None]
    reason: Mapped[str | None] = mapped_column(String(2000))
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[dt.datetime] = mapped_column(Instant)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    remark: Mapped[str | None] = mapped_column(String(2000))
    counts: Mapped[Any] = mapped_column(JsonText, nullable=True)

    case: Mapped[Case] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
