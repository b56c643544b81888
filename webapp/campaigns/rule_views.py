"""Pages: rule sets, their versions, and how they are amended."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from webapp.campaigns import amending
from webapp.campaigns.entry_forms import ADDABLE, GROUP_NAMES
from webapp.campaigns.rules import (
    ShownVersion,
    compared_versions,
    shown_rule_sets,
    shown_rules,
    shown_version,
)
from webapp.campaigns.views import blueprint
from webapp.ui.access import permission
from webapp.ui.filling import Answer
from webapp.ui.versions import STATUS, file_of
from workflows.typed_yaml import Path

ENTRY = "<group>/<int(max=9999):index>"
PART = f"{ENTRY}/<part>/<int(max=9999):place>"
PLACES = ("group", "index", "part", "place")


@blueprint.context_processor
def _words() -> dict[str, Any]:
    """What the templates of rule sets ask for."""
    return {
        "version_status": STATUS.__getitem__,
        "group_name": GROUP_NAMES.__getitem__,
        "addable": ADDABLE,
        "entry_url": entry_url,
    }


def entry_url(endpoint: str, shown: ShownVersion, place: Path) -> str:
    """The page of an act on an entry of a version."""
    steps: dict[str, Any] = dict(zip(PLACES, place, strict=False))
    return url_for(endpoint, public_id=shown.version.public_id, unit=shown.place.code, **steps)


@blueprint.get("/campaigns/rules")
@permission("see_campaigns")
def list_rules() -> str:
    """The rule sets by era, and the drafts that wait."""
    return render_template("campaigns/list_rules.html", shown=shown_rule_sets())


@blueprint.get("/campaigns/rules/<code>")
@permission("see_campaigns")
def show_rules(code: str) -> str:
    """One rule set as it is in force, with all its entries."""
    return render_template("campaigns/show_version.html", shown=shown_rules(code))


@blueprint.get("/campaigns/rules/versions/<public_id>")
@permission("see_campaigns")
def show_version(public_id: str) -> str:
    """One version of a rule set, and what it says otherwise than the one in force."""
    return render_template("campaigns/show_version.html", shown=shown_version(public_id))


@blueprint.get("/campaigns/rules/versions/<public_id>.yaml")
@permission("see_campaigns")
def show_rule_text(public_id: str) -> Response:
    """A version as the file it is kept as."""
    return file_of(shown_version(public_id).version)


@blueprint.get("/campaigns/rules/compare")
@permission("see_campaigns")
def compare_rules() -> str:
    """Two versions beside each other: what they say otherwise."""
    before, after = request.args.get("before", ""), request.args.get("after", "")
    return render_template("campaigns/compare_rules.html", shown=compared_versions(before, after))


@blueprint.route("/campaigns/rules/new", methods=["GET", "POST"])
@permission("administer")
def draft_rules() -> Answer:
    """Draft a whole rule set as text."""
    return amending.drafted_text()


@blueprint.route("/campaigns/rules/versions/<public_id>/text", methods=["GET", "POST"])
@permission("administer")
def draft_rule_text(public_id: str) -> Answer:
    """Draft a new version of a rule set as text."""
    return amending.drafted_text(public_id)


@blueprint.route(f"/campaigns/rules/versions/<public_id>/amend/{ENTRY}", methods=["GET", "POST"])
@blueprint.route(f"/campaigns/rules/versions/<public_id>/amend/{PART}", methods=["GET", "POST"])
@permission("administer")
def amend_entry(public_id: str, **place: str | int) -> Answer:
    """Change an entry, from a day on or all along."""
    return amending.amended_entry(public_id, tuple(place.values()))


@blueprint.route(f"/campaigns/rules/versions/<public_id>/end/{ENTRY}", methods=["GET", "POST"])
@blueprint.route(f"/campaigns/rules/versions/<public_id>/end/{PART}", methods=["GET", "POST"])
@permission("administer")
def end_entry(public_id: str, **place: str | int) -> Answer:
    """Give an entry its last day."""
    return amending.ended_entry(public_id, tuple(place.values()))


@blueprint.route("/campaigns/rules/versions/<public_id>/add/<group>", methods=["GET", "POST"])
@blueprint.route(f"/campaigns/rules/versions/<public_id>/add/{ENTRY}/<part>", methods=["GET", "POST"])
@permission("administer")
def add_entry(public_id: str, **place: str | int) -> Answer:
    """Add an entry to a list."""
    return amending.added_entry(public_id, tuple(place.values()))


@blueprint.post("/campaigns/rules/versions/<public_id>/submit")
@permission("administer")
def submit_rules(public_id: str) -> Redirect:
    """Send a draft to the authority."""
    return amending.sent(public_id)


@blueprint.post("/campaigns/rules/versions/<public_id>/approve")
@permission("see_campaigns")
def approve_rules(public_id: str) -> Redirect:
    """Approve what was sent, as the authority."""
    return amending.decided(public_id, approve=True)


@blueprint.post("/campaigns/rules/versions/<public_id>/return")
@permission("see_campaigns")
def return_rules(public_id: str) -> Redirect:
    """Give what was sent back with a reason, as the authority."""
    return amending.returned(public_id, request.form.get("reason", ""))


@blueprint.post("/campaigns/rules/versions/<public_id>/discard")
@permission("see_campaigns")
def discard_rules(public_id: str) -> Redirect:
    """Discard a draft, as the authority or as the administrator who drafts."""
    return amending.decided(public_id, approve=False)


@blueprint.post("/campaigns/rules/versions/<public_id>/draft")
@permission("administer")
def draft_rules_again(public_id: str) -> Redirect:
    """Take up an earlier version, or one that came with the software, as a draft."""
    return amending.drafted_again(public_id)
