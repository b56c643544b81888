"""The list of exemplars as its address describes it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from webapp.extensions import db
from webapp.queries.exemplar_areas import Area, areas_seen
from webapp.queries.exemplars import (
    PAGE_SIZE,
    STATES,
    ExemplarRow,
    Wanted,
    exemplar_counts,
    exemplar_rows,
)
from webapp.queries.tracking_choices import Narrowings, narrowings
from webapp.ui.access import standing
from webapp.ui.listing import CountedByState, listing
from webapp.ui.maps import CommuneMap, mapped

FILTERS = ("campaign", "unit", "state")


@dataclass(frozen=True)
class ShownExemplars(CountedByState):
    """One page of the list."""

    page_size = PAGE_SIZE
    rows: list[ExemplarRow]
    choices: Narrowings
    areas: list[tuple[Area, CommuneMap | None]]


def shown_exemplars() -> ShownExemplars:
    """The list this request asks for."""
    session = db.session()
    asked = listing(FILTERS, states=STATES)
    wanted = Wanted(**asked.values)
    shown = ShownExemplars(
        asked=asked,
        rows=[],
        counts=exemplar_counts(session, standing(), wanted),
        choices=narrowings(session, standing(), ("exemplar",), None),
        areas=mapped(areas_seen(session, standing(), wanted.campaign)),
    )
    page = min(asked.page, shown.pages)
    rows = exemplar_rows(session, standing(), wanted, page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)
