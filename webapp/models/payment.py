"""Prize money as it is paid, and what that takes to know of whoever receives it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.decision import Award
from webapp.models.person import Person
from webapp.models.types import Instant, PrimaryKey, PublicId

LIVE = text("undone_at IS NULL")


class Payee(Model):
    """Who receives the prize of an award: kept for its payment, in no event of the log, and erased after it.

    ``name``: the person who receives it for a collective, or for an awardee who cannot.
    """

    __tablename__ = "payee"

    id: Mapped[PrimaryKey]
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), unique=True)
    name: Mapped[str | None] = mapped_column(String(300))
    identity_number: Mapped[str | None] = mapped_column(String(20))
    account: Mapped[str | None] = mapped_column(String(40))
    bank: Mapped[str | None] = mapped_column(String(200))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)


class AwardPayment(Model):
    """The prize of an award as it was paid, in đồng; ``way``: cash or account. At most one that was not undone."""

    __tablename__ = "award_payment"
    __table_args__ = (
        Index("uq_award_payment_live", "award_id", unique=True, sqlite_where=LIVE, postgresql_where=LIVE),
        Index("ix_award_payment_paid_on", "paid_on"),
    )

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    paid_on: Mapped[dt.date]
    way: Mapped[str] = mapped_column(String(20))
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_reason: Mapped[str | None] = mapped_column(String(2000))

    award: Mapped[Award] = relationship()
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
