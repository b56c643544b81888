"""A pledge as a file: of a version of a registration, or as a draft while it is checked."""

from __future__ import annotations

from flask import abort, request
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_now, file_name
from webapp.operations.refusals import Erased
from webapp.queries.instances import visible_case
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response
from workflows.events import DossierRead

DOCUMENT, PROCESS = "pledge", "registration"


def pledge_file(code: str, form: str) -> Response:
    """The pledge as pdf or docx; the address may name a version, by default it is the one in force. That it was read
    is noted. 404 for what is not there, or not for the reader; raises Erased."""
    case = visible_case(db.session(), standing(), code)
    if case is None or case.process != PROCESS:
        hidden()
    if case.erased_at is not None:
        raise Erased
    version = request.args.get("version", type=int)
    try:
        draft = case.outcome != "registered"
        content = draw_now(db.session(), case, DOCUMENT, form, draft=draft, params={"version": version})
    except LookupError:
        abort(404)
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
    return drawn_response(content, file_name(DOCUMENT, code, form, f"số {version}" if version else ""))
