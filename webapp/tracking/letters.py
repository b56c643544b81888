"""Letters about a nomination as files; that somebody reads one is noted."""

from __future__ import annotations

from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_now, file_name
from webapp.queries.instances import visible_case
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response
from workflows.events import DossierRead

LETTER = "opinion_request"


def opinion_letter(code: str, task_id: str, form: str) -> Response:
    """The letter to the body that has or had this task; 404 for what is not there, or not for the reader."""
    case = visible_case(db.session(), standing(), code) or hidden()
    try:
        drawn = draw_now(db.session(), case, LETTER, form, draft=False, params={"task": task_id})
    except LookupError:
        hidden()
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
    return drawn_response(drawn, file_name(LETTER, code, form))
