"""Pages: paths of procedures, a campaign day by day, the log as a file."""

from __future__ import annotations

from flask import Response, abort, jsonify, render_template

from webapp.audit import words
from webapp.audit.campaigns import campaign_json, shown_campaign
from webapp.audit.exporting import export_page
from webapp.audit.paths import paths_json, shown_paths, view_names
from webapp.audit.places import drawing_now
from webapp.audit.views import A_DAY, blueprint
from webapp.extensions import db
from webapp.queries.deployments import current_deployment
from webapp.ui.access import permission
from webapp.ui.diagrams import in_readers_language
from webapp.ui.filling import Answer


@blueprint.get("/audit/paths")
@permission("see_audit")
def show_paths() -> str:
    """The most frequent paths of a procedure, its returns and waiting times, on its diagram and in tables."""
    return render_template("audit/show_paths.html", shown=shown_paths(), words=words, views=view_names())


@blueprint.get("/audit/paths.json")
@permission("see_audit")
def show_paths_data() -> Response:
    """What the diagram of the paths draws."""
    return jsonify(paths_json())


@blueprint.get("/audit/paths/<process>/<called>.bpmn")
@permission("see_audit")
def show_paths_diagram(process: str, called: str) -> Response:
    """One diagram of a procedure as new cases run on it."""
    if process not in words.PROCESSES:
        abort(404)
    drawn = drawing_now(process).processes.get(called) or abort(404)
    xml = current_deployment(db.session(), process).files[drawn.path]
    answer = Response(in_readers_language(xml), mimetype="application/xml")
    answer.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return answer


@blueprint.route("/audit/export", methods=["GET", "POST"])
@permission("see_audit")
def export_cases() -> Answer:
    """Cases are chosen by filters, and their log is written to a file by the worker."""
    return export_page()


@blueprint.get("/audit/campaigns/<code>/replay")
@permission("see_audit")
def replay_campaign(code: str) -> str:
    """A campaign as of the end of one day; scripts ask for what happened on a day alone."""
    return shown_campaign(code)


@blueprint.get("/audit/campaigns/<code>/replay.json")
@permission("see_audit")
def replay_campaign_data(code: str) -> Response:
    """How many cases stand at each stage, day by day."""
    return jsonify(campaign_json(code))
