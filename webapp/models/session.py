"""Council sessions: agenda, frozen electorate and open votes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.council import Council, CouncilMembership
from webapp.models.nomination import Nomination
from webapp.models.types import Instant, JsonText, PrimaryKey


class CouncilSession(Model):
    """One session, numbered per council and year. ``profile`` is the vote profile frozen at opening."""

    __tablename__ = "council_session"
    __table_args__ = (UniqueConstraint("council_id", "year", "number"),)

    id: Mapped[PrimaryKey]
    case_id: Mapped[int] = mapped_column(ForeignKey("case.id"), unique=True)
    council_id: Mapped[int] = mapped_column(ForeignKey("council.id"))
    year: Mapped[int]
    number: Mapped[int]
    held_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    place: Mapped[str | None] = mapped_column(String(300))
    profile: Mapped[Any] = mapped_column(JsonText)
    electorate_digest: Mapped[str | None] = mapped_column(String(64))
    opened_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    concluded_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    council: Mapped[Council] = relationship()
    electors: Mapped[list[SessionElector]] = relationship(order_by="SessionElector.id")
    agenda: Mapped[list[AgendaItem]] = relationship(order_by="AgendaItem.position", back_populates="session")


class SessionElector(Model):
    """A member as frozen for a session. ``attendance``: invited, present, late, absent or relieved."""

    __tablename__ = "session_elector"
    __table_args__ = (UniqueConstraint("session_id", "membership_id"),)

    id: Mapped[PrimaryKey]
    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"))
    attendance: Mapped[str] = mapped_column(String(20), default="invited")
    voted_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    membership: Mapped[CouncilMembership] = relationship()


class AgendaItem(Model):
    """A nomination on the agenda and, after the count, its outcome as computed."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("session_id", "nomination_id"),)

    id: Mapped[PrimaryKey]
    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), index=True)
    position: Mapped[int]
    result: Mapped[str | None] = mapped_column(String(30))
    count: Mapped[Any | None] = mapped_column(JsonText)

    session: Mapped[CouncilSession] = relationship(back_populates="agenda")
    nomination: Mapped[Nomination] = relationship()


class OpenVote(Model):
    """One member's open vote on one agenda item; ``choice``: agree, disagree, abstain or recused."""

    __tablename__ = "open_vote"

    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(20))
