"""The list of campaigns as its address describes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from webapp.campaigns.showing import campaign_status
from webapp.extensions import db
from webapp.queries.campaigns import PAGE_SIZE, STATES, CampaignRow, campaign_counts, campaign_rows
from webapp.ui.access import standing
from webapp.ui.case_states import Status
from webapp.ui.listing import CountedByState, listing


@dataclass(frozen=True)
class ShownCampaigns(CountedByState):
    """One page of the list."""

    page_size = PAGE_SIZE
    rows: list[CampaignRow]

    def status(self, row: CampaignRow) -> Status:
        return campaign_status(row.state, row.outcome, row.published)


def shown_campaigns() -> ShownCampaigns:
    """The list this request asks for."""
    session = db.session()
    asked = listing(("q", "state"), states=STATES)
    shown = ShownCampaigns(asked, campaign_counts(session, standing(), asked["q"]), [])
    page = min(asked.page, shown.pages)
    rows = campaign_rows(session, standing(), asked["q"], asked["state"], page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)
