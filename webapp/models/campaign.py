"""Campaigns with the plan they stand on, their strands, rounds, ceilings and addressed units."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.types import Code, Digest, Instant, Name, PrimaryKey
from webapp.models.unit import Unit

OWN_PROCESSES = ("campaign", "response")
"""The processes that run a campaign: from its plan to its end, or as a unit's answer to one from above."""


class PlanVersion(Model):
    """One immutable version of a plan text (YAML as it was read)."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("code", "digest"),)

    id: Mapped[PrimaryKey]
    code: Mapped[Code]
    digest: Mapped[Digest]
    content: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[dt.datetime] = mapped_column(Instant)


class Campaign(Model):
    """An emulation campaign; ``case`` runs its process, ``plan_version`` says what it is about."""

    __tablename__ = "campaign"

    id: Mapped[PrimaryKey]
    code: Mapped[Code] = mapped_column(unique=True)
    title: Mapped[Name]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    plan_version_id: Mapped[int] = mapped_column(ForeignKey("plan_version.id"))
    starts_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    registration: Mapped[str] = mapped_column(String(20), default="planned")
    registration_closes: Mapped[dt.datetime | None] = mapped_column(Instant)
    search_key: Mapped[str] = mapped_column(String(500))

    unit: Mapped[Unit] = relationship()
    plan_version: Mapped[PlanVersion] = relationship()
    case: Mapped[Case | None] = relationship(
        primaryjoin=lambda: and_(foreign(Case.campaign_id) == Campaign.id, Case.process.in_(OWN_PROCESSES)),
        viewonly=True,
        uselist=False,
    )
    strands: Mapped[list[Strand]] = relationship(order_by="Strand.position", back_populates="campaign")
    rounds: Mapped[list[AwardRound]] = relationship(order_by="AwardRound.on_date", back_populates="campaign")
    addressed: Mapped[list[AddressedUnit]] = relationship(order_by="AddressedUnit.id")
    response: Mapped[CampaignResponse | None] = relationship(foreign_keys="CampaignResponse.campaign_id")


class Strand(Model):
    """A content of the campaign with its own target group."""

    __tablename__ = "strand"
    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    code: Mapped[Code]
    title: Mapped[Name]
    position: Mapped[int]

    campaign: Mapped[Campaign] = relationship(back_populates="strands")


class AwardRound(Model):
    """One selection of the campaign; ``state``: planned, open, closed, or not_held where a review decided so.

    A standing one takes awards of extraordinary merit on any day of its year.
    """

    __tablename__ = "award_round"
    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    code: Mapped[Code]
    title: Mapped[Name]
    on_date: Mapped[dt.date]
    state: Mapped[str] = mapped_column(String(20), default="planned")

    campaign: Mapped[Campaign] = relationship(back_populates="rounds")
    ceilings: Mapped[list[AwardCeiling]] = relationship(order_by="AwardCeiling.id")


class AwardCeiling(Model):
    """At most ``maximum`` awards of a pool of nominee kinds in one strand of one round."""

    __tablename__ = "award_ceiling"
    __table_args__ = (UniqueConstraint("round_id", "strand_id", "pool"),)

    id: Mapped[PrimaryKey]
    round_id: Mapped[int] = mapped_column(ForeignKey("award_round.id"))
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    pool: Mapped[str] = mapped_column(String(40))
    maximum: Mapped[int]


class AddressedUnit(Model):
    """A unit the plan is addressed to, and what came back from it."""

    __tablename__ = "addressed_unit"
    __table_args__ = (UniqueConstraint("campaign_id", "unit_id"),)

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    response: Mapped[str | None] = mapped_column(String(30))
    responded_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    unit: Mapped[Unit] = relationship()


class CampaignResponse(Model):
    """A campaign (``campaign_id``) that a unit launched in response to one from above (``parent_id``)."""

    __tablename__ = "campaign_response"
    __table_args__ = (UniqueConstraint("parent_id", "unit_id"),)

    id: Mapped[PrimaryKey]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), unique=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))

    parent: Mapped[Campaign] = relationship(foreign_keys=[parent_id])
