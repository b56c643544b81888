"""Who acts for whom in which matters and when, and who is away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.campaign import Campaign
from webapp.models.person import Person
from webapp.models.types import Instant, JsonText, PrimaryKey, PublicId
from webapp.models.unit import Unit


class Delegation(Model):
    """``delegate`` acts for ``principal`` from ``from_date`` until ``to_date`` (both included).

    ``state``: proposed, accepted, declined, revoked, ended. ``campaign`` and ``kinds`` (process.element) narrow it; an
    empty list means every kind of task.
    """

    __tablename__ = "delegation"
    __table_args__ = (Index("ix_delegation_delegate", "delegate_id", "state"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    principal_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    from_date: Mapped[dt.date]
    to_date: Mapped[dt.date]
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    kinds: Mapped[Any] = mapped_column(JsonText)
    reason: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(20), default="proposed")
    proposed_at: Mapped[dt.datetime] = mapped_column(Instant)
    changed_at: Mapped[dt.datetime] = mapped_column(Instant)

    principal: Mapped[Person] = relationship(foreign_keys=[principal_id])
    delegate: Mapped[Person] = relationship(foreign_keys=[delegate_id])
    campaign: Mapped[Campaign | None] = relationship()
    roles: Mapped[list[DelegatedRole]] = relationship(
        cascade="all, delete-orphan", order_by="DelegatedRole.id"
    )


class DelegatedRole(Model):
    """One of the principal's roles in units that a delegation covers."""

    __tablename__ = "delegated_role"
    __table_args__ = (UniqueConstraint("delegation_id", "role", "unit_id"),)

    id: Mapped[PrimaryKey]
    delegation_id: Mapped[int] = mapped_column(ForeignKey("delegation.id"))
    role: Mapped[str] = mapped_column(String(30))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))

    unit: Mapped[Unit] = relationship()


class Absence(Model):
    """``person`` is away from ``from_date`` until ``to_date`` (both included)."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_to_date", "to_date"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    from_date: Mapped[dt.date]
    to_date: Mapped[dt.date]

    person: Mapped[Person] = relationship()
