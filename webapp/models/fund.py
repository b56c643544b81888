"""The emulation and commendation fund of a body, year by year."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.person import Person
from webapp.models.types import Instant, PrimaryKey
from webapp.models.unit import Unit


class EmulationFund(Model):
    """What the fund of a unit is estimated at for a year, in đồng, by which paper; the newest row of a year counts."""

    __tablename__ = "emulation_fund"
    __table_args__ = (Index("ix_emulation_fund_unit_id", "unit_id", "year"),)

    id: Mapped[PrimaryKey]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    estimate: Mapped[int] = mapped_column(BigInteger)
    paper_number: Mapped[str] = mapped_column(String(120))
    dated_on: Mapped[dt.date]
    note: Mapped[str | None] = mapped_column(String(2000))
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    set_at: Mapped[dt.datetime] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()
    set_by: Mapped[Person | None] = relationship()
