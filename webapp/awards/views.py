"""Pages: award decisions, one decision, the register of commendations."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from webapp.awards.showing import (
    STATE_KINDS,
    STATE_NAMES,
    shown_decision,
    shown_decisions,
    shown_register,
)
from webapp.queries.decisions import STATES
from webapp.ui.access import permission, signed_in

blueprint = Blueprint("awards", __name__, template_folder="templates")


@blueprint.context_processor
def words() -> dict[str, Any]:
    """What the templates of decisions call things."""
    return {
        "decision_state_kind": lambda state: STATE_KINDS.get(state, "open"),
        "decision_state_name": STATE_NAMES.get,
        "state_options": lambda: [(state, str(STATE_NAMES[state])) for state in STATES],
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


@blueprint.get("/awards/register")
@permission("see_awards")
def show_register() -> str:
    """The register, by pages."""
    return render_template("awards/show_register.html", shown=shown_register())


@blueprint.get("/awards/register/print")
@permission("see_awards")
def print_register() -> str:
    """The whole register as asked for, to be printed and filed."""
    return render_template("awards/print_register.html", shown=shown_register(whole=True))
