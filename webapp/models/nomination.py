"""Nominees, their registrations and nominations, and the submission batches that carry them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.campaign import AwardRound, Campaign, Strand
from webapp.models.case import Case
from webapp.models.types import Code, Instant, Name, PrimaryKey, PublicId
from webapp.models.unit import Unit
from workflows.vocabulary import NomineeKind

if TYPE_CHECKING:
    from webapp.models.cluster import NominationGround
    from webapp.models.exemplar import ExemplarNomination


NOMINATIONS = ("nomination", "extraordinary")
"""The processes whose cases are nominations: through the units, or for an extraordinary merit without a submission."""


class Nominee(Model):
    """Who takes part and may be awarded. ``kind``: collective, individual, household, commune, hamlet, …"""

    __tablename__ = "nominee"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    kind: Mapped[NomineeKind] = mapped_column(String(30))
    name: Mapped[Name]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    address: Mapped[str | None] = mapped_column(String(500))
    birth_year: Mapped[int | None]
    identity: Mapped[str | None] = mapped_column(String(64), index=True)
    """Keyed digest of the identity number (webapp/identity.py), never the number."""
    people: Mapped[int | None]
    """How many belong to a collective, as it says."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sort_key: Mapped[str] = mapped_column(String(1000), index=True)
    search_key: Mapped[str] = mapped_column(String(500), index=True)

    unit: Mapped[Unit] = relationship()


class Registration(Model):
    """A nominee takes part in a strand of a campaign."""

    __tablename__ = "registration"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), index=True)
    filled_by: Mapped[str] = mapped_column(String(20))
    title_aimed: Mapped[str | None] = mapped_column(String(120))
    """Code of the emulation title aimed at, as it stands now; None where the campaign has none, or none was named."""
    registered_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    campaign: Mapped[Campaign] = relationship()
    strand: Mapped[Strand] = relationship()
    nominee: Mapped[Nominee] = relationship()


class Submission(Model):
    """A batch: one paper of a unit with many nominations, signed once."""

    __tablename__ = "submission"

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("award_round.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    signed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    received_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    return_by: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    campaign: Mapped[Campaign] = relationship()
    round: Mapped[AwardRound] = relationship()
    unit: Mapped[Unit] = relationship()
    lines: Mapped[list[SubmissionLine]] = relationship(
        back_populates="submission", order_by="SubmissionLine.position"
    )


class Nomination(Model):
    """A nominee proposed for an award in a round. Stage, outcome and due dates are those of its case."""

    __tablename__ = "nomination"
    __table_args__ = (
        # A round may have very many: who competes in a strand is read from the index alone.
        Index("ix_nomination_round_strand", "round_id", "strand_id", "award", "case_id", "nominee_id"),
    )

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("award_round.id"))
    strand_id: Mapped[int] = mapped_column(ForeignKey("strand.id"))
    nominee_id: Mapped[int] = mapped_column(ForeignKey("nominee.id"), index=True)
    registration_id: Mapped[int | None] = mapped_column(ForeignKey("registration.id"))
    award: Mapped[Code]
    achievement: Mapped[str] = mapped_column(String(1000), default="")
    route: Mapped[str] = mapped_column(String(20))
    filled_by: Mapped[str] = mapped_column(String(20))
    received_on: Mapped[dt.date | None]
    supplements: Mapped[int] = mapped_column(default=0)
    result: Mapped[str | None] = mapped_column(String(30))

    case: Mapped[Case] = relationship()
    campaign: Mapped[Campaign] = relationship()
    round: Mapped[AwardRound] = relationship()
    strand: Mapped[Strand] = relationship()
    nominee: Mapped[Nominee] = relationship()
    registration: Mapped[Registration | None] = relationship()
    ground: Mapped[NominationGround | None] = relationship(back_populates="nomination")
    exemplar: Mapped[ExemplarNomination | None] = relationship(back_populates="nomination")


class SubmissionLine(Model):
    """One nomination on a submission; ``result``: empty until received, then received or returned."""

    __tablename__ = "submission_line"
    __table_args__ = (UniqueConstraint("submission_id", "nomination_id"),)

    id: Mapped[PrimaryKey]
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), index=True)
    position: Mapped[int]
    result: Mapped[str | None] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(2000))

    submission: Mapped[Submission] = relationship(back_populates="lines")
    nomination: Mapped[Nomination] = relationship()
