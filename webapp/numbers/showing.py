"""A report as its address describes it: tables of numbers, each of which leads to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.i18n import content
from webapp.numbers.charts import Chart, chart_of
from webapp.numbers.reports import GROUND_NAMES, GROUP_NAMES, REPORTS, Report
from webapp.numbers.tables import Cell, Column, Table, TableLine
from webapp.numbers.times import time_table
from webapp.queries.numbers import SCOPES, Facts, Scope, lines_of, totals_of
from webapp.queries.numbers_by import By, Group
from webapp.queries.numbers_choices import CitedRules, NumberChoices, cited_rules, number_choices
from webapp.ui.access import standing
from webapp.ui.case_states import kind_name
from webapp.ui.clock import today
from webapp.ui.listing import Listing, listing, year_of


@dataclass(frozen=True)
class ShownReport:
    """A report with its tables, each with its chart, and what stands around them."""

    code: str
    report: Report
    asked: Listing
    scope: Scope
    by: str
    tables: Sequence[Table]
    choices: NumberChoices
    cited: Sequence[CitedRules] = ()

    @property
    def charts(self) -> list[Chart | None]:
        """The chart of each table."""
        return [chart_of(table) for table in self.tables]

    @property
    def tabs(self) -> list[tuple[str, LazyString, None, bool]]:
        """The reports, with the filters that are set."""
        kept: dict[str, Any] = {
            name: self.asked[name]
            for name in ("campaign", "strand", "unit", "award", "year")
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


def asked_scope(code: str, asked: Listing) -> Scope:
    """What the filters of an address narrow a report to; the table of a year is always of one."""
    values = {name: asked[name] for name in SCOPES}
    values["year"] = str(year_of(values["year"]) or "")
    if code == "year" and not values["year"]:
        values["year"] = str(today().year)
    return Scope(**values)


def shown_report(code: str) -> ShownReport:
    """The report of this code as this request asks for it."""
    session, report = db.session(), REPORTS[code]
    asked = listing((*SCOPES, "by"), report=code)
    scope = asked_scope(code, asked)
    asked = replace(asked, values={**asked.values, "year": scope.year})
    by = asked["by"] if asked["by"] in report.groups else report.groups[0]
    if report.facts is None:
        tables: list[Table] = [time_table(session, standing(), scope, by)]
        cited: list[CitedRules] = []
    else:
        facts = report.facts(standing())
        tables = [_table(code, report, facts, scope, cast(By, by))]
        cited = cited_rules(session, facts, scope) if "decision" in facts.groups else []
        if code == "year":
            tables += _campaigns_of_year(scope)
    choices = number_choices(session, standing(), scope.campaign, today())
    return ShownReport(code, report, asked, scope, by, tables, choices, cited)


def _campaigns_of_year(scope: Scope) -> list[Table]:
    """The campaigns of a year: who registered, and what became of the proposals."""
    wanted = {"registrations": ("registered",), "proposals": ("proposed", "passed", "awarded")}
    found: list[Table] = []
    for code, columns in wanted.items():
        report = REPORTS[code]
        assert report.facts is not None
        table = _table(code, report, report.facts(standing()), scope, "campaign", columns)
        found.append(table)
    return [found[0].joined(found[1], _("Campaigns of the year"), _("Total"))]


def _table(code: str, report: Report, facts: Facts, scope: Scope, by: By, only: Sequence[str] = ()) -> Table:
    lines = lines_of(db.session(), facts, scope, by)
    totals = totals_of(facts, lines)
    names = {name: report.columns[name] for name in only or report.columns}
    cells = _Cells(code, report, facts, scope, names, totals)
    return Table(
        title=f"{report.title} {scope.year}" if code == "year" else str(report.title),
        head=str(GROUP_NAMES[by]),
        columns=[Column(name, str(title), name in facts.money) for name, title in names.items()],
        lines=[
            TableLine(*_named(by, line.group), cells.of(line.values, line.group.filters)) for line in lines
        ],
        total=TableLine(_("Total"), "", cells.of(totals, {})) if len(lines) > 1 else None,
        drawn=tuple(name for name in report.drawn if name in names),
    )


def _named(by: str, group: Group) -> tuple[str, str]:
    """What a group is called, and what stands beside it."""
    name = content(group.name)
    if by == "kind":
        name = kind_name(group.name)
    elif by == "ground" and group.name in GROUND_NAMES:
        name = str(GROUND_NAMES[group.name])
    return name, content(group.note)


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
