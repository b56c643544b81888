"""Erasures as their pages draw them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from webapp.erasures import words
from webapp.extensions import db
from webapp.models import Case, Erasure
from webapp.operations import erasures
from webapp.operations.erasures import Request
from webapp.operations.refusals import NotNow
from webapp.queries.erased_parts import parts_of
from webapp.queries.erasure_hindrances import blockers
from webapp.queries.erasure_rests import Staying, others_of, staying
from webapp.queries.erasures import (
    DECIDERS,
    KEEPERS,
    SUBJECTS,
    DueRow,
    Wanted,
    due,
    erasure_for,
    erasures_in,
    file_of,
    live_erasure,
    term_of_case,
    whole_of,
)
from webapp.queries.retention import Term
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.fields import Form
from webapp.ui.filling import Answer, Typed, fill
from webapp.ui.listing import Listing, listing, year_of
from webapp.ui.refusal_texts import refusal_text
from workflows.forms import Schema

PAGE_SIZE = 50


@dataclass(frozen=True)
class ShownErasures:
    """One state of the list: files that may be erased, or erasures, a page of them; how many there are."""

    asked: Listing
    state: str
    rows: tuple[DueRow, ...] | tuple[Erasure, ...]
    total: int
    waiting: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


@dataclass(frozen=True)
class Inventory:
    """What of a case goes and what stays; ``blocked`` says in sentences what is in the way."""

    case: Case
    changes: tuple[Case, ...]
    going: list[tuple[object, int]]
    staying: list[Staying]
    others: list[Case]
    term: Term
    blocked: tuple[str, ...]


def shown_erasures() -> ShownErasures:
    """The list of this request."""
    asked = listing(("state", "process", "year"), states=tuple(words.STATES))
    session, mine, state = db.session(), standing(), asked["state"] or "due"
    process = asked["process"] if asked["process"] in SUBJECTS else ""
    waiting = erasures_in(session, mine, "proposed")
    rows = (
        due(session, mine, Wanted(process, year_of(asked["year"])), today())
        if state == "due"
        else waiting
        if state == "proposed"
        else erasures_in(session, mine, state)
    )
    start = (asked.page - 1) * PAGE_SIZE
    return ShownErasures(asked, state, tuple(rows[start : start + PAGE_SIZE]), len(rows), len(waiting))  # type: ignore[arg-type]  # all of one kind


def proposed_due(codes: list[str]) -> Response:
    """Propose ticked files; one that is in the way of nothing is proposed, the others are counted."""
    actor, now = actor_and_now()
    refused: list[str] = []
    for code in codes:
        try:
            erasures.propose_erasure(code, None, actor=actor, now=now)
        except NotNow as refusal:
            refused.append(f"{code}: {refusal_text(refusal)}")
    if done := len(codes) - len(refused):
        told = ngettext(
            "The erasure of %(num)s dossier is proposed.",
            "The erasure of %(num)s dossiers is proposed.",
            done,
        )
        flash(told, "success")
    for line in refused or ([] if codes else [_("Tick at least one dossier.")]):
        flash(line, "error")
    return redirect(url_for("erasures.list_erasures", state="proposed" if done else None))


def proposed(code: str) -> Answer:
    """The check page of a case; sent, its erasure is proposed by the paper that was entered."""
    case = file_of(db.session(), standing(), code, *KEEPERS) or hidden()
    if live := live_erasure(db.session(), case):
        return redirect(url_for("erasures.show_erasure", public_id=live.public_id))

    def propose(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        paper = Request(typed["number"], dt.date.fromisoformat(typed["dated_on"]), typed["reason"])
        public_id = erasures.propose_erasure(code, paper, actor=actor, now=now)
        flash(_("The erasure is proposed; somebody else decides on it."), "success")
        return redirect(url_for("erasures.show_erasure", public_id=public_id))

    about = inventory_of(case)

    def show(form: Form) -> str:
        return render_template(
            "erasures/propose_erasure.html", form=form, about=about, words=words, today=today()
        )

    return fill(_request_form(), {"dated_on": today().isoformat()}, show, propose)


def decided(public_id: str) -> Answer:
    """One erasure. Whoever decides on the file agrees or refuses here; who proposed it may take it back."""
    row = erasure_for(db.session(), standing(), public_id) or hidden()
    decides = row.case.organiser_id in standing().units(*DECIDERS)

    def decide(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        agreed = request.form.get("decision") == "agree"
        erasures.decide_erasure(public_id, agreed, typed.get("reason", ""), actor=actor, now=now)
        flash(_("The personal data are erased.") if agreed else _("The erasure is refused."), "success")
        return redirect(url_for("erasures.show_erasure", public_id=public_id))

    def show(form: Form) -> str:
        own = row.proposed_by_id == standing().person_id
        about = {"row": row, "about": inventory_of(row.case), "decides": decides, "own": own}
        return render_template("erasures/show_erasure.html", form=form, words=words, **about)

    return fill(_refusal_form(), {}, show, decide)


def withdrawn(public_id: str) -> Response:
    """Take back what oneself proposed."""
    actor, now = actor_and_now()
    erasures.withdraw_erasure(public_id, actor=actor, now=now)
    flash(_("The proposal to erase is withdrawn."), "success")
    return redirect(url_for("erasures.show_erasure", public_id=public_id))


def inventory_of(case: Case) -> Inventory:
    """What of a case would go now."""
    session = db.session()
    whole = whole_of(session, case)
    return Inventory(
        case=case,
        changes=tuple(each for each in whole if each.id != case.id),
        going=words.counted(parts_of(session, whole)),
        staying=staying(session, case),
        others=others_of(session, case) if case.erased_at is None else [],
        term=term_of_case(session, case),
        blocked=tuple(refusal_text(NotNow(f"erasure_{name}")) for name in blockers(session, whole)),
    )


def erasure_of(case: Case) -> Erasure | None:
    """The erasure that is on record of a case, for the head of its page; None for whom its ground does not concern."""
    found = live_erasure(db.session(), case) if case.erased_at else None
    return found and erasure_for(db.session(), standing(), found.public_id)


def may_be_erased(case: Case) -> bool:
    """Whether the reader keeps the file of a case that has ended, and may propose to erase it."""
    ended = case.state == "ended" and case.erased_at is None and case.process in SUBJECTS
    return ended and case.organiser_id in standing().units(*KEEPERS)


def _request_form() -> Schema:
    kept = _("It stays on record for good: write it without the name of the nominee.")
    return {
        "type": "object",
        "properties": {
            "number": {
                "type": "string",
                "maxLength": 120,
                "title": _("Number of the paper"),
                "description": kept,
            },
            "dated_on": {"type": "string", "format": "date", "title": _("Date of the paper")},
            "reason": {
                "type": "string",
                "maxLength": 2000,
                "x-widget": "textarea",
                "title": _("Why the data are to be erased, and by which provision"),
                "description": kept,
            },
        },
        "required": ["number", "dated_on", "reason"],
    }


def _refusal_form() -> Schema:
    return {
        "type": "object",
        "properties": {
            "reason": {
                "type": "string",
                "maxLength": 2000,
                "x-widget": "textarea",
                "title": _("Reason, where you do not agree"),
            },
        },
    }
