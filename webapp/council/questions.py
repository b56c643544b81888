"""Questions before a session as its pages show them, asked and answered there."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.models import Case
from webapp.operations.questions import (
    ANSWER_LIMIT,
    QUESTION_LIMIT,
    answer_question,
    ask_question,
    may_answer,
)
from webapp.operations.refusals import InvalidForm
from webapp.queries.council_sessions import State
from webapp.queries.seats import takes_answers, takes_questions
from webapp.queries.session_questions import QuestionRow, session_questions
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now


@dataclass(frozen=True)
class Refilled:
    """What was typed and could not be taken: for a new question (``place`` is empty) or an answer to one."""

    place: str
    text: str
    fault: str


@dataclass(frozen=True)
class ShownQuestions:
    """Questions with what the reader may do; ``key`` goes with a new one, so that sent twice it is asked once."""

    code: str
    rows: tuple[QuestionRow, ...]
    nomination: str | None
    may_ask: bool
    may_answer: bool
    key: str
    limits: Mapping[str, int] = field(
        default_factory=lambda: {"question": QUESTION_LIMIT, "answer": ANSWER_LIMIT}
    )
    refilled: Refilled | None = None

    @property
    def unanswered(self) -> int:
        return sum(row.answer is None for row in self.rows)

    def typed(self, place: str = "") -> str:
        """What stands in a field: what was typed before, else the answer as it is."""
        if self.refilled and self.refilled.place == place:
            return self.refilled.text
        return next((row.answer or "" for row in self.rows if row.public_id == place), "")

    def fault(self, place: str = "") -> str:
        """What is wrong with a field."""
        return self.refilled.fault if self.refilled and self.refilled.place == place else ""


def shown_questions(
    case: Case,
    session_id: int,
    state: State,
    *,
    member: bool,
    nomination: tuple[int, str] | None = None,
    refilled: Refilled | None = None,
) -> ShownQuestions:
    """The questions of a session (row id), or of one nomination (row id and code) of it."""
    nomination_id, nomination_code = nomination or (None, None)
    return ShownQuestions(
        code=case.code,
        rows=session_questions(db.session(), session_id, nomination_id),
        nomination=nomination_code,
        may_ask=member and case.state == "active" and takes_questions(state),
        may_answer=may_answer(standing(), case) and case.state == "active" and takes_answers(state),
        key=(refilled and request.form.get("key", "")) or secrets.token_hex(16),
        refilled=refilled,
    )


def ask(code: str, back: str) -> Response | Refilled:
    """Ask what the form says and go back; with a fault what was typed."""
    actor, now = actor_and_now()
    text = request.form.get("text", "")
    try:
        ask_question(
            code,
            text,
            request.form.get("key") or secrets.token_hex(16),
            request.form.get("nomination") or None,
            actor=actor,
            now=now,
        )
    except InvalidForm as refusal:
        return Refilled("", text, _fault(refusal))
    flash(_("Your question is with the secretary; all members can read it."), "success")
    return redirect(back + "#questions")


def answer(code: str, question: str, back: str) -> Response | Refilled:
    """Answer a question and go back to it; with a fault what was typed."""
    actor, now = actor_and_now()
    text = request.form.get("answer", "")
    try:
        answer_question(code, question, text, actor=actor, now=now)
    except InvalidForm as refusal:
        return Refilled(question, text, _fault(refusal))
    flash(_("The answer is kept; the members have been told."), "success")
    return redirect(f"{back}#question-{question}")


def _fault(refusal: InvalidForm) -> str:
    fault = refusal.faults[0]
    if fault.code == "too_long":
        limit = fault.params["limit"]
        return ngettext("At most %(num)s sign.", "At most %(num)s signs.", limit)
    return _("Write something first.")
