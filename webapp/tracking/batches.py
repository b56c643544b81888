"""The lists of submission batches and of aggregated lists, as their addresses describe them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from webapp.extensions import db
from webapp.queries.batches import PAGE_SIZE, Batches, BatchRow, Wanted, batch_counts, batch_rows
from webapp.queries.tracking_choices import Narrowings, narrowings
from webapp.ui.access import standing
from webapp.ui.listing import CountedByState, listing

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
