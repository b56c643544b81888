"""Pages: criteria tables, their versions, and how they are drafted and approved."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from webapp.clusters import drafting
from webapp.clusters.criteria_pages import (
    KIND_NAMES,
    finding_text,
    newest_of,
    shown_criteria,
    shown_tables,
)
from webapp.clusters.views import blueprint
from webapp.ui.access import permission
from webapp.ui.filling import Answer
from webapp.ui.versions import STATUS, file_of


@blueprint.context_processor
def _words() -> dict[str, Any]:
    """What the templates of criteria tables ask for."""
    return {"version_status": STATUS.__getitem__, "kind_names": KIND_NAMES, "finding_text": finding_text}


@blueprint.get("/clusters/criteria")
@permission("see_clusters")
def list_criteria() -> str:
    """The criteria tables that concern the reader, and the drafts that wait."""
    return render_template("clusters/list_criteria.html", shown=shown_tables())


@blueprint.get("/clusters/criteria/<public_id>")
@permission("see_clusters")
def show_criteria(public_id: str) -> str:
    """One version of a criteria table."""
    return render_template("clusters/show_criteria.html", shown=shown_criteria(public_id))


@blueprint.get("/clusters/criteria/<public_id>.yaml")
@permission("see_clusters")
def show_criteria_text(public_id: str) -> Response:
    """A version as the file it is kept as."""
    return file_of(shown_criteria(public_id).version)


@blueprint.get("/clusters/criteria/tables/<code>")
@permission("see_clusters")
def show_criteria_table(code: str) -> Redirect:
    """The newest version of a table."""
    return redirect(url_for("clusters.show_criteria", public_id=newest_of(code)))


@blueprint.route("/clusters/criteria/new", methods=["GET", "POST"])
@permission("draft_criteria")
def draft_criteria() -> Answer:
    """Draft a new table, perhaps copied from another one."""
    return drafting.drafted_table()


@blueprint.route("/clusters/criteria/<public_id>/amend", methods=["GET", "POST"])
@permission("draft_criteria")
def amend_criteria(public_id: str) -> Answer:
    """Go on from a version in a draft."""
    return drafting.amended_table(public_id)


@blueprint.post("/clusters/criteria/<public_id>/submit")
@permission("draft_criteria")
def submit_criteria(public_id: str) -> Redirect:
    """Send a draft to the authority."""
    return drafting.sent(public_id)


@blueprint.post("/clusters/criteria/<public_id>/approve")
@permission("see_clusters")
def approve_criteria(public_id: str) -> Redirect:
    """Approve what was sent, as the authority."""
    return drafting.decided(public_id, approve=True)


@blueprint.post("/clusters/criteria/<public_id>/return")
@permission("see_clusters")
def return_criteria(public_id: str) -> Redirect:
    """Give what was sent back with a reason, as the authority."""
    return drafting.returned(public_id, request.form.get("reason", ""))


@blueprint.post("/clusters/criteria/<public_id>/discard")
@permission("see_clusters")
def discard_criteria(public_id: str) -> Redirect:
    """Discard a draft, as the authority or as who drafts."""
    return drafting.decided(public_id, approve=False)
