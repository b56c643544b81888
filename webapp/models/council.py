"""Councils and who sits on them when."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Name, PrimaryKey, PublicId
from webapp.models.unit import Unit


class Council(Model):
    """The emulation and commendation council of a unit."""

    __tablename__ = "council"

    id: Mapped[PrimaryKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[Name]
    founded_by: Mapped[str | None] = mapped_column(String(300))

    unit: Mapped[Unit] = relationship()
    memberships: Mapped[list[CouncilMembership]] = relationship(
        back_populates="council", order_by="CouncilMembership.id"
    )


class CouncilMembership(Model):
    """``position``: chair, standing_deputy, deputy, member or secretary."""

    __tablename__ = "council_membership"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[str] = mapped_column(String(30))
    from_date: Mapped[dt.date]
    to_date: Mapped[dt.date | None]

    council: Mapped[Council] = relationship(back_populates="memberships")
    person: Mapped[Person] = relationship()

    def sits_on(self, day: dt.date) -> bool:
        """True when the member sits in the council on ``day``."""
        return self.from_date <= day and (self.to_date is None or day <= self.to_date)
