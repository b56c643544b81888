"""The rows behind a number of a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from flask import abort, url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.i18n import content
from webapp.numbers.periods import period_name
from webapp.numbers.reports import GROUND_NAMES, GROUP_NAMES, REPORTS, STAGE_NAMES, Report
from webapp.numbers.showing import known_scope
from webapp.queries.numbers import PAGE_SIZE, SCOPES, FactRow, Scope, count_rows, fact_rows
from webapp.queries.numbers_by import ground_names
from webapp.queries.numbers_choices import number_choices
from webapp.queries.numbers_time import Measured, Span, Stage, longest_first, measured, stays
from webapp.queries.rule_names import rule_names
from webapp.ui.access import standing
from webapp.ui.case_states import kind_name
from webapp.ui.clock import today
from webapp.ui.listing import Listing, listing, pages_of


@dataclass(frozen=True)
class ShownRows:
    """The rows of a number: facts, or spans of time. ``narrowed`` says in words which they are."""

    code: str
    report: Report
    column: LazyString
    asked: Listing
    page: int
    total: int
    narrowed: Sequence[tuple[str, str]]
    awards: dict[str, str]
    facts: Sequence[FactRow] = ()
    amount: int = 0
    has_amount: bool = False
    spans: Sequence[Span] = ()
    measured: Measured | None = None

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)

    @property
    def report_url(self) -> str:
        """The report the number stands in, as narrowed."""
        kept: dict[str, Any] = {name: self.asked[name] for name in SCOPES if self.asked[name]}
        return url_for("numbers.show_report", report=self.code, **kept)


def shown_rows(code: str) -> ShownRows:
    """The rows this request asks for; 404 for a number the report does not have."""
    report = REPORTS[code]
    asked = listing((*SCOPES, "column"), report=code)
    names = STAGE_NAMES if report.facts is None else report.columns
    column = names.get(asked["column"]) or abort(404)
    scope = known_scope(code, asked)
    if report.facts is None:
        return _spans(code, column, asked, scope)
    session, facts = db.session(), report.facts(standing())
    total, amount = count_rows(session, facts, scope, asked["column"])
    page = min(asked.page, pages_of(total, PAGE_SIZE))
    return ShownRows(
        code,
        report,
        column,
        asked,
        page,
        total,
        narrowed_words(report, scope),
        dict(rule_names(session).awards),
        facts=fact_rows(session, facts, scope, asked["column"], page),
        amount=amount,
        has_amount=bool(facts.money),
    )


def _spans(code: str, column: LazyString, asked: Listing, scope: Scope) -> ShownRows:
    """The dossiers that have left a stage, those that took longest first."""
    session, report = db.session(), REPORTS[code]
    found = stays(session, standing(), scope, only=cast(Stage, asked["column"]))
    page = min(asked.page, pages_of(len(found), PAGE_SIZE))
    return ShownRows(
        code,
        report,
        column,
        asked,
        page,
        len(found),
        narrowed_words(report, scope),
        {},
        spans=longest_first(session, found, page),
        measured=measured(found) if found else None,
    )


def narrowed_words(report: Report, scope: Scope) -> list[tuple[str, str]]:
    """What the rows have in common, in words; a code that nobody knows stands as it is."""
    session = db.session()
    choices = number_choices(session, standing(), scope.campaign, today())
    named = {
        "campaign": dict(choices.campaigns),
        "strand": dict(choices.strands),
        "unit": dict(choices.units),
        "award": dict(rule_names(session).awards),
        "ground": {**{code: str(name) for code, name in GROUND_NAMES.items()}, **ground_names(session)},
    }
    found = []
    for name in (each for each in report.filters if getattr(scope, each)):
        value = getattr(scope, name)
        text = kind_name(value) if name == "kind" else content(named.get(name, {}).get(value, value))
        found.append((str(GROUP_NAMES[name]), text))
    if period := period_name(scope.period.filters):
        found.append((_("Reporting period") if scope.part else _("Year"), period))
    return found or [(_("Which"), _("All"))]
