"""Pages: delegations given and received, a new one, its answer and its end; absences."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from webapp.delegations.acts import answered, new_absence, new_delegation, revoked, taken_absence
from webapp.delegations.showing import shown_delegations
from webapp.ui.access import signed_in
from webapp.ui.filling import Answer

blueprint = Blueprint("delegations", __name__, template_folder="templates")


@blueprint.get("/delegations")
@signed_in
def list_delegations() -> str:
    """What one has delegated, what others have delegated to one, and when one is away."""
    return shown_delegations()


@blueprint.route("/delegations/new", methods=["GET", "POST"])
@signed_in
def propose_delegation() -> Answer:
    """Ask somebody to act for one."""
    return new_delegation()


@blueprint.post("/delegations/<public_id>/<any(accept, decline):answer>")
@signed_in
def answer_delegation(public_id: str, answer: str) -> Response:
    """Take on to act for somebody, or not."""
    return answered(public_id, answer)


@blueprint.post("/delegations/<public_id>/revoke")
@signed_in
def revoke_delegation(public_id: str) -> Response:
    """End a delegation at once."""
    return revoked(public_id)


@blueprint.route("/absences/new", methods=["GET", "POST"])
@signed_in
def note_absence() -> Answer:
    """Say when one is away."""
    return new_absence()


@blueprint.post("/absences/<public_id>/end")
@signed_in
def end_absence(public_id: str) -> Response:
    """Be back, or not go away."""
    return taken_absence(public_id)
