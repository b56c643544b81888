"""``/api/v1/campaigns/<code>/reviews/<review>``: the figures of a review, to be read only."""

from __future__ import annotations

from typing import Any

from webapp.api import review_shapes as shapes
from webapp.api.description import Part
from webapp.extensions import db
from webapp.operations.refusals import NotFound
from webapp.queries.campaigns import campaign_of, sees_all
from webapp.queries.plans import plan_of
from webapp.queries.reviews import FigureBoard, UnitFigure, review_board, review_of
from webapp.ui.access import permission, standing

part = Part(
    "reviews", "/campaigns", "Reviews of campaigns, as far as the owner of the token may know of them."
)


@part.get("/<code>/reviews/<review>")
@permission("see_campaigns")
@part.response(200, shapes.ReviewShape)
def show_review(code: str, review: str) -> dict[str, Any]:
    """A review: which unit has reported, each figure over all units and, as far as one may read them, unit by unit."""
    campaign = campaign_of(db.session(), standing(), code)
    plan = plan_of(db.session(), campaign) if campaign else None
    found = review_of(plan, review) if plan else None
    if campaign is None or plan is None or found is None:
        raise NotFound
    own = None if sees_all(standing(), campaign) else {held.unit_id for held in standing().roles}
    board = review_board(db.session(), campaign, plan, found, own)
    return {
        **{name: getattr(found, name) for name in ("code", "name", "kind", "due")},
        "stage": board.stage,
        "reports": [{"unit": line.unit, "state": line.state} for line in board.units],
        "figures": [_figure(each) for each in board.figures],
    }


def _figure(board: FigureBoard) -> dict[str, Any]:
    indicator = board.figure.indicator
    return {
        "figure": board.figure.code,
        "indicator": indicator.name,
        "year": board.figure.year,
        "roll_up": indicator.roll_up,
        "target": board.target.target,
        "value": board.rolled.value,
        "reached": board.reached,
        "counted": board.rolled.counted,
        "units": [_unit(line) for line in board.lines],
    }


def _unit(line: UnitFigure) -> dict[str, Any]:
    own = ("unit", "row", "verified", "target", "reached", "share")
    return {
        **{name: getattr(line, name) for name in own},
        "pledge": line.pledge.value if line.pledge else None,
    }
