"""``/api/v1/campaigns/<code>/reviews``: the reviews of a campaign and their figures, to be read only."""

from __future__ import annotations

from typing import Any

from webapp.api import review_shapes as shapes
from webapp.api.campaigns import campaign_or_404
from webapp.api.description import Part
from webapp.extensions import db
from webapp.operations.refusals import NotFound
from webapp.queries.campaigns import told_units
from webapp.queries.plans import plan_of
from webapp.queries.reviews import FigureBoard, UnitFigure, UnitLine, review_board, review_of
from webapp.ui.access import permission, standing

part = Part(
    "reviews", "/campaigns", "Reviews of campaigns, as far as the owner of the token may know of them."
)


@part.get("/<code>/reviews")
@permission("see_campaigns")
@part.response(200, shapes.ReviewList)
def list_reviews(code: str) -> dict[str, Any]:
    """The reviews its plan has, in their order."""
    return {"items": plan_of(db.session(), campaign_or_404(code)).reviews}


@part.get("/<code>/reviews/<review>")
@permission("see_campaigns")
@part.response(200, shapes.ReviewShape)
def show_review(code: str, review: str) -> dict[str, Any]:
    """A review: which unit has reported, each figure over all units and, as far as one may read them, unit by unit."""
    campaign = campaign_or_404(code)
    plan = plan_of(db.session(), campaign)
    found = review_of(plan, review)
    if found is None:
        raise NotFound
    board = review_board(db.session(), campaign, plan, found, told_units(standing(), campaign))
    return {
        **{name: getattr(found, name) for name in ("code", "name", "kind", "opens", "due")},
        **{name: getattr(board, name) for name in ("stage", "verified", "on_target")},
        "reports": [_report(line) for line in board.units],
        "missing": [line.unit.code for line in board.missing],
        "figures": [_figure(each) for each in board.figures],
    }


def _report(line: UnitLine) -> dict[str, Any]:
    sent = line.report.submitted_at if line.report else None
    return {"unit": line.unit, "state": line.state, "may_report": line.owes, "submitted_at": sent}


def _figure(board: FigureBoard) -> dict[str, Any]:
    indicator = board.figure.indicator
    return {
        "figure": board.figure.code,
        "indicator": indicator.name,
        "year": board.figure.year,
        "measure": indicator.unit,
        **{name: getattr(indicator, name) for name in ("operator", "roll_up")},
        **{name: getattr(board.target, name) for name in ("target", "target_to")},
        **{name: getattr(board.rolled, name) for name in ("value", "counted", "left_out")},
        **{name: getattr(board, name) for name in ("reached", "waiting")},
        **{name: len(getattr(board, name)) for name in ("not_yet", "not_concerned")},
        "units": [_unit(line) for line in board.lines],
    }


def _unit(line: UnitFigure) -> dict[str, Any]:
    own = ("unit", "row", "verified", "target", "reached", "share", "kept")
    return {
        **{name: getattr(line, name) for name in own},
        "pledge": line.pledge.value if line.pledge else None,
        "registration": line.pledge.registration if line.pledge else None,
    }
