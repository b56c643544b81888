"""Days on which an office works or not, other than the public calendar says."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Instant, PrimaryKey
from webapp.models.unit import Unit


class OfficeDay(Model):
    """A day of a unit and all units below it; ``kind``: off (not worked), worked (a day of rest worked in exchange)."""

    __tablename__ = "office_day"
    __table_args__ = (UniqueConstraint("unit_id", "day"),)

    id: Mapped[PrimaryKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[dt.date]
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()
    entered_by: Mapped[Person] = relationship()
