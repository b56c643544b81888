"""Questions on a session and its nominees, with their answers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, Nomination, Nominee, Person, SessionQuestion


@dataclass(frozen=True)
class QuestionRow:
    """One question; ``nomination`` and ``nominee`` are empty for one on the session in general."""

    public_id: str
    nomination: str | None
    nominee: str | None
    asker: str
    text: str
    asked_at: dt.datetime
    answer: str | None
    answered_by: str | None
    answered_at: dt.datetime | None


_answerer = aliased(Person)


def session_questions(
    session: Session, session_id: int, nomination_id: int | None = None
) -> tuple[QuestionRow, ...]:
    """Questions of a session (row id), or of one nominee of it, in the order they were asked; one statement."""
    query = (
        select(
            SessionQuestion.public_id,
            Case.code,
            Nominee.name,
            Person.name,
            SessionQuestion.text,
            SessionQuestion.asked_at,
            SessionQuestion.answer,
            _answerer.name,
            SessionQuestion.answered_at,
        )
        .join(Person, Person.id == SessionQuestion.asker_id)
        .outerjoin(_answerer, _answerer.id == SessionQuestion.answered_by_id)
        .outerjoin(Nomination, Nomination.id == SessionQuestion.nomination_id)
        .outerjoin(Nominee, Nominee.id == Nomination.nominee_id)
        .outerjoin(Case, Case.id == Nomination.case_id)
        .where(SessionQuestion.session_id == session_id)
        .order_by(SessionQuestion.id)
    )
    if nomination_id is not None:
        query = query.where(SessionQuestion.nomination_id == nomination_id)
    return tuple(QuestionRow(*row) for row in session.execute(query))
