"""A mark of a session that changes when anything does that its page follows by itself: cheap, for looking again."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import BallotMarker, BallotRound, Case, CouncilSession, PaperCount, SessionElector, Task
from webapp.queries.case_page import known_case
from webapp.queries.council_sessions import session_state
from webapp.queries.standing import Standing
from workflows.record import digest

LENGTH = 16


def session_mark(session: Session, standing: Standing, code: str) -> str | None:
    """The mark of the session of this code; three small statements, whatever the length of its agenda.

    None where there is none, or the person may not know of it.
    """
    head = session.execute(
        select(CouncilSession.id, Case.id, Case.state, session_state(), CouncilSession.closed_at)
        .join(Case, Case.id == CouncilSession.case_id)
        .where(Case.code == code, known_case(standing, "council_vote"))
    ).first()
    if head is None:
        return None
    votes = select(func.count()).where(BallotMarker.round_id == BallotRound.id).scalar_subquery()
    entries = select(func.count()).where(PaperCount.round_id == BallotRound.id).scalar_subquery()
    rounds = session.execute(
        select(BallotRound.number, BallotRound.refused, BallotRound.voided_at, votes, entries)
        .where(BallotRound.session_id == head[0])
        .order_by(BallotRound.number)
    )
    is_open = (
        select(Task.id)
        .where(
            Task.case_id == head[1],
            Task.membership_id == SessionElector.membership_id,
            Task.element == "cast_vote",
            Task.status == "open",
        )
        .exists()
    )
    members = session.execute(
        select(SessionElector.membership_id, SessionElector.attendance, is_open)
        .where(SessionElector.session_id == head[0])
        .order_by(SessionElector.id)
    )
    seen = [*map(str, head), *(str(tuple(row)) for row in rounds), *(str(tuple(row)) for row in members)]
    return digest(seen)[:LENGTH]
