"""Pages that need no account: the health of the installation, exemplars that are introduced, a case by its code."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import Gone
from werkzeug.wrappers import Response as FileAnswer

from webapp.clock import wall
from webapp.extensions import db, limiter
from webapp.public.file_checks import ShownCheck, checked_file
from webapp.public.following import shown_followed
from webapp.public.introduced import NOBODY, committee, lead, shown_list, shown_page, shown_picture
from webapp.public.unlisted import unlisted
from webapp.queries.health import health
from webapp.ui import health_texts
from webapp.ui.access import public
from webapp.ui.exemplars import EXEMPLAR_KINDS
from webapp.ui.paper_files import picture_response
from webapp.ui.signature_sentences import lines, verdict

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


@blueprint.get("/introduced")
@public
def list_introduced() -> str:
    """The exemplars that are introduced now."""
    words = {"kinds": EXEMPLAR_KINDS, "lead": lead, "nobody": NOBODY}
    return render_template("public/list_introduced.html", shown=shown_list(), **words)


@blueprint.get("/introduced/<code>")
@public
def show_introduced(code: str) -> str | tuple[str, int]:
    """One exemplar as it is introduced; gone when it was taken down."""
    try:
        shown = shown_page(code)
    except Gone:
        return render_template("public/parts/gone.html"), HTTPStatus.GONE
    return render_template(
        "public/show_introduced.html", shown=shown, kinds=EXEMPLAR_KINDS, committee=committee
    )


@blueprint.get("/introduced/<code>/pictures/<sha256>")
@public
def show_picture(code: str, sha256: str) -> FileAnswer:
    """A picture of an exemplar that is introduced."""
    return picture_response(shown_picture(code, sha256))


def _wrong(response: FileAnswer) -> bool:
    return response.status_code >= HTTPStatus.BAD_REQUEST


@blueprint.get("/follow")
@public
def show_follow() -> FileAnswer:
    """Asks for the code of a case."""
    return unlisted("public/follow_case.html", shown=None, typed="", fault="")


@blueprint.post("/follow")
@public
@limiter.limit("10 per 5 minutes", deduct_when=_wrong)
@limiter.limit("60 per 5 minutes")
def follow_case() -> FileAnswer:
    """Where the case of a code stands; ten wrong codes close the way for a while, as wrong passwords do."""
    typed = request.form.get("code", "").strip()[:40]
    shown = shown_followed(typed)
    fault = "" if shown else _("There is no dossier with this code. See whether it was typed as it stands.")
    status = HTTPStatus.OK if shown else HTTPStatus.UNPROCESSABLE_ENTITY
    return unlisted("public/follow_case.html", status, shown=shown, typed=typed, fault=fault)


@blueprint.get("/verify/file")
@public
def show_verify_file() -> FileAnswer:
    """Asks for a file whose signatures are to be checked."""
    return _checked(ShownCheck())


@blueprint.post("/verify/file")
@public
@limiter.limit("20 per 5 minutes")
def verify_file() -> FileAnswer:
    """Who signed a file, when, and whether it was changed since; nothing of it is kept."""
    shown = checked_file(request.files.get("file"))
    return _checked(shown, HTTPStatus.OK if shown.found else HTTPStatus.UNPROCESSABLE_ENTITY)


def _checked(shown: ShownCheck, status: int = HTTPStatus.OK) -> FileAnswer:
    return unlisted("public/verify_file.html", status, shown=shown, verdict=verdict, lines=lines)
