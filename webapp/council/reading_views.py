"""Pages: a nominee before the council, nominees side by side, questions asked and answered."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.council.questions import Refilled, answer, ask
from webapp.council.reading import MOST_COMPARED, aside_text, shown_comparison, shown_nominee
from webapp.council.showing import shown_session
from webapp.council.views import Answer, blueprint
from webapp.ui.access import signed_in

__all__ = ["blueprint"]


@blueprint.context_processor
def reading_words() -> dict[str, Any]:
    """What the templates of the nominees ask for."""
    return {"aside_text": aside_text, "most_compared": MOST_COMPARED}


@blueprint.get("/council/sessions/<code>/nominees/<nomination>")
@signed_in
def show_nominee(code: str, nomination: str) -> str:
    """One nominee of a session with all that is known of it."""
    return render_template("council/show_nominee.html", shown=shown_nominee(code, nomination))


@blueprint.get("/council/sessions/<code>/compare")
@signed_in
def compare_nominees(code: str) -> str:
    """The nominees of a strand side by side."""
    return render_template("council/compare_nominees.html", shown=shown_comparison(code))


@blueprint.get("/council/sessions/<code>/questions")
@signed_in
def show_questions(code: str) -> Response:
    """The address of a question sent, loaded again: back to the session."""
    return redirect(url_for("council.show_session", code=code) + "#questions")


@blueprint.post("/council/sessions/<code>/questions")
@signed_in
def ask_question(code: str) -> Answer:
    """A member asks on the session or on one of its nominees."""
    nomination = request.form.get("nomination", "")
    asked = ask(code, _page_of(code, nomination))
    return _again(code, nomination, asked) if isinstance(asked, Refilled) else asked


@blueprint.get("/council/sessions/<code>/questions/<question>")
@signed_in
def show_question(code: str, question: str) -> Response:
    """The address of an answer sent, loaded again: back to the session."""
    return redirect(url_for("council.show_session", code=code) + f"#question-{question}")


@blueprint.post("/council/sessions/<code>/questions/<question>")
@signed_in
def answer_question(code: str, question: str) -> Answer:
    """The secretary answers a question, or corrects the answer."""
    nomination = request.form.get("nomination", "")
    answered = answer(code, question, _page_of(code, nomination))
    return _again(code, nomination, answered) if isinstance(answered, Refilled) else answered


def _page_of(code: str, nomination: str) -> str:
    """The page a form was on: that of the nominee it names, else that of the session."""
    if nomination:
        return url_for("council.show_nominee", code=code, nomination=nomination)
    return url_for("council.show_session", code=code)


def _again(code: str, nomination: str, refilled: Refilled) -> tuple[str, int]:
    """The page the form was on, with what was typed and what is wrong with it."""
    if nomination:
        shown = shown_nominee(code, nomination, refilled)
        return render_template("council/show_nominee.html", shown=shown), 422
    return render_template("council/show_session.html", shown=shown_session(code, refilled)), 422
