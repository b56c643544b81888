"""Pages: clusters and blocks, one of them, a year with its score board."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from webapp.clusters.pairing import back_to_proposal, fill_pairs
from webapp.clusters.showing import SCORE_NAMES, begun, nominate_links, reminders_of, shown_case_of
from webapp.clusters.starting import fill_start
from webapp.documents import score_sheet
from webapp.extensions import db
from webapp.operations import cluster_reminders
from webapp.operations.cluster_scoring import may_open
from webapp.operations.procedures.documents import draw_now, file_name
from webapp.queries.cluster_boards import Board, board_of
from webapp.queries.cluster_nominations import nominated_from
from webapp.queries.cluster_pairs import may_pair, pairs_of
from webapp.queries.cluster_papers import score_sheet_facts
from webapp.queries.cluster_scores import address_of_case
from webapp.queries.clusters import (
    cluster_page,
    cluster_rows,
    cluster_years,
    is_open_year,
    known_cluster,
)
from webapp.queries.rule_names import rule_names
from webapp.queries.session_documents import kept_paper
from webapp.ui.access import hidden, permission, standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import today
from webapp.ui.filling import Answer
from webapp.ui.paper_files import drawn_response, opened_paper

blueprint = Blueprint("clusters", __name__, template_folder="templates")
blueprint.context_processor(lambda: {"score_names": SCORE_NAMES})

MINUTES = "cluster_minutes"
YEAR = "int(min=1900, max=2199)"


@blueprint.get("/clusters")
@permission("see_clusters")
def list_clusters() -> str:
    """The clusters and blocks the reader may know of, of a year or with their newest."""
    years = cluster_years(db.session(), standing())
    year = request.args.get("year", type=int)
    wanted = year if year in years else None
    rows = cluster_rows(db.session(), standing(), wanted)
    return render_template("clusters/list_clusters.html", rows=rows, years=years, year=wanted)


@blueprint.get("/clusters/<code>")
@permission("see_clusters")
def show_cluster(code: str) -> str:
    """One cluster: its members, and who led it by which criteria in each year."""
    cluster = cluster_page(db.session(), known_cluster(standing()), code) or hidden()
    return render_template(
        "clusters/show_cluster.html",
        cluster=cluster,
        nominations=nominated_from(db.session(), standing(), cluster),
        awards=rule_names(db.session()).awards,
    )


@blueprint.get(f"/clusters/<code>/<{YEAR}:year>")
@permission("see_clusters")
def show_year(code: str, year: int) -> str:
    """The score board of a year."""
    board = _board(code, year)
    startable = is_open_year(board.year) and may_open(standing(), board.year)
    return render_template(
        "clusters/show_year.html",
        board=board,
        case=shown_case_of(board),
        begun=begun(board),
        startable=startable,
        pairs=pairs_of(board.year, today()),
        may_pair=may_pair(standing(), board.year),
        reminders=reminders_of(board),
        nominations=nominate_links(db.session(), standing(), board),
    )


@blueprint.route(f"/clusters/<code>/<{YEAR}:year>/start", methods=["GET", "POST"])
@permission("see_clusters")
def start_scoring(code: str, year: int) -> Answer:
    """The form that opens the scoring of a year."""
    return fill_start(_board(code, year))


@blueprint.route(f"/clusters/<code>/<{YEAR}:year>/pairs", methods=["GET", "POST"])
@permission("see_clusters")
def set_pairs(code: str, year: int) -> Answer:
    """The form that says who scores whom."""
    return fill_pairs(_board(code, year))


@blueprint.post(f"/clusters/<code>/<{YEAR}:year>/pairs/proposed")
@permission("see_clusters")
def propose_pairs(code: str, year: int) -> Response:
    """Go back to the ring that is proposed."""
    return back_to_proposal(_board(code, year))


@blueprint.post(f"/clusters/<code>/<{YEAR}:year>/remind")
@permission("see_clusters")
def remind_members(code: str, year: int) -> Response:
    """Remind one member, or all that have something to do."""
    actor, now = actor_and_now()
    told = cluster_reminders.remind_members(code, year, request.form.get("unit"), actor=actor, now=now)
    flash(ngettext("%(num)s unit was reminded.", "%(num)s units were reminded.", len(told)), "success")
    return redirect(url_for("clusters.show_year", code=code, year=year))


@blueprint.get(f"/clusters/<code>/<{YEAR}:year>/minutes.<any(pdf, docx):form>")
@permission("see_clusters")
def show_minutes(code: str, year: int, form: str) -> Response:
    """The minutes: the PDF as it was drawn up, or a Word file to go on writing in."""
    board = _board(code, year)
    case = board.year.case
    if case is None or board.year.concluded_at is None:
        hidden()
    if form == "pdf":
        return opened_paper(kept_paper(db.session(), case, MINUTES) or hidden())
    return drawn_response(
        draw_now(db.session(), case, MINUTES, form, draft=False), file_name(MINUTES, case.code, form)
    )


@blueprint.get(f"/clusters/<code>/<{YEAR}:year>/scores.xlsx")
@permission("see_clusters")
def show_score_sheet(code: str, year: int) -> Response:
    """The score board as an Excel file: what the reader sees on the page."""
    board = _board(code, year)
    if not board.lines:
        hidden()
    return drawn_response(score_sheet(score_sheet_facts(board)), f"Bảng điểm {code} {year}.xlsx")


@blueprint.get(f"/clusters/<code>/<{YEAR}:year>/evidence/<paper_id>")
@permission("see_clusters")
def show_evidence(code: str, year: int, paper_id: str) -> Response:
    """A paper with which a member proves its points, for whoever may read these."""
    return opened_paper(_board(code, year).evidence.get(paper_id) or hidden())


@blueprint.get("/clusters/cases/<code>")
@permission("see_clusters")
def show_case(code: str) -> Response:
    """The year that a case scores."""
    cluster, year = address_of_case(db.session(), standing(), code) or hidden()
    return redirect(url_for("clusters.show_year", code=cluster, year=year))


def _board(code: str, year: int) -> Board:
    return board_of(db.session(), standing(), code, year) or hidden()
