"""Choices of forms about what a session or a decision holds: its agenda, its members, its awards."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    AgendaItem,
    Award,
    Case,
    CouncilMembership,
    CouncilSession,
    Decision,
    Nomination,
    Person,
    SessionElector,
)
from webapp.queries.nomination_choices import Choice, nomination_choices


def agenda_nominations(session: Session, case: Case) -> Sequence[Choice]:
    """The agenda of the session, also what was withdrawn or suspended since it was set."""
    agenda = select(AgendaItem.nomination_id).join(CouncilSession)
    return nomination_choices(session, Nomination.id.in_(agenda.where(CouncilSession.case_id == case.id)))


def awardees(session: Session, case: Case) -> Sequence[Choice]:
    """The awards of the decision; one that was revoked says so."""
    query = (
        select(Case.code, Case.title, Award.revoked_on)
        .select_from(Award)
        .join(Award.decision)
        .join(Nomination, Nomination.id == Award.nomination_id)
        .join(Case, Case.id == Nomination.case_id)
        .where(Decision.case_id == case.id)
    )
    return [
        (code, title if revoked_on is None else f"{title} (đã bị hủy bỏ)")
        for code, title, revoked_on in session.execute(query.order_by(Award.position))
    ]


def session_members(session: Session, case: Case) -> Sequence[Choice]:
    """The frozen electorate of the session."""
    query = (
        select(CouncilMembership.public_id, Person.name)
        .select_from(SessionElector)
        .join(CouncilSession)
        .join(CouncilMembership, CouncilMembership.id == SessionElector.membership_id)
        .join(Person, Person.id == CouncilMembership.person_id)
        .where(CouncilSession.case_id == case.id)
    )
    return session.execute(query.order_by(SessionElector.id)).all()
