"""Reminders of what a unit owes."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.extensions import Model
from webapp.models.types import Instant, PrimaryKey


class OwedReminder(Model):
    """Who reminded a unit of one thing, on behalf of which unit; once a day.

    ``item`` is the public id of the task, or campaign and unit where a registration is missing.
    """

    __tablename__ = "owed_reminder"
    __table_args__ = (UniqueConstraint("by_unit_id", "item", "day"),)

    id: Mapped[PrimaryKey]
    item: Mapped[str] = mapped_column(String(280))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    by_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    day: Mapped[dt.date]
    reminded_at: Mapped[dt.datetime] = mapped_column(Instant)
