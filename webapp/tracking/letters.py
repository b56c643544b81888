"""Letters about a nomination as files; that somebody reads one is noted."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.models import NOMINATIONS
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_now, file_name
from webapp.queries.instances import visible_case
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.paper_files import drawn_response
from workflows.events import DossierRead

LETTER, RECEIPT = "opinion_request", "receipt"


def opinion_letter(code: str, task_id: str, form: str) -> Response:
    """The letter to the body that has or had this task; 404 for what is not there, or not for the reader."""
    return _file(code, NOMINATIONS, LETTER, form, {"task": task_id})


def receipt_file(code: str, way: str, form: str) -> Response:
    """The receipt of a dossier, or of a batch; 404 for what was not received, or is not for the reader."""
    return _file(code, (*NOMINATIONS, "submission"), RECEIPT, form, {"way": way})


def _file(
    code: str, processes: Collection[str], document: str, form: str, params: Mapping[str, str]
) -> Response:
    case = visible_case(db.session(), standing(), code)
    if case is None or case.process not in processes:
        hidden()
    try:
        drawn = draw_now(db.session(), case, document, form, draft=False, params=params)
    except LookupError:
        hidden()
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
    return drawn_response(drawn, file_name(document, code, form))
