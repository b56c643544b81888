"""``/api/v1/awards``: what was awarded before; to be read only."""

from __future__ import annotations

from typing import Any

from webapp.api import award_shapes as shapes
from webapp.api.description import Part
from webapp.api.shapes import paged
from webapp.extensions import db
from webapp.queries.award_history import PAGE_SIZE, Wanted, award_records, count_records
from webapp.ui.access import permission, standing

part = Part("awards", "/awards", "Award history, as far as the owner of the token may know of it.")


@part.get("/history")
@permission("see_awards")
@part.arguments(shapes.HistoryFilter, location="query")
@part.response(200, shapes.HistoryList)
def list_award_history(wanted: dict[str, Any]) -> dict[str, Any]:
    """What persons, households and collectives were awarded before, by name."""
    session, page = db.session(), wanted["page"]
    asked = Wanted(wanted["q"], wanted["year"], wanted["award"], twins=wanted["twins"])
    total = count_records(session, standing(), asked)
    return paged(award_records(session, standing(), asked, page), total, page, PAGE_SIZE)
