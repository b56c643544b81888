"""Choosing on a page who scores whom."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.i18n import content
from webapp.operations.cluster_pairs import propose_pairs, set_pairs
from webapp.operations.refusals import NotNow
from webapp.queries.cluster_boards import Board
from webapp.queries.cluster_pairs import Pairs, may_pair, pairs_of
from webapp.ui.access import record_refusal, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer, Typed, fill
from workflows.forms import Schema


def fill_pairs(board: Board) -> Answer:
    """Show the form, or set the pairs; 403 for somebody who may not, a conflict once the scoring has begun."""
    if not may_pair(standing(), board.year):
        record_refusal("set_cluster_pairs")
        abort(403)
    pairs = pairs_of(board.year, today())
    if pairs is None:
        raise NotNow("scoring_begun" if board.year.case else "too_few_members")

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        chosen = [(row["unit"], row["scorer"]) for row in typed["pairs"]]
        set_pairs(board.cluster.code, board.year.year, chosen, actor=actor, now=now)
        return _back(board, _("It is set who scores whom."))

    first = {"pairs": [{"unit": scored.code, "scorer": scorer.code} for scored, scorer in pairs.lines]}
    return fill(
        _schema(pairs),
        first,
        lambda form: render_template("clusters/set_pairs.html", form=form, board=board, pairs=pairs),
        act,
    )


def back_to_proposal(board: Board) -> Response:
    """Forget what was chosen by hand."""
    actor, now = actor_and_now()
    propose_pairs(board.cluster.code, board.year.year, actor=actor, now=now)
    return _back(board, _("The units score one another in the ring that is proposed."))


def _schema(pairs: Pairs) -> Schema:
    units = [{"const": unit.code, "title": content(unit.name)} for unit, _scorer in pairs.lines]
    choice: dict[str, Any] = {"type": "string", "oneOf": units, "x-widget": "list"}
    row = {
        "unit": {**choice, "title": _("Is scored"), "x-fixed": True},
        "scorer": {**choice, "title": _("Scored by")},
    }
    items = {"type": "object", "properties": row, "required": list(row), "additionalProperties": False}
    rows = {
        "type": "array",
        "title": _("Who scores whom"),
        "description": _("Each unit scores exactly one other, and is scored by exactly one."),
        "items": items,
        "minItems": len(units),
        "maxItems": len(units),
        "x-lines": True,
    }
    return {"type": "object", "properties": {"pairs": rows}, "required": ["pairs"]}


def _back(board: Board, said: str) -> Response:
    flash(said, "success")
    return redirect(url_for("clusters.show_year", code=board.cluster.code, year=board.year.year))
