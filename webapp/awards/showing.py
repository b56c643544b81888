"""Decisions and the register as their pages draw them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.awards.steps import decision_steps
from webapp.awards.texts import ShownTexts, shown_texts
from webapp.documents.words import amount_in_words
from webapp.extensions import db
from webapp.follow_codes import shown_code
from webapp.models import PrintRun
from webapp.operations.starts import may_start
from webapp.queries.after_award import AfterAward, after_award
from webapp.queries.amendments import Amendment, amendments_of
from webapp.queries.certificates import Newest, newest_certificates
from webapp.queries.copies import SentCopy, sent_copies
from webapp.queries.decision_states import STATES
from webapp.queries.decisions import (
    PAGE_SIZE,
    DecisionPage,
    DecisionRow,
    Opening,
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
from webapp.queries.signed_decisions import SignedDecision, signed_decision
from webapp.queries.verifications import DecisionCode, decision_code
from webapp.ui.access import standing
from webapp.ui.listing import CountedByState, Listing, listing, pages_of, year_of
from webapp.ui.shown_cases import ShownCase, shown_case
from webapp.ui.stepper import Step

AMENDING: tuple[tuple[str, LazyString], ...] = (
    ("award_correction", _l("Put it right")),
    ("award_revocation", _l("Revoke awards")),
)
"""What can be begun about a decision, and how the buttons call it."""


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
    code: DecisionCode | None
    runs: list[PrintRun] | None
    certificates: Mapping[int, Newest]
    amendments: list[Amendment]
    may_amend: list[tuple[str, LazyString]]
    after: AfterAward | None
    signed: SignedDecision
    copies: list[SentCopy]
    texts: ShownTexts

    @property
    def steps(self) -> list[Step]:
        return decision_steps(self.about, self.case.page.tasks)

    @property
    def to_sign(self) -> bool:
        """Whether it is drafted and has no number yet: then it can be signed as a file."""
        return self.about.number is None and self.about.state not in ("drafting", "cancelled")

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
    certificates: Mapping[int, Newest]
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
        case,
        about,
        decision_code(session, found.id),
        runs_of(session, standing(), found.id),
        newest_certificates(session, [each.award_id for each in about.awardees]),
        amendments_of(session, found.id),
        _may_amend(about, case),
        after_award(session, standing(), found),
        signed_decision(session, found),
        sent_copies(session, found),
        shown_texts(found),
    )


def _may_amend(about: DecisionPage, case: ShownCase) -> list[tuple[str, LazyString]]:
    """What the reader can begin about a decision that has a number: process and name."""
    if about.number is None or about.status == "revoked" or case.page.campaign_code is None:
        return []
    found = [each for each in AMENDING if may_start(standing(), each[0], case.page.case.organiser.code)]
    if any(each.campaign == case.page.campaign_code for each in openings(db.session(), standing())):
        found.append(("award_issuance", _l("Supplement it")))
    return found


def shown_register(*, whole: bool = False) -> ShownRegister:
    """The page of the register this request asks for, or the whole of it."""
    session = db.session()
    asked = listing(("body", "year", "q"))
    wanted = Wanted(**asked.values)
    totals = register_totals(session, standing(), wanted)
    asked = replace(asked, page=min(asked.page, pages_of(totals.entries, REGISTER_SIZE)))
    names = rule_names(session).awards
    entries = register_entries(session, standing(), wanted, names, None if whole else asked.page)
    return ShownRegister(
        asked=asked,
        entries=entries,
        certificates=newest_certificates(session, [each.award_id for each in entries]),
        totals=totals,
        bodies=register_bodies(session, standing()),
        years=register_years(session, standing()),
    )
