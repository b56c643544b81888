"""Pages: inspections, their findings, and what their members write; minutes as files."""

from __future__ import annotations

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.inspections import acts
from webapp.inspections.files import minutes_file, scan_file
from webapp.inspections.showing import shown_finding, shown_findings
from webapp.queries.inspections import list_inspections as rows_of
from webapp.ui.access import permission, signed_in, standing
from webapp.ui.clock import today
from webapp.ui.filling import Answer

blueprint = Blueprint("inspections", __name__, template_folder="templates")


@blueprint.get("/inspections")
@signed_in
def list_inspections() -> str:
    """Inspections the reader may know of: their own, and those of the units they look after."""
    rows = rows_of(db.session(), standing(), today())
    return render_template("inspections/list_inspections.html", rows=rows)


@blueprint.route("/inspections/new", methods=["GET", "POST"])
@permission("open_inspections")
def begin_inspection() -> Answer:
    """A new inspection, as its decision says."""
    return acts.begin()


@blueprint.get("/inspections/<code>")
@signed_in
def show_inspection(code: str) -> str:
    """An inspection: its mandate, findings, and the notes of its members."""
    return render_template("inspections/show_inspection.html", page=acts.page_or_404(code))


@blueprint.route("/inspections/<code>/change", methods=["GET", "POST"])
@permission("open_inspections")
def change_inspection(code: str) -> Answer:
    """What an inspection covers, put right."""
    return acts.change(code)


@blueprint.route("/inspections/<code>/end", methods=["GET", "POST"])
@signed_in
def end_inspection(code: str) -> Answer:
    """Its head ends an inspection."""
    return acts.end(code)


@blueprint.route("/inspections/<code>/note", methods=["GET", "POST"])
@signed_in
def write_note(code: str) -> Answer:
    """A note for the members about an event of a case."""
    return acts.note(code)


@blueprint.route("/inspections/<code>/finding", methods=["GET", "POST"])
@signed_in
def raise_finding(code: str) -> Answer:
    """A finding about an event of a case."""
    return acts.raise_(code)


@blueprint.get("/inspections/<code>/minutes.<any(pdf, docx):form>")
@signed_in
def show_minutes(code: str, form: str) -> Response:
    """The minutes of an inspection as of now."""
    return minutes_file(code, form)


@blueprint.get("/inspections/<code>/scans/<paper_id>")
@signed_in
def show_scan(code: str, paper_id: str) -> Response:
    """The scan of a decision of an inspection; that it was opened is noted."""
    return scan_file(code, paper_id)


@blueprint.get("/findings")
@signed_in
def list_findings() -> str:
    """Findings the reader may know of: those they answer for, those they inspect."""
    return render_template("inspections/list_findings.html", shown=shown_findings())


@blueprint.get("/findings/<code>")
@signed_in
def show_finding(code: str) -> str:
    """A finding: what was seen, asked, answered and concluded."""
    return render_template("inspections/show_finding.html", shown=shown_finding(code))


@blueprint.route("/findings/<code>/withdraw", methods=["GET", "POST"])
@signed_in
def withdraw_finding(code: str) -> Answer:
    """Who raised a finding takes it back."""
    return acts.withdraw(code)
