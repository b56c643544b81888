"""Pages that need no account: who was awarded what in a campaign, as far as those concerned agree."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, render_template
from werkzeug.exceptions import Gone

from webapp.public.awarded import shown_awarded, shown_campaigns
from webapp.ui.access import public

blueprint = Blueprint("awarded", __name__, template_folder="templates")


@blueprint.get("/awarded")
@public
def list_awarded() -> str:
    """The campaigns with awards that may be shown."""
    return render_template("public/list_awarded.html", campaigns=shown_campaigns())


@blueprint.get("/awarded/<campaign>")
@public
def show_awarded(campaign: str) -> str | tuple[str, int]:
    """The awards of a campaign; gone when the last of them is shown no more."""
    try:
        shown = shown_awarded(campaign)
    except Gone:
        return render_template("public/parts/no_awards.html"), HTTPStatus.GONE
    return render_template("public/show_awarded.html", shown=shown)
