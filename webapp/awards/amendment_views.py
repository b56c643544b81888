"""Pages: corrections and revocations of decisions."""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.awards.amendments import FIELDS, shown_amendment
from webapp.queries.amendments import owed
from webapp.ui.access import signed_in

blueprint = Blueprint("amendments", __name__, template_folder="templates")


@blueprint.get("/awards/amendments/<code>")
@signed_in
def show_amendment(code: str) -> str:
    """One correction or revocation."""
    return render_template(
        "awards/show_amendment.html", shown=shown_amendment(code), fields=FIELDS, owed=owed
    )
