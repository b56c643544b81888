"""Pages: offices and accounts that end, with what becomes of the work."""

from __future__ import annotations

from webapp.admin import handing
from webapp.admin.views import blueprint
from webapp.ui.access import permission
from webapp.ui.filling import Answer


@blueprint.route("/admin/people/<public_id>/hand-over", methods=["GET", "POST"])
@permission("administer")
def hand_over(public_id: str) -> Answer:
    """Let the roles and the open work of a person go to another one."""
    return handing.handed_over(public_id)


@blueprint.route(
    "/admin/people/<public_id>/roles/<int(max=2147483647):holding_id>/end", methods=["GET", "POST"]
)
@permission("administer")
def end_role(public_id: str, holding_id: int) -> Answer:
    """Give a role its last day."""
    return handing.ended_role(public_id, holding_id)


@blueprint.route("/admin/people/<public_id>/close", methods=["GET", "POST"])
@permission("administer")
def close_account(public_id: str) -> Answer:
    """Ask first; then let nobody sign in to an account any more."""
    return handing.closed_account(public_id)
