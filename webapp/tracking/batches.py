"""The lists of submission batches and of aggregated lists as their addresses describe them, and a batch as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from werkzeug.wrappers import Response

from webapp.extensions import db
from webapp.models import Submission
from webapp.operations.access import record_access
from webapp.operations.procedures.documents import draw_now, file_name
from webapp.queries.batches import PAGE_SIZE, Batches, BatchRow, Wanted, batch_counts, batch_rows
from webapp.queries.instances import visible_case
from webapp.queries.tracking_choices import Narrowings, narrowings
from webapp.ui.access import hidden, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.listing import CountedByState, listing
from webapp.ui.paper_files import drawn_response
from workflows.events import DossierRead

FILTERS = ("q", "campaign", "unit", "state")


@dataclass(frozen=True)
class ShownBatches(CountedByState):
    """One page of a list."""

    page_size = PAGE_SIZE
    kind: Batches
    rows: list[BatchRow]
    choices: Narrowings


def shown_batches(kind: Batches) -> ShownBatches:
    """The list of a kind that this request asks for."""
    session = db.session()
    asked = listing(FILTERS, states=kind.states)
    wanted = Wanted(**asked.values)
    shown = ShownBatches(
        asked=asked,
        kind=kind,
        rows=[],
        counts=batch_counts(session, standing(), kind, wanted),
        choices=narrowings(session, standing(), (kind.process,), None),
    )
    page = min(asked.page, shown.pages)
    rows = batch_rows(session, standing(), kind, wanted, page)
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
    return drawn_response(content, file_name("submission", code, form))
