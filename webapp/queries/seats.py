"""Who reads and asks before a session: its members as summoned, and who keeps or leads it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from webapp.models import (
    AgendaItem,
    Case,
    CouncilMembership,
    CouncilSession,
    Nomination,
    SessionElector,
)
from webapp.queries.council_sessions import State
from webapp.queries.standing import Standing

KEEPERS = frozenset({"secretary", "presiding", "head", "authority", "auditor"})
"""Who reads the nominees of the council of their unit without sitting in it."""

BEFORE: frozenset[State] = frozenset({"preparing"})
AFTER: frozenset[State] = frozenset({"paper_count", "counting", "tied", "minutes", "concluded", "cancelled"})
ENDED: frozenset[State] = frozenset({"concluded", "cancelled"})


def is_elector(session: Session, case_id: int, person_id: int | None) -> bool:
    """Whether a person is a member as summoned for the session of a case."""
    query = (
        select(SessionElector.id)
        .join(CouncilSession, CouncilSession.id == SessionElector.session_id)
        .where(CouncilSession.case_id == case_id, _summoned(person_id))
    )
    return session.scalar(query.limit(1)) is not None


def summoned_to(standing: Standing) -> ColumnElement[bool]:
    """Condition on Case: it is a session to which the person was summoned."""
    return exists(
        select(SessionElector.id)
        .join(CouncilSession, CouncilSession.id == SessionElector.session_id)
        .where(CouncilSession.case_id == Case.id, _summoned(standing.person_id))
        .correlate(Case)
    )


def on_own_agenda(standing: Standing) -> ColumnElement[bool]:
    """Condition on Case: it is a nomination on the agenda of a session to which the person was summoned."""
    return exists(
        select(AgendaItem.id)
        .join(Nomination, Nomination.id == AgendaItem.nomination_id)
        .join(SessionElector, SessionElector.session_id == AgendaItem.session_id)
        .where(Nomination.case_id == Case.id, _summoned(standing.person_id))
        .correlate(Case)
    )


def _summoned(person_id: int | None) -> ColumnElement[bool]:
    """Condition on SessionElector: it is this person, and they are still a member."""
    seats = select(CouncilMembership.id).where(CouncilMembership.person_id == person_id)
    return and_(SessionElector.attendance != "relieved", SessionElector.membership_id.in_(seats))


def keeps(standing: Standing, case: Case) -> bool:
    """Whether a person reads the nominees by their role: at the council's unit, auditors at it or above it."""
    if case.organiser_id in standing.units(*(KEEPERS - {"auditor"})):
        return True
    code = case.organiser.code
    return any(
        held.role == "auditor" and (code == held.unit_code or code.startswith(held.unit_code + "/"))
        for held in standing.roles
    )


def takes_questions(state: State) -> bool:
    """From the invitation until the vote is over."""
    return state not in BEFORE | AFTER


def takes_answers(state: State) -> bool:
    """From the invitation until the session is concluded."""
    return state not in BEFORE | ENDED
