"""What is known of single members: open votes when all is over, and relations they have declared."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    BallotRound,
    Case,
    CouncilMembership,
    CouncilSession,
    DeclaredRelation,
    Nomination,
    OpenVote,
)


def declared_by(session: Session, found: CouncilSession, reader_id: int | None) -> frozenset[str]:
    """Codes of the nominations on the agenda to which a person has declared a relation."""
    query = (
        select(Case.code)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(DeclaredRelation, DeclaredRelation.nomination_id == Nomination.id)
        .join(CouncilMembership, CouncilMembership.id == DeclaredRelation.membership_id)
        .where(
            CouncilMembership.person_id == reader_id,
            Nomination.id.in_([item.nomination_id for item in found.agenda]),
        )
    )
    return frozenset(session.scalars(query))


def open_votes(session: Session, found: CouncilSession) -> dict[int, dict[str, str]]:
    """Choices by agenda item and membership, where votes were open: the last of each member on each nominee."""
    if found.profile["rule"]["ballot"] != "open":
        return {}
    rows = session.execute(
        select(OpenVote.agenda_item_id, CouncilMembership.public_id, OpenVote.choice)
        .join(CouncilMembership, CouncilMembership.id == OpenVote.membership_id)
        .join(BallotRound, BallotRound.id == OpenVote.round_id)
        .where(BallotRound.session_id == found.id, BallotRound.voided_at.is_(None))
        .order_by(BallotRound.number)
    )
    votes: dict[int, dict[str, str]] = {item.id: {} for item in found.agenda}
    for item_id, membership, choice in rows:
        votes[item_id][membership] = choice
    return votes
