"""Pages: award decisions, one decision, the register of commendations."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from webapp.awards.history import history_template, imported, shown_history, shown_import, taken_back
from webapp.awards.history_rows import movement_names
from webapp.awards.printing import run_name, run_state
from webapp.awards.register_files import register_book, register_sheet
from webapp.awards.showing import (
    shown_decision,
    shown_decisions,
    shown_register,
)
from webapp.awards.signatures import file_to_be_signed, shown_signatures
from webapp.awards.steps import STATE_KINDS, STATE_NAMES, WAY_NAMES
from webapp.extensions import db
from webapp.queries.copies import received_decisions, received_paper
from webapp.queries.decision_states import STATES
from webapp.ui.access import hidden, permission, signed_in, standing
from webapp.ui.filling import Answer
from webapp.ui.paper_files import opened_paper
from webapp.ui.signature_sentences import lines, verdict

blueprint = Blueprint("awards", __name__, template_folder="templates")


@blueprint.context_processor
def words() -> dict[str, Any]:
    """What the templates of decisions call things."""
    return {
        "decision_state_kind": lambda state: STATE_KINDS.get(state, "open"),
        "decision_state_name": STATE_NAMES.get,
        "print_name": run_name,
        "print_state": run_state,
        "movement_name": lambda code: movement_names().get(code, code),
        "state_options": lambda: [(state, str(STATE_NAMES[state])) for state in STATES],
        "way_name": WAY_NAMES.get,
        "year_options": lambda years: [(str(year), str(year)) for year in years],
    }


@blueprint.get("/awards/decisions")
@permission("see_awards")
def list_decisions() -> str:
    """The decisions the reader may know of."""
    return render_template("awards/list_decisions.html", shown=shown_decisions())


@blueprint.get("/awards/decisions/<code>")
@signed_in
def show_decision(code: str) -> str:
    """One decision with its awardees."""
    return render_template("awards/show_decision.html", shown=shown_decision(code))


@blueprint.get("/awards/decisions/<code>/signatures")
@signed_in
def show_signatures(code: str) -> str:
    """What the digital signatures in the papers of a decision prove."""
    shown = shown_signatures(code)
    return render_template("awards/show_signatures.html", shown=shown, verdict=verdict, lines=lines)


@blueprint.get("/awards/decisions/<code>/to-sign.pdf")
@permission("issue_awards")
def show_file_to_sign(code: str) -> Response:
    """The decision as a file for a program of the office to sign."""
    return file_to_be_signed(code)


@blueprint.get("/awards/received")
@signed_in
def list_received() -> str:
    """The decisions that were sent to the units of the reader."""
    rows = received_decisions(db.session(), standing())
    return render_template("awards/list_received.html", rows=rows)


@blueprint.get("/awards/received/<paper_id>")
@signed_in
def show_received(paper_id: str) -> Response:
    """A decision that was sent to a unit of the reader, as it was signed."""
    return opened_paper(received_paper(db.session(), standing(), paper_id) or hidden())


@blueprint.get("/awards/register")
@permission("see_awards")
def show_register() -> str:
    """The register, by pages."""
    return render_template("awards/show_register.html", shown=shown_register())


@blueprint.get("/awards/register.xlsx")
@permission("see_awards")
def export_register() -> Response:
    """The register as asked for, as an Excel file."""
    return register_sheet()


@blueprint.get("/awards/register.pdf")
@permission("see_awards")
def print_register() -> Response:
    """The register as asked for, as a book to be filed."""
    return register_book()


@blueprint.get("/awards/history")
@permission("see_awards")
def list_history() -> str:
    """What was awarded before, by name."""
    return render_template("awards/list_history.html", shown=shown_history())


@blueprint.get("/awards/history/import")
@permission("keep_history")
def show_import() -> str:
    """Takes a list of past awards over."""
    return shown_import()


@blueprint.post("/awards/history/import")
@permission("keep_history")
def import_history() -> Answer:
    """Take a list over: all of it, or nothing and every fault."""
    return imported()


@blueprint.get("/awards/history/template")
@permission("keep_history")
def show_template() -> Response:
    """The empty list as an Excel file."""
    return history_template()


@blueprint.route("/awards/history/imports/<public_id>/take-back", methods=["GET", "POST"])
@permission("keep_history")
def take_back_import(public_id: str) -> Answer:
    """Take a list back, with a reason."""
    return taken_back(public_id)
