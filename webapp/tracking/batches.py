"""The list of submission batches as its address describes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from webapp.extensions import db
from webapp.queries.sent_lists import PAGE_SIZE, Wanted
from webapp.queries.submissions import (
    STATES,
    SubmissionRow,
    submission_counts,
    submission_rows,
)
from webapp.queries.tracking_choices import Narrowings, narrowings
from webapp.ui.access import standing
from webapp.ui.listing import CountedByState, listing

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
