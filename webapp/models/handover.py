"""Transfers of office: who hands over to whom, from which day, and what."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey, PublicId


class Handover(Model):
    """``giver`` holds the roles until the day before ``day``, ``taker`` from it on; open work moves on that day.

    ``roles``: [role, unit row id] of each role that moves. ``cases``: codes of the cases the giver brought in that
    move, too. ``carried_at`` is empty until the day has come.
    """

    __tablename__ = "handover"
    __table_args__ = (
        Index("ix_handover_waiting", "carried_at", "day"),
        Index("ix_handover_giver", "giver_id"),
        Index("ix_handover_taker", "taker_id"),
    )

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    giver_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    taker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[dt.date]
    roles: Mapped[Any] = mapped_column(JsonText)
    cases: Mapped[Any] = mapped_column(JsonText)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[dt.datetime] = mapped_column(Instant)
    carried_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    tasks: Mapped[int | None]
    """How many open tasks moved, once they have."""

    giver: Mapped[Person] = relationship(foreign_keys=[giver_id])
    taker: Mapped[Person] = relationship(foreign_keys=[taker_id])
