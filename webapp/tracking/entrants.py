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
from webapp.queries.rule_names import rule_names
from webapp.queries.tracking_choices import Narrowings, campaign_with_plan, narrowings, strands_of
from webapp.ui.access import standing
from webapp.ui.listing import CountedByState, listing

FILTERS = ("q", "campaign", "strand", "unit", "state")


@dataclass(frozen=True)
class ShownRegistrations(CountedByState):
    """One page of the list."""

    page_size = PAGE_SIZE
    rows: list[RegistrationRow]
    choices: Narrowings

    @property
    def several_campaigns(self) -> bool:
        """Whether a row has to say which campaign it belongs to."""
        return len(self.choices.campaigns) > 1 and not self.asked["campaign"]

    @property
    def awards(self) -> Mapping[str, str]:
        """Names of titles by their codes."""
        return rule_names(db.session()).awards


def shown_registrations() -> ShownRegistrations:
    """The list this request asks for."""
    session = db.session()
    asked = listing(FILTERS, SORTS, usual=("code", True), states=STATES)
    wanted = Wanted(**asked.values)
    choices = narrowings(
        session, standing(), ("registration",), campaign_with_plan(session, asked["campaign"])
    )
    if len(choices.campaigns) == 1 and not choices.strands:  # there is no other to choose first
        campaign = campaign_with_plan(session, choices.campaigns[0][0])
        choices = replace(choices, strands=strands_of(session, campaign))
    shown = ShownRegistrations(
        asked=asked,
        rows=[],
        counts=registration_counts(session, standing(), wanted),
        choices=choices,
    )
    page = min(asked.page, shown.pages)
    rows = registration_rows(session, standing(), wanted, asked.order, page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)
