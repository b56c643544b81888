"""Pages: keys that sign papers, and seals, of the units administered."""

from __future__ import annotations

from werkzeug.wrappers import Response

from webapp.admin import signing
from webapp.admin.views import blueprint
from webapp.ui.access import permission
from webapp.ui.filling import Answer


@blueprint.get("/admin/signing")
@permission("administer")
def list_keys() -> str:
    """Keys and pictures of seals."""
    return signing.shown_keys()


@blueprint.route("/admin/signing/new", methods=["GET", "POST"])
@permission("administer")
def add_key() -> Answer:
    """Add a key."""
    return signing.new_key()


@blueprint.post("/admin/signing/<key_id>/deactivate")
@permission("administer")
def deactivate_key(key_id: str) -> Response:
    """Let nothing more be signed with a key."""
    return signing.deactivated_key(key_id)


@blueprint.route("/admin/signing/seals/new", methods=["GET", "POST"])
@permission("administer")
def keep_seal() -> Answer:
    """Bring the picture of a unit's seal."""
    return signing.new_seal()


@blueprint.get("/admin/units/<path:unit>/seal.png")
@permission("administer")
def show_seal(unit: str) -> Response:
    """The picture of a unit's seal."""
    return signing.seal_response(unit)
