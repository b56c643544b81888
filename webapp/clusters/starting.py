"""The form that opens the scoring of a year."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from webapp.extensions import db
from webapp.operations.cluster_scoring import PROCESS, may_open, open_scoring
from webapp.queries.cluster_boards import Board
from webapp.queries.deployments import current_deployment, form_schema
from webapp.ui.access import record_refusal, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.filling import Answer, Typed, fill


def fill_start(board: Board) -> Answer:
    """Show the form, or open the scoring; 403 for somebody who may not open it."""
    if not may_open(standing(), board.year):
        record_refusal("start_cluster_scoring")
        abort(403)
    code, year = board.cluster.code, board.year.year

    def act(typed: Typed) -> Answer:
        actor, now = actor_and_now()
        case = open_scoring(code, year, typed, actor=actor, now=now)
        flash(_("Dossier %(code)s has been opened.", code=case), "success")
        return redirect(url_for("clusters.show_year", code=code, year=year))

    schema = form_schema(current_deployment(db.session(), PROCESS), PROCESS, "start")
    return fill(
        schema, {}, lambda form: render_template("clusters/start_scoring.html", form=form, board=board), act
    )
