"""Files made of the tracking table, and every file that the worker writes: a page says how far it has come."""

from __future__ import annotations

from pathlib import Path

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.operations import long_work
from webapp.operations.list_exports import FILES, asked_on
from webapp.operations.papers import MEDIA_TYPES, file_store
from webapp.queries.list_exports import own_export, own_exports
from webapp.queries.long_work import Progress
from webapp.tracking.exporting import exported
from webapp.tracking.printing import printed
from webapp.tracking.views import blueprint
from webapp.ui.access import permission, signed_in, standing
from webapp.ui.acting import actor_and_now


@blueprint.get("/nominations.xlsx")
@permission("see_nominations")
def export_nominations() -> Response:
    """The table as an Excel file: the rows, the order and the columns that are seen."""
    return exported()


@blueprint.get("/nominations.pdf")
@permission("see_nominations")
def print_nominations() -> Response:
    """The table as a paper of the office; a list too long for paper is refused with a sentence."""
    return printed()


@blueprint.get("/exports")
@signed_in
def list_own_exports() -> str:
    """Files the reader has asked for."""
    return render_template("tracking/list_exports.html", rows=own_exports(db.session(), standing()))


@blueprint.get("/exports/<public_id>")
@signed_in
def show_export(public_id: str) -> str:
    """How far a file has come; the part alone for the page that asks again."""
    made = own_export(db.session(), standing(), public_id) or abort(404)
    template = (
        "tracking/parts/export.html" if "HX-Request" in request.headers else "tracking/show_export.html"
    )
    progress = Progress(made.state, made.total, made.written)
    return render_template(template, made=made, progress=progress, asked_on=asked_on(made))


@blueprint.get("/exports/<public_id>/file")
@signed_in
def show_export_file(public_id: str) -> Response:
    """The file, while it is kept."""
    made = own_export(db.session(), standing(), public_id) or abort(404)
    if made.sha256 is None:
        abort(404)
    media = MEDIA_TYPES.get(Path(made.file_name).suffix, "application/octet-stream")
    return send_file(file_store().open(made.sha256), media, as_attachment=True, download_name=made.file_name)


@blueprint.post("/exports/<public_id>/cancel")
@signed_in
def cancel_export(public_id: str) -> Response:
    """Write no further."""
    actor, now = actor_and_now()
    long_work.cancel(FILES, public_id, actor=actor, now=now)
    flash(_("Nothing more is written; there is no file."), "success")
    return redirect(url_for("tracking.show_export", public_id=public_id))


@blueprint.post("/exports/<public_id>/retry")
@signed_in
def retry_export(public_id: str) -> Response:
    """Write it anew, when it could not be written."""
    actor, now = actor_and_now()
    long_work.retry(FILES, public_id, actor=actor, now=now)
    return redirect(url_for("tracking.show_export", public_id=public_id))
