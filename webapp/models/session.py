"""Council sessions: agenda and frozen electorate."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.case import Case
from webapp.models.council import Council, CouncilMembership
from webapp.models.nomination import Nomination
from webapp.models.types import Instant, JsonText, PrimaryKey

if TYPE_CHECKING:
    from webapp.models.ballot import BallotRound

PRESENT = frozenset({"present", "late", "replied"})
"""Attendance of those who take part; who votes in writing has replied."""


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
    mode: Mapped[str | None] = mapped_column(String(20))
    profile: Mapped[Any] = mapped_column(JsonText)
    electorate_digest: Mapped[str | None] = mapped_column(String(64))
    opened_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    concluded_at: Mapped[dt.datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship()
    council: Mapped[Council] = relationship()
    electors: Mapped[list[SessionElector]] = relationship(order_by="SessionElector.id")
    agenda: Mapped[list[AgendaItem]] = relationship(order_by="AgendaItem.position", back_populates="session")
    rounds: Mapped[list[BallotRound]] = relationship(order_by="BallotRound.number", back_populates="session")

    @property
    def voters(self) -> list[SessionElector]:
        """Everybody who counts as a member: who was relieved does not."""
        return [elector for elector in self.electors if elector.attendance != "relieved"]


class SessionElector(Model):
    """A member as frozen for a session.

    ``attendance``: invited, present, late, replied (by correspondence), absent or relieved. ``on_paper`` says that
    they vote on a paper ballot.
    """

    __tablename__ = "session_elector"
    __table_args__ = (UniqueConstraint("session_id", "membership_id"),)

    id: Mapped[PrimaryKey]
    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"))
    attendance: Mapped[str] = mapped_column(String(20), default="invited")
    on_paper: Mapped[bool] = mapped_column(default=False)

    membership: Mapped[CouncilMembership] = relationship()

    @property
    def present(self) -> bool:
        """Whether they take part."""
        return self.attendance in PRESENT


class AgendaItem(Model):
    """A nomination on the agenda and, after the count, its outcome as computed by the last round that decided it.

    ``dossier_digest`` is that of the dossier as it stood when the session was opened.
    """

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("session_id", "nomination_id"),)

    id: Mapped[PrimaryKey]
    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"))
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), index=True)
    position: Mapped[int]
    dossier_digest: Mapped[str | None] = mapped_column(String(64))
    result: Mapped[str | None] = mapped_column(String(30))
    count: Mapped[Any | None] = mapped_column(JsonText)

    session: Mapped[CouncilSession] = relationship(back_populates="agenda")
    nomination: Mapped[Nomination] = relationship()

    @property
    def withdrawn(self) -> bool:
        """Whether the dossier has ended since the agenda was set: nothing is voted or counted on it any more."""
        return self.nomination.case.state == "ended"

    @property
    def suspended(self) -> bool:
        """Whether the dossier is suspended now: the council does not decide about it meanwhile."""
        return self.nomination.case.state == "frozen"

    @property
    def votable(self) -> bool:
        """Whether something is voted and counted on it."""
        return not (self.withdrawn or self.suspended)
