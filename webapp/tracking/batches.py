"""The list of submission batches as its address describes it, and one batch as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.models import Submission
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_now
from webapp.queries.instances import visible_case
from webapp.queries.submissions import (
    PAGE_SIZE,
    STATES,
    SubmissionRow,
    Wanted,
    submission_counts,
    submission_rows,
)
from webapp.queries.tracking_choices import Narrowings, narrowings
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.listing import CountedByState, listing
from webapp.ui.paper_files import drawn_response
from workflows.events import DossierRead

FILTERS = ("q", "campaign", "unit", "state")


@dataclass(frozen=True)
class ShownSubmissions(CountedByState):
    """One page of the list."""

    page_size = PAGE_SIZE
    rows: list[SubmissionRow]
    choices: Narrowings


def shown_submissions() -> ShownSubmissions:
    """The list this request asks for."""
    session = db.session()
    asked = listing(FILTERS, states=STATES)
    wanted = Wanted(**asked.values)
    shown = ShownSubmissions(
        asked=asked,
        rows=[],
        counts=submission_counts(session, standing(), wanted),
        choices=narrowings(session, standing(), "submission", None),
    )
    page = min(asked.page, shown.pages)
    rows = submission_rows(session, standing(), wanted, page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)


def submission_file(code: str, form: str) -> Response:
    """A batch with its list as pdf or docx of its lines, a draft until it is signed; that it was read is noted.

    404 for what is not there, or not for the reader, and for a batch nobody has put a line in.
    """
    session = db.session()
    case = visible_case(session, standing(), code)
    if case is None or case.process != "submission":
        hidden()
    batch = session.scalars(select(Submission).where(Submission.case_id == case.id)).one()
    if not batch.lines:
        hidden()
    content = draw_now(session, case, "submission", form, draft=batch.signed_at is None)
    actor, now = actor_and_now()
    record_access(DossierRead(case=code), actor=actor, now=now)
    return drawn_response(content, f"to-trinh {code}.{form}")
