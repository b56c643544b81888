"""Decisions and the register as their pages draw them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.documents.words import amount_in_words
from webapp.extensions import db
from webapp.follow_codes import shown_code
from webapp.models import PrintRun
from webapp.queries.case_page import TaskRow
from webapp.queries.decisions import (
    PAGE_SIZE,
    STATES,
    DecisionPage,
    DecisionRow,
    Opening,
    State,
    decision_counts,
    decision_page,
    decision_rows,
    decision_years,
    openings,
)
from webapp.queries.print_runs import runs_of
from webapp.queries.register import (
    PAGE_SIZE as REGISTER_SIZE,
)
from webapp.queries.register import (
    RegisterEntry,
    RegisterTotals,
    Wanted,
    register_bodies,
    register_entries,
    register_totals,
    register_years,
)
from webapp.queries.rule_names import rule_names
from webapp.queries.verifications import decision_code
from webapp.ui.access import standing
from webapp.ui.listing import CountedByState, Listing, listing, pages_of, year_of
from webapp.ui.shown_cases import ShownCase, shown_case
from webapp.ui.stepper import Step
from workflows.paper_codes import PaperCode

STATE_NAMES: dict[State, LazyString] = {
    "drafting": _l("Being drafted"),
    "submitting": _l("To be submitted"),
    "checking": _l("Being checked"),
    "signing": _l("Awaiting signature"),
    "numbering": _l("Awaiting its number"),
    "papers": _l("Papers being drawn up"),
    "handing_over": _l("To be handed over"),
    "publishing": _l("To be published"),
    "issued": _l("Issued and handed over"),
    "cancelled": _l("Cancelled"),
}
STATE_KINDS: dict[State, str] = {"issued": "award", "cancelled": "withdrawn"}
STEPS: tuple[tuple[LazyString, State, str], ...] = (
    (_l("Draft"), "drafting", "draft_decision"),
    (_l("Submitting"), "submitting", "submit_decision"),
    (_l("Checking the text"), "checking", "check_decision"),
    (_l("Signing"), "signing", "sign_decision"),
    (_l("Numbering"), "numbering", "number_decision"),
    (_l("Certificates"), "papers", ""),
    (_l("Handing over"), "handing_over", "hand_over"),
    (_l("Publishing"), "publishing", "publish_decision"),
)
"""Steps of a decision: name, state while it is at this step, the task that does it."""


@dataclass(frozen=True)
class ShownDecisions(CountedByState):
    """One page of the list of decisions."""

    page_size = PAGE_SIZE
    rows: list[DecisionRow]
    years: list[int]
    openings: list[Opening]


@dataclass(frozen=True)
class ShownDecision:
    """One decision. ``runs``: the last of its certificates that were printed; None where the reader prints none."""

    case: ShownCase
    about: DecisionPage
    code: PaperCode | None
    runs: list[PrintRun] | None

    @property
    def steps(self) -> list[Step]:
        return decision_steps(self.about, self.case.page.tasks)

    @property
    def code_text(self) -> str:
        """The code as people type it."""
        return shown_code(self.code.code) if self.code else ""

    @property
    def total_in_words(self) -> str:
        """The prize money in Vietnamese words, as the decision states it."""
        return amount_in_words(self.about.total)


@dataclass(frozen=True)
class ShownRegister:
    """The register as asked for; ``page`` is 0 when all of it is shown, to be printed."""

    asked: Listing
    entries: list[RegisterEntry]
    totals: RegisterTotals
    bodies: list[tuple[str, str]]
    years: list[int]

    @property
    def pages(self) -> int:
        return pages_of(self.totals.entries, REGISTER_SIZE)


def shown_decisions() -> ShownDecisions:
    """The list this request asks for."""
    session = db.session()
    asked = listing(("year", "state"), states=STATES)
    year = year_of(asked["year"])
    shown = ShownDecisions(
        asked=asked,
        rows=[],
        counts=decision_counts(session, standing(), year),
        years=decision_years(session, standing()),
        openings=openings(session, standing()),
    )
    page = min(asked.page, shown.pages)
    rows = decision_rows(session, standing(), year, asked["state"], page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)


def shown_decision(code: str) -> ShownDecision:
    """The decision of this code, or 404."""
    case = shown_case(code, "award_issuance")
    about = decision_page(db.session(), case.page.case, case.page.names.awards)
    session, found = db.session(), case.page.case
    return ShownDecision(
        case, about, decision_code(session, found.id), runs_of(session, standing(), found.id)
    )


def shown_register(*, whole: bool = False) -> ShownRegister:
    """The page of the register this request asks for, or the whole of it."""
    session = db.session()
    asked = listing(("body", "year", "q"))
    wanted = Wanted(**asked.values)
    totals = register_totals(session, standing(), wanted)
    asked = replace(asked, page=min(asked.page, pages_of(totals.entries, REGISTER_SIZE)))
    names = rule_names(session).awards
    return ShownRegister(
        asked=asked,
        entries=register_entries(session, standing(), wanted, names, None if whole else asked.page),
        totals=totals,
        bodies=register_bodies(session, standing()),
        years=register_years(session, standing()),
    )


def decision_steps(about: DecisionPage, tasks: tuple[TaskRow, ...]) -> list[Step]:
    """The steps of a decision with when they were last done and by whom."""
    done = {task.element: task for task in tasks if task.status == "done"}
    if about.state == "cancelled":
        past = [Step(name, "done", done[el].closed_at) for name, _state, el in STEPS if el in done]
        return [*past, Step(STATE_NAMES["cancelled"], "stopped", about.case.ended_at)]
    place = next((at for at, (_name, state, _el) in enumerate(STEPS) if state == about.state), len(STEPS))
    return [_step(at, place, done.get(element), name) for at, (name, _state, element) in enumerate(STEPS)]


def _step(at: int, place: int, task: TaskRow | None, name: LazyString) -> Step:
    if at >= place:
        return Step(name, "current" if at == place else "ahead")
    return Step(name, "done", task.closed_at if task else None, task.closed_by or "" if task else "")
