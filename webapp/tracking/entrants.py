"""The list of registrations as its address describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from webapp.extensions import db
from webapp.queries.registrations import (
    PAGE_SIZE,
    SORTS,
    STATES,
    RegistrationRow,
    Wanted,
    registration_counts,
    registration_rows,
)
from webapp.queries.tracking_choices import Narrowings, campaign_with_plan, narrowings
from webapp.ui.access import standing
from webapp.ui.listing import Listing, listing, pages_of

FILTERS = ("q", "campaign", "strand", "unit", "state")


@dataclass(frozen=True)
class ShownRegistrations:
    """One page of the list."""

    asked: Listing
    rows: list[RegistrationRow]
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


def shown_registrations() -> ShownRegistrations:
    """The list this request asks for."""
    session = db.session()
    asked = listing(FILTERS, SORTS, usual=("code", True))
    if asked["state"] not in STATES:
        asked = replace(asked, values={**asked.values, "state": ""})
    wanted = Wanted(**asked.values)
    campaign = campaign_with_plan(session, asked["campaign"])
    shown = ShownRegistrations(
        asked=asked,
        rows=[],
        counts=registration_counts(session, standing(), wanted),
        choices=narrowings(session, standing(), "registration", campaign),
    )
    page = min(asked.page, shown.pages)
    rows = registration_rows(session, standing(), wanted, asked.order, page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)
