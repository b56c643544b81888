"""The list of campaigns as its address describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from webapp.campaigns.showing import campaign_status
from webapp.extensions import db
from webapp.queries.campaigns import PAGE_SIZE, STATES, CampaignRow, campaign_counts, campaign_rows
from webapp.ui.access import standing
from webapp.ui.case_states import Status
from webapp.ui.listing import Listing, listing, pages_of


@dataclass(frozen=True)
class ShownCampaigns:
    """One page of the list."""

    asked: Listing
    rows: list[CampaignRow]
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many fit all filters."""
        state = self.asked["state"]
        return self.counts.get(state, 0) if state else sum(self.counts.values())

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)

    def status(self, row: CampaignRow) -> Status:
        return campaign_status(row.state, row.outcome, row.published)


def shown_campaigns() -> ShownCampaigns:
    """The list this request asks for."""
    session = db.session()
    asked = listing(("q", "state"))
    if asked["state"] not in STATES:
        asked = replace(asked, values={**asked.values, "state": ""})
    shown = ShownCampaigns(asked, [], campaign_counts(session, standing(), asked["q"]))
    page = min(asked.page, shown.pages)
    rows = campaign_rows(session, standing(), asked["q"], asked["state"], page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)
