"""The list of submission batches as its address describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from webapp.extensions import db
from webapp.queries.submissions import (
    PAGE_SIZE,
    STATES,
    SubmissionRow,
    Wanted,
    submission_counts,
    submission_rows,
)
from webapp.queries.tracking_choices import Narrowings, narrowings
from webapp.ui.access import standing
from webapp.ui.listing import Listing, listing, pages_of

FILTERS = ("q", "campaign", "unit", "state")


@dataclass(frozen=True)
class ShownSubmissions:
    """One page of the list."""

    asked: Listing
    rows: list[SubmissionRow]
    counts: Mapping[str, int]
    choices: Narrowings

    @property
    def total(self) -> int:
        """How many fit all filters."""
        state = self.asked["state"]
        return self.counts.get(state, 0) if state else sum(self.counts.values())

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)


def shown_submissions() -> ShownSubmissions:
    """The list this request asks for."""
    session = db.session()
    asked = listing(FILTERS)
    if asked["state"] not in STATES:
        asked = replace(asked, values={**asked.values, "state": ""})
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
