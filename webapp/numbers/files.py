"""A report as an Excel file."""

from __future__ import annotations

from typing import Any

from flask import abort, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.documents.number_workbooks import number_workbook
from webapp.numbers.rows import narrowed_words
from webapp.numbers.showing import shown_report
from webapp.numbers.tables import Table, TableLine
from webapp.queries.periods import FIELDS
from webapp.ui.access import holdings
from webapp.ui.clock import today
from webapp.ui.formats import day
from webapp.ui.paper_files import drawn_response


def report_file(code: str) -> Response:
    """The report as it is shown, its numbers as numbers."""
    shown = shown_report(code)
    if shown.faults:
        abort(redirect(shown.asked.elsewhere("numbers.show_report")))
    units = dict.fromkeys(held.unit.name for held in holdings())
    words = [f"{name}: {text}" for name, text in narrowed_words(shown.report, shown.scope)]
    facts = {
        "issuer": ", ".join(units),
        "title": str(shown.report.title),
        "narrowed": [*words, _("As of %(day)s", day=day(today()))],
        "notes": [str(note) for note in shown.report.notes],
        "tables": [_table(table) for table in shown.tables],
    }
    period = [value for value in map(shown.scope.__getattribute__, FIELDS) if value]
    return drawn_response(number_workbook(facts), f"{'-'.join(('so-lieu', code, *period))}.xlsx")


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "head": table.head,
        "columns": [column.title for column in table.columns],
        "lines": [_line(line) for line in table.lines],
        "total": _line(table.total) if table.total else None,
    }


def _line(line: TableLine) -> tuple[str | int | None, ...]:
    label = f"{line.label} – {line.note}" if line.note else line.label
    return (label, *(cell.value for cell in line.cells))
