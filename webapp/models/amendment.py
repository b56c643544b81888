"""What later decisions do to awards: what they correct, what they revoke, and what money comes back."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.decision import Award, Decision
from webapp.models.paper import Paper
from webapp.models.person import Person
from webapp.models.types import Instant, Name, PrimaryKey, PublicId


class AwardCorrection(Model):
    """What a decision puts right of an award: a ``field`` (name, address or achievement) as it was and as it is.

    ``applied``: the decision has its number, and the text counts.
    """

    __tablename__ = "award_correction"
    __table_args__ = (UniqueConstraint("decision_id", "award_id", "field"),)

    id: Mapped[PrimaryKey]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"))
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    applied: Mapped[bool] = mapped_column(default=False)

    decision: Mapped[Decision] = relationship()
    award: Mapped[Award] = relationship()


class Revocation(Model):
    """Why awards are revoked by a decision: the ``ground`` of the rule set, and the conclusion it rests on.

    ``concluded_by``, ``conclusion_number`` and ``concluded_on`` are those of the attached paper.
    """

    __tablename__ = "revocation"

    id: Mapped[PrimaryKey]
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    ground: Mapped[str] = mapped_column(String(120))
    concluded_by: Mapped[Name]
    conclusion_number: Mapped[str] = mapped_column(String(120))
    concluded_on: Mapped[dt.date]
    conclusion_paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))

    decision: Mapped[Decision] = relationship()
    conclusion_paper: Mapped[Paper | None] = relationship()
    awards: Mapped[list[RevokedAward]] = relationship(
        order_by="RevokedAward.id", back_populates="revocation", cascade="all, delete-orphan"
    )


class RevokedAward(Model):
    """An award that a decision revokes, the reason, and the prize in đồng that is to come back."""

    __tablename__ = "revoked_award"
    __table_args__ = (UniqueConstraint("revocation_id", "award_id"),)

    id: Mapped[PrimaryKey]
    revocation_id: Mapped[int] = mapped_column(ForeignKey("revocation.id"))
    award_id: Mapped[int] = mapped_column(ForeignKey("award.id"), index=True)
    reason: Mapped[str] = mapped_column(String(2000))
    amount_due: Mapped[int]

    revocation: Mapped[Revocation] = relationship(back_populates="awards")
    award: Mapped[Award] = relationship()
    repayments: Mapped[list[Repayment]] = relationship(
        order_by="Repayment.id", back_populates="revoked_award"
    )


class Repayment(Model):
    """Money of a revoked award that came back, by the number of its receipt; undone where that was a mistake."""

    __tablename__ = "repayment"

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    revoked_award_id: Mapped[int] = mapped_column(ForeignKey("revoked_award.id"), index=True)
    amount: Mapped[int]
    returned_on: Mapped[dt.date]
    document_number: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    undone_reason: Mapped[str | None] = mapped_column(String(2000))

    revoked_award: Mapped[RevokedAward] = relationship(back_populates="repayments")
    entered_by: Mapped[Person | None] = relationship(foreign_keys=[entered_by_id])
    undone_by: Mapped[Person | None] = relationship(foreign_keys=[undone_by_id])
