"""Sessions as their pages draw them: a list, and one session with what is live in it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import abort
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.council.files import SessionFiles, session_files
from webapp.council.questions import Refilled, ShownQuestions, shown_questions
from webapp.extensions import db
from webapp.models import Case
from webapp.operations.opinions import may_enter_opinions
from webapp.operations.sessions import may_close_voting, may_mark_absent
from webapp.queries.council_sessions import (
    PAGE_SIZE,
    Opening,
    SessionRow,
    SessionTerms,
    State,
    openings,
    session_count,
    session_rows,
    session_terms,
    session_years,
)
from webapp.queries.rounds import counted_round
from webapp.queries.seats import is_elector, keeps
from webapp.queries.session_marks import session_mark
from webapp.queries.session_page import Elector, SessionPage, session_page
from webapp.queries.ties import Tie, places_of_ties
from webapp.ui.access import standing
from webapp.ui.listing import Listing, listing, pages_of, year_of
from webapp.ui.session_states import STATE_NAMES
from webapp.ui.shown_cases import ShownCase, shown_case
from webapp.ui.stepper import State as StepState
from webapp.ui.stepper import Step

STATE_KINDS: dict[State, str] = {
    "voting": "due_soon",
    "paper_count": "due_soon",
    "tied": "due_soon",
    "adjourned": "returned",
    "concluded": "done",
    "cancelled": "withdrawn",
}
LIVE = frozenset({"voting", "paper_count", "counting"})
VOIDABLE = frozenset({"voting", "paper_count", "counting", "tied"})
MODES: dict[str, LazyString] = {
    "in_person": _l("Meeting in person"),
    "online": _l("Meeting online"),
    "mixed": _l("In person and online"),
    "written": _l("In writing"),
}


@dataclass(frozen=True)
class ShownSessions:
    """One page of the list of sessions."""

    asked: Listing
    rows: list[SessionRow]
    total: int
    years: list[int]
    openings: list[Opening]

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)


@dataclass(frozen=True)
class ShownSession:
    """One session; ``mark`` changes when anything does that the page follows by itself."""

    case: ShownCase
    about: SessionPage
    may_close: bool
    may_mark_absent: bool
    keeps_list: bool
    may_void: bool
    may_count_again: bool
    may_enter_opinions: bool
    own: Elector | None
    questions: ShownQuestions | None

    def may_mark_late(self, elector: Elector) -> bool:
        """Whether the reader may note that a member has come: absent at the roll call, with a ballot still to cast."""
        round_ = self.about.round
        open_ = self.about.state == "voting" or (self.about.state == "paper_count" and elector.on_paper)
        away = not elector.present and not elector.voted and (elector.waiting or elector.on_paper)
        return self.keeps_list and open_ and away and round_ is not None and not self.about.written

    def may_mark_gone(self, elector: Elector) -> bool:
        """Whether the reader may note that a member does not take part, who has a ballot to cast or to hand in."""
        counting = self.about.state in ("voting", "paper_count")
        on_paper = elector.on_paper and elector.present and not elector.voted and counting
        return (self.may_mark_absent and elector.waiting) or (self.keeps_list and on_paper)

    @property
    def files(self) -> SessionFiles:
        """The papers as files to save."""
        return session_files(self.case)

    @property
    def live(self) -> bool:
        """Whether the page looks again by itself."""
        return self.about.state in LIVE and self.case.page.case.state == "active"

    @property
    def mark(self) -> str | None:
        return session_mark(db.session(), standing(), self.case.page.case.code)

    @property
    def steps(self) -> list[Step]:
        return session_steps(self.about)


def shown_sessions() -> ShownSessions:
    """The list this request asks for."""
    session = db.session()
    asked = listing(("year",))
    year = year_of(asked["year"])
    total = session_count(session, standing(), year)
    asked = replace(asked, page=min(asked.page, pages_of(total, PAGE_SIZE)))
    return ShownSessions(
        asked=asked,
        rows=session_rows(session, standing(), year, asked.page),
        total=total,
        years=session_years(session, standing()),
        openings=openings(session, standing()),
    )


def is_unchanged(code: str, seen: str) -> bool:
    """Whether a session, which the reader may know of, is as they have seen it; 404 for others."""
    mark = session_mark(db.session(), standing(), code) or abort(404)
    return mark == seen


def shown_session(code: str, refilled: Refilled | None = None) -> ShownSession:
    """The session of this code, or 404; ``refilled`` is a question or answer that could not be taken."""
    case = shown_case(code, "council_vote")
    about = session_page(db.session(), case.page.case, case.page.names.awards, standing().person_id)
    active = case.page.case.state == "active"
    voting = about.state == "voting" and active
    reader = standing()
    runs, keeps_list = may_close_voting(reader, case.page.case), may_mark_absent(reader, case.page.case)
    refused = about.round is not None and about.round.refused is not None
    return ShownSession(
        case=case,
        about=about,
        may_close=voting and runs,
        may_mark_absent=voting and keeps_list,
        keeps_list=active and keeps_list,
        may_void=active and runs and about.state in VOIDABLE,
        may_count_again=active and keeps_list and refused,
        may_enter_opinions=active and bool(about.in_writing) and may_enter_opinions(reader, case.page.case),
        own=next((e for e in about.electors if e.person_id == reader.person_id), None),
        questions=_questions(case.page.case, about, refilled),
    )


def _questions(case: Case, about: SessionPage, refilled: Refilled | None) -> ShownQuestions | None:
    """The questions, for members and whoever keeps, leads or inspects the session."""
    member = is_elector(db.session(), case.id, standing().person_id)
    if about.state == "preparing" or not (member or keeps(standing(), case)):
        return None
    return shown_questions(case, about.row_id, about.state, member=member, refilled=refilled)


ORDER: tuple[tuple[LazyString, frozenset[State]], ...] = (
    (_l("Agenda"), frozenset({"preparing"})),
    (_l("Opening"), frozenset({"invited", "adjourned"})),
    (_l("Vote"), frozenset({"voting"})),
    (_l("Count"), frozenset({"paper_count", "counting", "tied"})),
    (_l("Minutes"), frozenset({"minutes"})),
    (_l("Results"), frozenset({"concluded"})),
)


@dataclass(frozen=True)
class SecondBallot:
    """On whom a second ballot would be, and whether it would be on the screen."""

    ties: list[Tie]
    on_screen: bool


def second_ballot_of(code: str) -> SecondBallot:
    """What a session would vote on again."""
    session = db.session()
    case, found = counted_round(session, code)
    return SecondBallot(places_of_ties(session, case, found, "second_ballot"), found.medium != "paper")


def terms_of(code: str) -> SessionTerms:
    """What is fixed before a session opens."""
    return session_terms(db.session(), code)


def session_steps(about: SessionPage) -> list[Step]:
    """The steps of a session with the days they were done; a cancelled one stops where it stood."""
    dates = (None, about.opened_at, about.closed_at, about.closed_at, about.concluded_at, about.concluded_at)
    if about.state == "cancelled":
        done = [name for (name, _states), date in zip(ORDER, dates, strict=True) if date]
        return [Step(name, "done", date) for name, date in zip(done, filter(None, dates), strict=True)] + [
            Step(STATE_NAMES["cancelled"], "stopped", about.case.ended_at)
        ]
    place = next(at for at, (_name, states) in enumerate(ORDER) if about.state in states)
    return [
        Step(name, _step_state(at, place, about.state), date if at < place else None)
        for at, ((name, _states), date) in enumerate(zip(ORDER, dates, strict=True))
    ]


def _step_state(at: int, place: int, state: State) -> StepState:
    if at < place or state == "concluded":
        return "done"
    return "current" if at == place else "ahead"
