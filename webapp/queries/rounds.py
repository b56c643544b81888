"""The rounds of a council's vote: the running one, what is voted on in it, its paper counts, the dossiers' digests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.models import (
    AgendaItem,
    BallotRound,
    Case,
    CouncilSession,
    FormEntry,
    Paper,
    PaperCount,
    RoundItem,
)
from workflows.record import digest

PAPER = frozenset({"paper", "mixed"})


def counted_round(session: Session, code: str) -> tuple[Case, BallotRound]:
    """The case of a session by its code, and its newest round that has not been voided. Raises NoResultFound."""
    case, session_id = session.execute(
        select(Case, CouncilSession.id)
        .join(CouncilSession, CouncilSession.case_id == Case.id)
        .where(Case.code == code)
    ).one()
    found = last_round(session, session_id)
    if found is None:
        raise NoResultFound
    return case, found


def last_round(session: Session, session_id: int) -> BallotRound | None:
    """The newest round of a session that has not been voided, with its items and markers."""
    return session.scalar(
        select(BallotRound)
        .where(BallotRound.session_id == session_id, BallotRound.voided_at.is_(None))
        .order_by(BallotRound.number.desc())
        .limit(1)
        .options(
            selectinload(BallotRound.items).joinedload(RoundItem.item), selectinload(BallotRound.markers)
        )
    )


def round_of_case(session: Session, case_id: int) -> BallotRound | None:
    """The running or newest round of the session of a case."""
    found = session.scalar(select(CouncilSession.id).where(CouncilSession.case_id == case_id))
    return last_round(session, found) if found else None


def lines_of(found: BallotRound) -> list[AgendaItem]:
    """What is voted on in a round, in the order of its sheet."""
    return sorted((each.item for each in found.items), key=lambda item: item.position)


def paper_counts(session: Session, round_id: int) -> dict[int, list[PaperCount]]:
    """What the counting team has entered, by attempt, each in the order of the members."""
    rows = session.scalars(
        select(PaperCount)
        .where(PaperCount.round_id == round_id)
        .order_by(PaperCount.attempt, PaperCount.membership_id)
        .options(joinedload(PaperCount.membership))
    )
    found: defaultdict[int, list[PaperCount]] = defaultdict(list)
    for row in rows:
        found[row.attempt].append(row)
    return dict(found)


def agreed_count(counts: Mapping[int, list[PaperCount]]) -> PaperCount | None:
    """The paper count that two people entered alike; None while there is none."""
    for _attempt, (first, *others) in sorted(counts.items(), reverse=True):
        if others and all(_numbers(other) == _numbers(first) for other in others):
            return first
    return None


def _numbers(count: PaperCount) -> tuple[int, int, Mapping[str, Mapping[str, int]]]:
    return count.issued, count.returned, count.counts


def dossier_digests(session: Session, cases: Collection[Case]) -> dict[int, str]:
    """By case id: a digest of every form and every paper in the dossier as it stands; two statements."""
    ids = [case.id for case in cases]
    parts: defaultdict[int, list[str]] = defaultdict(list)
    entries = select(FormEntry.case_id, FormEntry.digest).where(FormEntry.case_id.in_(ids))
    papers = select(Paper.case_id, Paper.sha256).where(Paper.case_id.in_(ids))
    for case_id, part in (
        *session.execute(entries.order_by(FormEntry.id)),
        *session.execute(papers.order_by(Paper.id)),
    ):
        parts[case_id].append(part)
    return {case_id: digest(parts[case_id]) for case_id in ids}
