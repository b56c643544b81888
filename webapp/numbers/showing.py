"""A report as its address describes it: tables of numbers, each of which leads to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from flask import abort, redirect, url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.numbers.charts import Chart, chart_of
from webapp.numbers.periods import AskedPeriod, asked_period, part_choices, period_name, typed_days
from webapp.numbers.reports import GROUP_NAMES, REPORTS, Report, group_name
from webapp.numbers.tables import Cell, Column, Table, TableLine
from webapp.numbers.times import time_table
from webapp.queries.numbers import SCOPES, Facts, Scope, lines_of, totals_of
from webapp.queries.numbers_by import By
from webapp.queries.numbers_choices import CitedRules, NumberChoices, cited_rules, number_choices
from webapp.queries.periods import FIELDS
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.listing import Listing, listing


@dataclass(frozen=True)
class ShownReport:
    """A report with its tables, each with its chart, and what stands around them.

    ``faults``: of the fields of its period, in words; then nothing is counted.
    """

    code: str
    report: Report
    asked: Listing
    scope: Scope
    by: str
    tables: Sequence[Table]
    choices: NumberChoices
    faults: Mapping[str, str]
    cited: Sequence[CitedRules] = ()

    @property
    def years(self) -> list[tuple[str, str]]:
        """The years to choose from, and the one that is chosen."""
        year = self.asked["year"]
        known = list(self.choices.years)
        return known if not year or (year, year) in known else [(year, year), *known]

    @property
    def parts(self) -> list[tuple[str, Sequence[tuple[str, str]]]]:
        """The parts of a year to choose from, by how long they are."""
        return part_choices()

    @property
    def days(self) -> dict[str, str]:
        """What stands in the fields of the first and last day."""
        return typed_days(self.asked, self.faults)

    @property
    def charts(self) -> list[Chart | None]:
        """The chart of each table."""
        return [chart_of(table) for table in self.tables]

    @property
    def tabs(self) -> list[tuple[str, LazyString, None, bool]]:
        """The reports, with the filters that are set."""
        kept: dict[str, Any] = {
            name: self.asked[name]
            for name in ("campaign", "strand", "unit", "award", *FIELDS)
            if self.asked[name]
        }
        return [
            (url_for("numbers.show_report", report=code, **kept), report.title, None, code == self.code)
            for code, report in REPORTS.items()
        ]

    @property
    def groupings(self) -> list[tuple[str, LazyString, bool]]:
        """By what it can be grouped: address, name, whether it is now."""
        usual = self.report.groups[0]
        return [
            (self.asked.url(by=None if by == usual else by), GROUP_NAMES[by], by == self.by)
            for by in self.report.groups
        ]

    @property
    def file_url(self) -> str:
        """The same as an Excel file."""
        values: dict[str, Any] = {name: value for name, value in self.asked.values.items() if value}
        return url_for("numbers.show_report_file", report=self.code, **values)


def known_scope(code: str, asked: Listing) -> Scope:
    """What the filters of an address narrow a number or a file to; the report asks about a period it cannot read."""
    period = _period(code, asked)
    if period.faults:
        abort(redirect(asked.elsewhere("numbers.show_report", column="")))
    return _scope(asked, period)


def _period(code: str, asked: Listing) -> AskedPeriod:
    """The period of a report; the table of a year is always of one."""
    return asked_period(asked, always=code == "year")


def _scope(asked: Listing, period: AskedPeriod) -> Scope:
    return Scope(**{**{name: asked[name] for name in SCOPES}, **period.filters})


def shown_report(code: str) -> ShownReport:
    """The report of this code as this request asks for it."""
    session, report = db.session(), REPORTS[code]
    asked = listing((*SCOPES, "by"), report=code)
    period = _period(code, asked)
    scope = _scope(asked, period)
    asked = replace(asked, values={**asked.values, **period.filters})
    by = asked["by"] if asked["by"] in report.groups else report.groups[0]
    tables, cited = ([], []) if period.faults else _counted(code, report, scope, by)
    choices = number_choices(session, standing(), scope.campaign, today())
    return ShownReport(code, report, asked, scope, by, tables, choices, period.faults, cited)


def _counted(code: str, report: Report, scope: Scope, by: str) -> tuple[list[Table], list[CitedRules]]:
    """The tables of a report, and the rules its money stands on."""
    session = db.session()
    if report.facts is None:
        return [time_table(session, standing(), scope, by)], []
    facts = report.facts(standing())
    tables = [_table(code, report, facts, scope, cast(By, by))]
    if code == "year":
        tables += _campaigns_of_period(scope)
    return tables, cited_rules(session, facts, scope) if "decision" in facts.groups else []


def _campaigns_of_period(scope: Scope) -> list[Table]:
    """The campaigns of a year or another period: who registered, and what became of the proposals."""
    wanted = {"registrations": ("registered",), "proposals": ("proposed", "passed", "awarded")}
    found: list[Table] = []
    for code, columns in wanted.items():
        report = REPORTS[code]
        assert report.facts is not None
        table = _table(code, report, report.facts(standing()), scope, "campaign", columns)
        found.append(table)
    title = _("Campaigns of the period") if scope.part else _("Campaigns of the year")
    return [found[0].joined(found[1], title, _("Total"))]


def _table(code: str, report: Report, facts: Facts, scope: Scope, by: By, only: Sequence[str] = ()) -> Table:
    lines = lines_of(db.session(), facts, scope, by)
    totals = totals_of(facts, lines)
    names = {name: report.columns[name] for name in only or report.columns}
    cells = _Cells(code, report, facts, scope, names, totals)
    return Table(
        title=_title(code, report, scope),
        head=str(GROUP_NAMES[by]),
        columns=[Column(name, str(title), name in facts.money) for name, title in names.items()],
        lines=[
            TableLine(*group_name(by, line.group), cells.of(line.values, line.group.filters))
            for line in lines
        ],
        total=TableLine(_("Total"), "", cells.of(totals, {})) if len(lines) > 1 else None,
        drawn=tuple(name for name in report.drawn if name in names),
    )


def _title(code: str, report: Report, scope: Scope) -> str:
    if code != "year":
        return str(report.title)
    if scope.part:
        return _("Awarded: %(period)s", period=period_name(scope.period.filters))
    return f"{report.title} {scope.year}"


@dataclass(frozen=True)
class _Cells:
    """Makes the cells of a line."""

    code: str
    report: Report
    facts: Facts
    scope: Scope
    columns: Iterable[str]
    totals: Mapping[str, int]

    def of(self, values: Mapping[str, int], filters: Mapping[str, str]) -> list[Cell]:
        """The numbers of a line, each with the address of its rows; nothing has none."""
        return [self._cell(name, values[name], filters) for name in self.columns]

    def _cell(self, name: str, value: int, filters: Mapping[str, str]) -> Cell:
        scope = self.scope.within(filters)
        kept: dict[str, Any] = {each: getattr(scope, each) for each in SCOPES if getattr(scope, each)}
        url = url_for("numbers.list_rows", report=self.code, column=name, **kept) if value else ""
        share = None
        if name in self.report.shares and self.totals[name]:
            share = value / self.totals[name] * 100
        return Cell(value, url, "money" if name in self.facts.money else "count", share)
