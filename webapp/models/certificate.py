"""Certificates as they were printed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.decision import Award, Decision
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey, PublicId


class Certificate(Model):
    """One certificate: ``printed`` holds its fields in their order, as the sheet has them, whatever changes later.

    ``award`` is None for a letter of thanks. ``issue`` is 1 for the first, 2 for the one that replaced it (``copy_of``,
    for a ``cause``: lost, misprint or correction, and a ``reason``). ``state``: valid, replaced or revoked.
    ``made_by`` is None where the procedure made it.
    """

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("award_id", "issue"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("award.id"))
    issue: Mapped[int] = mapped_column(default=1)
    type: Mapped[str] = mapped_column(String(60))
    size: Mapped[str] = mapped_column(String(20))
    printed: Mapped[Any] = mapped_column(JsonText)
    state: Mapped[str] = mapped_column(String(20), default="valid")
    cause: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(2000))
    copy_of_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))
    made_at: Mapped[dt.datetime] = mapped_column(Instant)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    decision: Mapped[Decision] = relationship()
    award: Mapped[Award | None] = relationship()
    made_by: Mapped[Person | None] = relationship()
