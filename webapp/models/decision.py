"""Award decisions and the register of commendations."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.campaign import Campaign
from webapp.models.case import Case
from webapp.models.nomination import Nomination
from webapp.models.paper import Paper
from webapp.models.types import Instant, Name, PrimaryKey, PublicId
from webapp.models.unit import Unit


class Decision(Model):
    """One decision with many awards. Its number comes from the office's own book: unique per body and year.

    ``kind``: award, or a correction or revocation of ``original``. ``status``: valid, corrected, revoked_in_part or
    revoked. ``signing``: here or elsewhere, once that is chosen; ``signed_paper`` is the signed file. ``permit_paper``
    and ``permit_number`` allow a deputy to sign.
    """

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("unit_id", "year", "number"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"), index=True)
    title: Mapped[Name]
    number: Mapped[int | None]
    year: Mapped[int | None]
    symbol: Mapped[str | None] = mapped_column(String(40))
    dated_on: Mapped[dt.date | None]
    signed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    signer: Mapped[str | None] = mapped_column(String(300))
    signer_position: Mapped[str | None] = mapped_column(String(300))
    published_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(20), default="award")
    status: Mapped[str] = mapped_column(String(20), default="valid")
    original_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"), index=True)
    signing: Mapped[str | None] = mapped_column(String(20))
    signed_paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    permit_paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    permit_number: Mapped[str | None] = mapped_column(String(120))

    case: Mapped[Case] = relationship()
    unit: Mapped[Unit] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    awards: Mapped[list[Award]] = relationship(
        order_by="Award.position", back_populates="decision", foreign_keys="Award.decision_id"
    )
    original: Mapped[Decision | None] = relationship(remote_side="Decision.id")
    signed_paper: Mapped[Paper | None] = relationship(foreign_keys=[signed_paper_id])
    permit_paper: Mapped[Paper | None] = relationship(foreign_keys=[permit_paper_id])


class Award(Model):
    """One awardee of a decision; ``register_number`` is ours and gap-free per body and year.

    ``received_relation`` and ``proxy_paper``: of whoever received it for somebody else. ``noticed_at`` and
    ``reminded_at``: when its people were told to come for it, and again.

    ``revoked_on``: struck from the register by ``revoked_by``; ``corrected_by`` is the decision that put it right last.
    """

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("decision_id", "nomination_id"),
        UniqueConstraint("register_unit_id", "register_year", "register_number"),
    )

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), index=True)
    position: Mapped[int]
    prize: Mapped[int | None]
    register_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    register_year: Mapped[int | None]
    register_number: Mapped[int | None]
    handed_over_on: Mapped[dt.date | None]
    handed_over_to: Mapped[str | None] = mapped_column(String(300))
    received_relation: Mapped[str | None] = mapped_column(String(300))
    proxy_paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    noticed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    reminded_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    revoked_on: Mapped[dt.date | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))
    corrected_by_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    decision: Mapped[Decision] = relationship(back_populates="awards", foreign_keys=[decision_id])
    nomination: Mapped[Nomination] = relationship()
    proxy_paper: Mapped[Paper | None] = relationship()
    revoked_by: Mapped[Decision | None] = relationship(foreign_keys=[revoked_by_id])
    corrected_by: Mapped[Decision | None] = relationship(foreign_keys=[corrected_by_id])


class NumberSeries(Model):
    """The last number given in a series and year; the row is locked while one is taken."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(String(160), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
