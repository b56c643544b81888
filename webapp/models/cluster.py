"""Clusters and blocks (cụm, khối thi đua): members, criteria, the years they are scored, scores, acclaim votes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.campaign import Campaign
from webapp.models.case import Case
from webapp.models.nomination import Nomination
from webapp.models.person import Person
from webapp.models.types import Code, Digest, Instant, JsonText, Name, Points, PrimaryKey, PublicId
from webapp.models.unit import Unit


class CriteriaVersion(Model):
    """One immutable version of a criteria table; the newest approved one of a code is offered.

    With a unit it is that unit's own, and offered there and below. ``status``: draft, replaced (by a later state of the
    same draft), submitted, approved, discarded. An imported version has no unit and nobody who drafted it.
    ``remark``: why the authority gave a draft back.
    """

    __tablename__ = "criteria_version"
    __table_args__ = (UniqueConstraint("code", "digest"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    code: Mapped[Code] = mapped_column(index=True)
    name: Mapped[Name]
    digest: Mapped[Digest]
    status: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    imported_at: Mapped[dt.datetime] = mapped_column(Instant)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    remark: Mapped[str | None] = mapped_column(Text)

    unit: Mapped[Unit | None] = relationship()
    drafted_by: Mapped[Person | None] = relationship(foreign_keys=[drafted_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


class Cluster(Model):
    """A group of similar units that score one another; ``kind``: cluster (cụm) or block (khối)."""

    __tablename__ = "cluster"

    id: Mapped[PrimaryKey]
    code: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Name]
    kind: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    sort_key: Mapped[str] = mapped_column(String(1000))

    unit: Mapped[Unit] = relationship()
    members: Mapped[list[ClusterMember]] = relationship(order_by="ClusterMember.id", back_populates="cluster")
    years: Mapped[list[ClusterYear]] = relationship(
        order_by="ClusterYear.year.desc()", back_populates="cluster"
    )


class ClusterMember(Model):
    """``unit`` belongs to the cluster from ``from_date`` until ``to_date`` (both included)."""

    __tablename__ = "cluster_member"
    __table_args__ = (UniqueConstraint("cluster_id", "unit_id", "from_date"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_date: Mapped[dt.date]
    to_date: Mapped[dt.date | None]

    cluster: Mapped[Cluster] = relationship(back_populates="members")
    unit: Mapped[Unit] = relationship()


class ClusterYear(Model):
    """A year of a cluster: who leads it, by which criteria it is scored, and the case that scores it.

    ``round`` counts the votes opened for the leading unit; ``candidates`` are the row ids of those voted on in it.
    ``pairs`` says by code of the unit that is scored who scores it, where that was chosen by hand.
    """

    __tablename__ = "cluster_year"
    __table_args__ = (UniqueConstraint("cluster_id", "year"),)

    id: Mapped[PrimaryKey]
    cluster_id: Mapped[int] = mapped_column(ForeignKey("cluster.id"))
    year: Mapped[int]
    leader_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    criteria_id: Mapped[int] = mapped_column(ForeignKey("criteria_version.id"))
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))
    pairs: Mapped[Any] = mapped_column(JsonText, default=dict)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case.id"), unique=True)
    self_closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    published_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    round: Mapped[int] = mapped_column(default=0)
    candidates: Mapped[Any] = mapped_column(JsonText, default=list)
    counted: Mapped[Any] = mapped_column(JsonText, default=list)
    concluded_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    cluster: Mapped[Cluster] = relationship(back_populates="years")
    leader: Mapped[Unit] = relationship(foreign_keys=[leader_id])
    deputy: Mapped[Unit | None] = relationship(foreign_keys=[deputy_id])
    criteria: Mapped[CriteriaVersion] = relationship()
    campaign: Mapped[Campaign | None] = relationship()
    case: Mapped[Case | None] = relationship()
    members: Mapped[list[YearMember]] = relationship(order_by="YearMember.position", back_populates="year")


class YearMember(Model):
    """A member as the scoring of a year began, who scores it, and what came of it.

    A scoring that was cancelled keeps its members: those of the year are those of its present case.
    """

    __tablename__ = "year_member"
    __table_args__ = (
        UniqueConstraint("case_id", "unit_id"),
        UniqueConstraint("case_id", "scorer_id", name="uq_year_member_scorer"),
    )

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    cluster_year_id: Mapped[int] = mapped_column(ForeignKey("cluster_year.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    scorer_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    position: Mapped[int]
    total: Mapped[Decimal | None] = mapped_column(Points)
    rank: Mapped[int | None]
    acclaimed: Mapped[bool] = mapped_column(default=False)

    year: Mapped[ClusterYear] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])
    scorer: Mapped[Unit] = relationship(foreign_keys=[scorer_id])


class Score(Model):
    """Points for one criterion; a later ``round`` stands beside an earlier one, never in its place.

    ``kind``: self, cross (by the scorer), consolidated (by the leader) or verified (by the organiser). ``evidence`` are
    public ids of papers.
    """

    __tablename__ = "score"
    __table_args__ = (UniqueConstraint("year_member_id", "kind", "round", "criterion"),)

    id: Mapped[PrimaryKey]
    year_member_id: Mapped[int] = mapped_column(ForeignKey("year_member.id"))
    criterion: Mapped[Code]
    kind: Mapped[str] = mapped_column(String(20))
    round: Mapped[int]
    points: Mapped[Decimal] = mapped_column(Points)
    note: Mapped[str | None] = mapped_column(Text)
    evidence: Mapped[Any] = mapped_column(JsonText, default=list)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[dt.datetime] = mapped_column(Instant)

    member: Mapped[YearMember] = relationship()
    person: Mapped[Person] = relationship()


class AcclaimVote(Model):
    """The open vote of a member for the leading unit; without ``choice`` for nobody."""

    __tablename__ = "acclaim_vote"
    __table_args__ = (UniqueConstraint("voter_id", "round"),)

    id: Mapped[PrimaryKey]
    voter_id: Mapped[int] = mapped_column(ForeignKey("year_member.id"))
    round: Mapped[int]
    choice_id: Mapped[int | None] = mapped_column(ForeignKey("year_member.id"))
    at: Mapped[dt.datetime] = mapped_column(Instant)

    voter: Mapped[YearMember] = relationship(foreign_keys=[voter_id])
    choice: Mapped[YearMember | None] = relationship(foreign_keys=[choice_id])


class NominationGround(Model):
    """The result of a cluster that a nomination stands on."""

    __tablename__ = "nomination_ground"

    id: Mapped[PrimaryKey]
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), unique=True)
    year_member_id: Mapped[int] = mapped_column(ForeignKey("year_member.id"), index=True)

    nomination: Mapped[Nomination] = relationship(back_populates="ground")
    member: Mapped[YearMember] = relationship()
