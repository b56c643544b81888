"""Aggregated lists: a unit's accepted registrations, sent up to be confirmed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.campaign import Campaign
from webapp.models.case import Case
from webapp.models.registration import RegistrationVersion
from webapp.models.types import Instant, PrimaryKey
from webapp.models.unit import Unit


class RegistrationList(Model):
    """One list of a unit, signed once and confirmed by the organiser."""

    __tablename__ = "registration_list"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    signed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    confirmed_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    campaign: Mapped[Campaign] = relationship()
    unit: Mapped[Unit] = relationship()
    lines: Mapped[list[RegistrationListLine]] = relationship(
        back_populates="list", order_by="RegistrationListLine.position"
    )


class RegistrationListLine(Model):
    """One registration on a list, in the version that was in force when the list was gathered."""

    __tablename__ = "registration_list_line"
    __table_args__ = (UniqueConstraint("list_id", "version_id"),)

    id: Mapped[PrimaryKey]
    list_id: Mapped[int] = mapped_column(ForeignKey("registration_list.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("registration_version.id"), index=True)
    position: Mapped[int]

    list: Mapped[RegistrationList] = relationship(back_populates="lines")
    version: Mapped[RegistrationVersion] = relationship()
