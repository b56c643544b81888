"""Pages: files whose retention is over, erasures that are proposed and done; what goes and what stays."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from webapp.erasures import words
from webapp.erasures.showing import decided, proposed, proposed_due, shown_erasures, withdrawn
from webapp.ui.access import permission
from webapp.ui.filling import Answer

blueprint = Blueprint("erasures", __name__, template_folder="templates")


@blueprint.get("/erasures")
@permission("see_erasures")
def list_erasures() -> str:
    """Files whose retention is over, erasures that wait for a decision, and those that are done."""
    return render_template("erasures/list_erasures.html", shown=shown_erasures(), words=words)


@blueprint.get("/erasures/find")
@permission("propose_erasures")
def find_file() -> Response:
    """The check page of the case with the code that was typed."""
    code = request.args.get("code", "").strip().upper()[:40]
    return redirect(url_for("erasures.propose_erasure", code=code or "-"))


@blueprint.post("/erasures/propose")
@permission("propose_erasures")
def propose_due() -> Response:
    """Propose the ticked files because their retention is over."""
    return proposed_due(request.form.getlist("code"))


@blueprint.route("/erasures/cases/<code>", methods=["GET", "POST"])
@permission("propose_erasures")
def propose_erasure(code: str) -> Answer:
    """What of a case would go and what would stay; sent, it is proposed by the paper that asks for it."""
    return proposed(code)


@blueprint.route("/erasures/<public_id>", methods=["GET", "POST"])
@permission("see_erasures")
def show_erasure(public_id: str) -> Answer:
    """One erasure, with who proposed and who decided it; whoever decides does it here."""
    return decided(public_id)


@blueprint.post("/erasures/<public_id>/withdraw")
@permission("propose_erasures")
def withdraw_erasure(public_id: str) -> Response:
    """Take back a proposal; only who made it can."""
    return withdrawn(public_id)
