"""Roles that people hold in units, with their period."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.types import PrimaryKey
from webapp.models.unit import Unit

if TYPE_CHECKING:
    from webapp.models.person import Person


class RoleHolding(Model):
    """``person`` holds ``role`` in ``unit`` from ``from_date`` until ``to_date`` (both included)."""

    __tablename__ = "role_holding"
    __table_args__ = (Index("ix_role_holding_role_unit", "role", "unit_id"),)

    id: Mapped[PrimaryKey]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(30))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_date: Mapped[dt.date]
    to_date: Mapped[dt.date | None]

    person: Mapped[Person] = relationship(back_populates="holdings")
    unit: Mapped[Unit] = relationship()

    def holds_on(self, day: dt.date) -> bool:
        """True when the role is held on ``day``."""
        return self.from_date <= day and (self.to_date is None or day <= self.to_date)
