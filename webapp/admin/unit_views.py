"""Pages: the tree of units, each unit with its history, and what changes units."""

from __future__ import annotations

from typing import Any

from webapp.admin import successions, units
from webapp.admin.unit_history import change_text
from webapp.admin.views import blueprint
from webapp.ui.access import permission
from webapp.ui.filling import Answer


@blueprint.context_processor
def _words() -> dict[str, Any]:
    """What the templates of units ask for."""
    return {"change_text": change_text, "move_fault": units.move_fault}


@blueprint.get("/admin/units")
@permission("administer")
def list_units() -> str:
    """The tree of units."""
    return units.shown_tree()


@blueprint.get("/admin/units/<path:code>")
@permission("administer")
def show_unit(code: str) -> str:
    """One unit: where it stands, what became of it."""
    return units.shown_unit(code)


@blueprint.route("/admin/units/<path:code>/cadre-body", methods=["GET", "POST"])
@permission("administer")
def change_cadre_body(code: str) -> Answer:
    """Name the party body that manages the cadres of a unit."""
    return units.changed_cadre_body(code)


@blueprint.route("/admin/units/<path:code>/below/new", methods=["GET", "POST"])
@permission("administer")
def add_unit(code: str) -> Answer:
    """Add a unit below another one."""
    return units.added_unit(code)


@blueprint.route("/admin/units/<path:code>/rename", methods=["GET", "POST"])
@permission("administer")
def rename_unit(code: str) -> Answer:
    """Give a unit another name."""
    return units.renamed_unit(code)


@blueprint.route("/admin/units/<path:code>/close", methods=["GET", "POST"])
@permission("administer")
def close_unit(code: str) -> Answer:
    """Give a unit its last day."""
    return units.closed_unit(code)


@blueprint.route("/admin/units/<path:code>/merge", methods=["GET", "POST"])
@permission("administer")
def merge_units(code: str) -> Answer:
    """Merge a unit with others into a new one."""
    return successions.merged_units(code)


@blueprint.route("/admin/units/<path:code>/split", methods=["GET", "POST"])
@permission("administer")
def split_unit(code: str) -> Answer:
    """Split a unit into several."""
    return successions.split_units(code)


@blueprint.post("/admin/unit-changes/<public_id>/retry")
@permission("administer")
def retry_move(public_id: str) -> Answer:
    """Let dossiers go over that could not by a change of units."""
    return units.retried_move(public_id)
