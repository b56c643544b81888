"""Rounds of a vote and the ballots cast in them. Of a secret ballot nothing joins who voted with what was voted.

``ballot_marker`` says who has voted; the ballot itself lies sealed beside it, and after the close opened, torn into
its lines and shuffled. No counter and no time stands in a table of secret ballots, and their keys are random.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from webapp.extensions import Model
from webapp.models.council import CouncilMembership
from webapp.models.paper import Paper
from webapp.models.session import AgendaItem, CouncilSession
from webapp.models.types import Digest, Instant, JsonText, PrimaryKey, PublicId

WITHOUT_ROWID = {"sqlite_with_rowid": False}
"""SQLite would number the rows in the order they came."""


def random_id() -> bytes:
    """A key that tells nothing about order."""
    return secrets.token_bytes(16)


class BallotRound(Model):
    """One vote of a session: the first, a second ballot on those that were equal, or one held again after a void.

    ``medium``: electronic, paper or mixed. ``public_key`` seals the ballots of a secret one; its private half is
    outside the database and is destroyed with the count. ``refused`` says why a count was refused.
    """

    __tablename__ = "ballot_round"
    __table_args__ = (UniqueConstraint("session_id", "number"),)

    id: Mapped[PrimaryKey]
    public_id: Mapped[PublicId]
    session_id: Mapped[int] = mapped_column(ForeignKey("council_session.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    medium: Mapped[str] = mapped_column(String(20))
    secret: Mapped[bool]
    electorate_digest: Mapped[Digest]
    agenda_digest: Mapped[Digest]
    profile_digest: Mapped[Digest]
    public_key: Mapped[str | None] = mapped_column(String(64))
    counters: Mapped[Any] = mapped_column(JsonText)
    opened_at: Mapped[dt.datetime] = mapped_column(Instant)
    closes_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    counted_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    refused: Mapped[str | None] = mapped_column(String(40))
    voided_at: Mapped[dt.datetime | None] = mapped_column(Instant)
    void_reason: Mapped[str | None] = mapped_column(String(2000))

    session: Mapped[CouncilSession] = relationship(back_populates="rounds")
    items: Mapped[list[RoundItem]] = relationship(order_by="RoundItem.agenda_item_id", back_populates="round")
    markers: Mapped[list[BallotMarker]] = relationship(order_by="BallotMarker.membership_id")

    def has_vote_of(self, membership_id: int) -> bool:
        """Whether a member has voted, on the screen or in writing."""
        return any(marker.membership_id == membership_id for marker in self.markers)


class RoundItem(Model):
    """A nominee that is voted on in a round; ``chosen`` is how the chair broke a tie, where the rule lets them."""

    __tablename__ = "round_item"

    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_round.id"), primary_key=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), primary_key=True, index=True)
    result: Mapped[str | None] = mapped_column(String(30))
    count: Mapped[Any | None] = mapped_column(JsonText)
    chosen: Mapped[bool | None]

    round: Mapped[BallotRound] = relationship(back_populates="items")
    item: Mapped[AgendaItem] = relationship()


class BallotMarker(Model):
    """That a member has voted in a round, and how: electronic, or written (an opinion with its scanned paper)."""

    __tablename__ = "ballot_marker"

    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_round.id"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"), primary_key=True)
    via: Mapped[str] = mapped_column(String(20))
    at: Mapped[dt.datetime] = mapped_column(Instant)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))

    membership: Mapped[CouncilMembership] = relationship()
    paper: Mapped[Paper | None] = relationship()


class OpenVote(Model):
    """What one member is known to have voted on one nominee: openly, or in a written opinion.

    ``choice``: agree, disagree, abstain or recused.
    """

    __tablename__ = "open_vote"

    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_round.id"), primary_key=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"), primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"), primary_key=True)
    choice: Mapped[str] = mapped_column(String(20))


class SealedBallot(Model):
    """A whole secret ballot under the key of its round; all of a round have one size."""

    __tablename__ = "sealed_ballot"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_id)
    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_round.id"), index=True)
    sealed: Mapped[bytes]


class CountedBallot(Model):
    """One line of an opened secret ballot, no longer beside the other lines of its sheet."""

    __tablename__ = "counted_ballot"
    __table_args__ = WITHOUT_ROWID

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_id)
    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_round.id"), index=True)
    agenda_item_id: Mapped[int] = mapped_column(ForeignKey("agenda_item.id"))
    choice: Mapped[str] = mapped_column(String(20))


class BallotTracker(Model):
    """The code of one opened ballot: it was shown to its voter once, and stands in the count minutes."""

    __tablename__ = "ballot_tracker"
    __table_args__ = WITHOUT_ROWID

    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_round.id"), primary_key=True)
    tracker: Mapped[str] = mapped_column(String(20), primary_key=True)


class PaperCount(Model):
    """What one of the counting team entered of the paper ballots; ``counts``: agenda item id → numbers by choice."""

    __tablename__ = "paper_count"

    round_id: Mapped[int] = mapped_column(ForeignKey("ballot_round.id"), primary_key=True)
    attempt: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"), primary_key=True)
    issued: Mapped[int]
    returned: Mapped[int]
    counts: Mapped[Any] = mapped_column(JsonText)
    entered_at: Mapped[dt.datetime] = mapped_column(Instant)

    membership: Mapped[CouncilMembership] = relationship()


class DeclaredRelation(Model):
    """A relation a member has declared to a nominee: they stand aside."""

    __tablename__ = "declared_relation"

    membership_id: Mapped[int] = mapped_column(ForeignKey("council_membership.id"), primary_key=True)
    nomination_id: Mapped[int] = mapped_column(ForeignKey("nomination.id"), primary_key=True, index=True)
    declared_at: Mapped[dt.datetime] = mapped_column(Instant)
