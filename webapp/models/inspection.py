"""Inspections (cuộc kiểm tra): decision, units, period, members; their notes and findings."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.campaign import Campaign
from webapp.models.case import Case
from webapp.models.paper import Paper
from webapp.models.person import Person
from webapp.models.types import Instant, Name, PrimaryKey
from webapp.models.unit import Unit


class Inspection(Model):
    """``period_from`` and ``period_to``: the days whose cases it looks at; ``begins_on`` and ``ends_on``: when it does.

    All days are included. ``campaign_id`` narrows it; ``ended_at`` is when its head ended it, with a ``conclusion``.
    """

    __tablename__ = "inspection"

    id: Mapped[PrimaryKey]
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[Name]
    decision_number: Mapped[str] = mapped_column(String(100))
    decision_date: Mapped[dt.date]
    issued_by: Mapped[Name]
    period_from: Mapped[dt.date]
    period_to: Mapped[dt.date]
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    begun_at: Mapped[dt.datetime] = mapped_column(Instant)
    ended_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    conclusion: Mapped[str | None] = mapped_column(Text)

    campaign: Mapped[Campaign | None] = relationship()
    units: Mapped[list[InspectionUnit]] = relationship(
        cascade="all, delete-orphan", order_by="InspectionUnit.id"
    )
    members: Mapped[list[InspectionMember]] = relationship(order_by="InspectionMember.id")
    papers: Mapped[list[InspectionPaper]] = relationship(order_by="InspectionPaper.id")


class InspectionUnit(Model):
    """A unit that an inspection covers, with all below it."""

    __tablename__ = "inspection_unit"
    __table_args__ = (UniqueConstraint("inspection_id", "unit_id"),)

    id: Mapped[PrimaryKey]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))

    unit: Mapped[Unit] = relationship()


class InspectionMember(Model):
    """Somebody who inspects. Who leaves keeps the row: what they wrote stays theirs."""

    __tablename__ = "inspection_member"
    __table_args__ = (
        UniqueConstraint("inspection_id", "person_id"),
        Index("ix_inspection_member_person", "person_id", "inspection_id"),
    )

    id: Mapped[PrimaryKey]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    head: Mapped[bool]
    left_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    person: Mapped[Person] = relationship()


class InspectionPaper(Model):
    """A scan of a decision by which an inspection was begun or changed: a paper that belongs to no case."""

    __tablename__ = "inspection_paper"

    id: Mapped[PrimaryKey]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True)

    paper: Mapped[Paper] = relationship()


class InspectionNote(Model):
    """What a member wrote down for the others about an event of a case; never changed."""

    __tablename__ = "inspection_note"
    __table_args__ = (Index("ix_inspection_note_place", "inspection_id", "case_id"),)

    id: Mapped[PrimaryKey]
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    event_number: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(Text)
    written_at: Mapped[dt.datetime] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    person: Mapped[Person] = relationship()


class InspectionFinding(Model):
    """A finding (phát hiện) about an event of the case ``subject``; ``case`` is the one in which it is answered."""

    __tablename__ = "inspection_finding"
    __table_args__ = (Index("ix_inspection_finding_inspection", "inspection_id", "case_id"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"))
    subject_id: Mapped[int] = mapped_column(ForeignKey("case.id"), index=True)
    event_number: Mapped[int]
    severity: Mapped[str] = mapped_column(String(20))

    case: Mapped[Case] = relationship(foreign_keys=[case_id])
    inspection: Mapped[Inspection] = relationship()
    subject: Mapped[Case] = relationship(foreign_keys=[subject_id])
