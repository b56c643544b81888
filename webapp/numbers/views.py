"""Pages: what a person needs on signing in, the reports of numbers, and the rows behind a number."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.numbers.files import report_file
from webapp.numbers.overview import shown_overview
from webapp.numbers.reports import REPORTS
from webapp.numbers.rows import shown_rows
from webapp.numbers.showing import shown_report
from webapp.ui import health_texts
from webapp.ui.access import permission, signed_in
from webapp.ui.session_states import STATE_NAMES

blueprint = Blueprint("numbers", __name__, template_folder="templates")
NAMES = ", ".join(REPORTS)


@blueprint.get("/overview")
@signed_in
def show_overview() -> str:
    """What stands where, for the roles of the reader."""
    words = {"session_states": STATE_NAMES, "health_texts": health_texts}
    return render_template("numbers/show_overview.html", shown=shown_overview(), **words)


@blueprint.get("/numbers")
@permission("see_numbers")
def show_numbers() -> Response:
    """The first report."""
    return redirect(url_for("numbers.show_report", report=next(iter(REPORTS))))


@blueprint.get(f"/numbers/<any({NAMES}):report>")
@permission("see_numbers")
def show_report(report: str) -> str:
    """One report: its chart and its table."""
    return render_template("numbers/show_report.html", shown=shown_report(report))


@blueprint.get(f"/numbers/<any({NAMES}):report>/rows")
@permission("see_numbers")
def list_rows(report: str) -> str:
    """The rows that a number of a report counts."""
    return render_template("numbers/list_rows.html", shown=shown_rows(report))


@blueprint.get(f"/numbers/<any({NAMES}):report>.xlsx")
@permission("see_numbers")
def show_report_file(report: str) -> Response:
    """One report as an Excel file."""
    return report_file(report)
