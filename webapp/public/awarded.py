"""What visitors read of awards: the campaigns that have some, and the awards of one, decision by decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from werkzeug.exceptions import Gone, NotFound

from webapp.extensions import db
from webapp.public.introduced import committee
from webapp.queries.public_awards import (
    PAGE_SIZE,
    AwardedCampaign,
    PublicDecision,
    awarded_campaign,
    awarded_campaigns,
    public_awards,
    public_count,
    was_awarded,
)
from webapp.queries.rule_names import rule_names
from webapp.ui.clock import today
from webapp.ui.listing import Listing, listing, pages_of


@dataclass(frozen=True)
class ShownAwarded:
    """One page of the awards of a campaign that may be shown."""

    campaign: AwardedCampaign
    asked: Listing
    total: int
    decisions: Sequence[PublicDecision]

    @property
    def body(self) -> str:
        """Who awards."""
        return committee(self.campaign.body)

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)

    @property
    def rows(self) -> Sequence[PublicDecision]:
        return self.decisions


def shown_campaigns() -> list[tuple[AwardedCampaign, str]]:
    """The campaigns with awards, each with the body that decided them."""
    return [(each, committee(each.body)) for each in awarded_campaigns(db.session(), today())]


def shown_awarded(code: str) -> ShownAwarded:
    """The awards of a campaign. Raises Gone where none may be shown any more, NotFound where none ever was."""
    session, day, asked = db.session(), today(), listing(("q",), campaign=code)
    campaign = awarded_campaign(session, code, day)
    if campaign is None:
        raise Gone if was_awarded(session, code) else NotFound
    shown = ShownAwarded(campaign, asked, public_count(session, code, asked["q"], day), [])
    page, names = min(asked.page, shown.pages), rule_names(session).awards
    decisions = public_awards(session, code, asked["q"], day, page, names)
    return replace(shown, asked=replace(asked, page=page), decisions=decisions)
