"""What members ask before a session votes, and what its secretary answers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import select

from webapp.models import (
    AgendaItem,
    Case,
    CouncilMembership,
    CouncilSession,
    Nomination,
    SessionElector,
    SessionQuestion,
)
from webapp.models.types import new_public_id
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import acting_standing
from webapp.operations.notices import tell
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.steps import refuse_unless_active
from webapp.operations.transaction import Transaction, write
from webapp.queries.council_sessions import state_of
from webapp.queries.people import holders_in
from webapp.queries.seats import is_elector, takes_answers, takes_questions
from webapp.queries.standing import Standing, may_see
from webapp.text import lines
from workflows.council_events import QuestionAnswered, QuestionAsked
from workflows.forms import Fault

QUESTION_LIMIT = 1000
ANSWER_LIMIT = 4000
MOST_QUESTIONS = 100
"""Of one member in one session: who has more to ask calls the secretary."""

SECRETARY = "secretary"


def ask_question(
    code: str, text: str, key: str, nomination: str | None = None, *, actor: Actor, now: Now
) -> str:
    """Ask on a nominee (code of the nomination) or on the session; returns the public id.

    The same words under the same ``key`` are asked once. Raises NotFound, Forbidden to all but the members summoned,
    InvalidForm without text or above the limit, NotNow("no_questions") before the invitation and after the vote,
    NotNow("too_many_questions"), CaseFrozen.
    """
    key = hashlib.sha256("\0".join((key, nomination or "", text)).encode()).hexdigest()
    with write(actor, now) as transaction:
        case, _standing = _seen(transaction, code)
        if not is_elector(transaction.session, case.id, actor.person_id):
            raise Forbidden
        held = _held(transaction, case)
        if (known := _asked_before(transaction, held, key)) is not None:
            return known
        if not takes_questions(state_of(transaction.session, case)):
            raise NotNow("no_questions")
        refuse_unless_active(case)
        question = SessionQuestion(
            public_id=new_public_id(),
            session_id=held.id,
            nomination_id=_on_agenda(transaction, held, nomination),
            asker_id=actor.person_id,
            asked_under=key,
            text=_checked(text, "/text", QUESTION_LIMIT),
            asked_at=now.at,
        )
        transaction.session.add(question)
        asked = QuestionAsked(question=question.public_id, nomination=nomination)
        transaction.log_case(case, asked, private={"text": question.text})
        secretaries = holders_in(transaction.session, [case.organiser_id], (SECRETARY,), transaction.day)
        tell(transaction, case, secretaries - {actor.person_id}, "question_asked")
        return question.public_id


def answer_question(code: str, question_id: str, text: str, *, actor: Actor, now: Now) -> None:
    """Answer a question (public id), or correct the answer; the same words again change nothing.

    Raises NotFound, Forbidden to all but a secretary of the council's unit, InvalidForm, NotNow("no_answers") once the
    session is concluded, CaseFrozen.
    """
    with write(actor, now) as transaction:
        case, standing = _seen(transaction, code)
        if not may_answer(standing, case):
            raise Forbidden
        question = _question(transaction, _held(transaction, case), question_id)
        answer = _checked(text, "/answer", ANSWER_LIMIT)
        if question.answer == answer:
            return
        if not takes_answers(state_of(transaction.session, case)):
            raise NotNow("no_answers")
        refuse_unless_active(case)
        corrected = question.answer is not None
        question.answer, question.answered_at, question.answered_by_id = answer, now.at, actor.person_id
        about = question.nomination.case.code if question.nomination else None
        answered = QuestionAnswered(question=question_id, nomination=about, corrected=corrected)
        transaction.log_case(case, answered, private={"answer": answer})
        members = _members(transaction, question) - {question.answered_by_id}
        tell(transaction, case, members, "question_answered")


def may_answer(standing: Standing, case: Case) -> bool:
    """Whether a person answers the questions of a session."""
    return case.organiser_id in standing.units(SECRETARY)


def _seen(transaction: Transaction, code: str) -> tuple[Case, Standing]:
    """The session's case, locked, when the actor may know of it."""
    session = transaction.session
    case_id = session.scalar(select(Case.id).where(Case.code == code, Case.process == "council_vote"))
    standing = acting_standing(transaction)
    if case_id is None or not (
        may_see(session, standing, case_id) or is_elector(session, case_id, standing.person_id)
    ):
        raise NotFound
    return transaction.lock_case(case_id), standing


def _held(transaction: Transaction, case: Case) -> CouncilSession:
    query = select(CouncilSession).where(CouncilSession.case_id == case.id)
    return transaction.session.execute(query).scalar_one()


def _asked_before(transaction: Transaction, held: CouncilSession, key: str) -> str | None:
    """The question that was asked under this key; refuses a member who has asked very much."""
    own = transaction.session.execute(
        select(SessionQuestion.asked_under, SessionQuestion.public_id).where(
            SessionQuestion.session_id == held.id, SessionQuestion.asker_id == transaction.actor.person_id
        )
    ).all()
    asked: dict[str, str] = {row.asked_under: row.public_id for row in own}
    if key in asked:
        return asked[key]
    if len(asked) >= MOST_QUESTIONS:
        raise NotNow("too_many_questions")
    return None


def _on_agenda(transaction: Transaction, held: CouncilSession, nomination: str | None) -> int | None:
    """The row of a nomination of the session's agenda. Raises NotFound for any other."""
    if nomination is None:
        return None
    found = transaction.session.scalar(
        select(Nomination.id)
        .join(Case, Case.id == Nomination.case_id)
        .join(AgendaItem, AgendaItem.nomination_id == Nomination.id)
        .where(AgendaItem.session_id == held.id, Case.code == nomination)
    )
    if found is None:
        raise NotFound
    return found


def _question(transaction: Transaction, held: CouncilSession, public_id: str) -> SessionQuestion:
    found = transaction.session.scalar(
        select(SessionQuestion)
        .where(SessionQuestion.session_id == held.id, SessionQuestion.public_id == public_id)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def _members(transaction: Transaction, question: SessionQuestion) -> set[int]:
    """Ids of the people summoned to the session of a question."""
    found: Iterable[int] = transaction.session.scalars(
        select(CouncilMembership.person_id)
        .join(SessionElector, SessionElector.membership_id == CouncilMembership.id)
        .where(SessionElector.session_id == question.session_id, SessionElector.attendance != "relieved")
    )
    return set(found)


def _checked(text: str, place: str, limit: int) -> str:
    text = lines(text)
    if not text:
        raise InvalidForm([Fault(place, "required")])
    if len(text) > limit:
        raise InvalidForm([Fault(place, "too_long", {"limit": limit})])
    return text
