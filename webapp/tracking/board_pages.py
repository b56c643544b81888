"""Pages: nominations as a board, and on their diagram."""

from __future__ import annotations

from flask import Response, jsonify, render_template

from webapp.tracking.boards import map_diagram, map_json, shown_board, shown_map
from webapp.tracking.views import blueprint
from webapp.ui.access import permission

A_DAY = 24 * 60 * 60


@blueprint.get("/nominations/board")
@permission("see_nominations")
def show_board() -> str:
    """Open nominations by phase, those that wait longest first."""
    return render_template("tracking/show_board.html", shown=shown_board())


@blueprint.get("/nominations/map")
@permission("see_nominations")
def show_map() -> str:
    """Where nominations wait, on their diagram and in a table."""
    return render_template("tracking/show_map.html", shown=shown_map())


@blueprint.get("/nominations/map.json")
@permission("see_nominations")
def show_map_data() -> Response:
    """What the diagram draws."""
    return jsonify(map_json())


@blueprint.get("/nominations/diagrams/<process>.bpmn")
@permission("see_nominations")
def show_map_diagram(process: str) -> Response:
    """One diagram of new nominations."""
    answer = Response(map_diagram(process), mimetype="application/xml")
    answer.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return answer
