"""Pages that need no account: the health of the installation."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, jsonify, render_template, request

from webapp.clock import wall
from webapp.extensions import db
from webapp.public import health_texts
from webapp.queries.health import health
from webapp.ui.access import public

blueprint = Blueprint("public", __name__, template_folder="templates")


@blueprint.get("/health")
@public
def show_health() -> tuple[Response | str, int]:
    """How the installation is, for people and, asked for JSON, for machines; 503 when something is not well."""
    checks = health(db.session(), current_app.config["SETTINGS"].data_dir, wall())
    well = all(check.well for check in checks)
    status = 200 if well else 503
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        listed = {check.code: {"ok": check.well, **check.facts} for check in checks}
        return jsonify(status="ok" if well else "failing", checks=listed), status
    return render_template("public/show_health.html", checks=checks, well=well, texts=health_texts), status
