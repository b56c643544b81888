"""``/api/v1/rule-sets``: rule sets as they count in a unit, and their versions; to be read only."""

from __future__ import annotations

from typing import Any

from webapp.api import rule_shapes as shapes
from webapp.api.description import Part
from webapp.extensions import db
from webapp.models import RuleSetVersion, Unit
from webapp.operations.refusals import NotFound
from webapp.queries.rule_sets import (
    is_involved,
    place_of,
    places_of,
    readable_version,
    version_in_force,
    versions_in_force,
    versions_of,
)
from webapp.ui.access import hidden, permission, standing
from workflows.law import parse_rule_set
from workflows.typed_yaml import read

part = Part("rule_sets", "/rule-sets", "Rule sets with the period, the citation and the mark of every entry.")
HEAD = ("code", "title", "starts", "ends", "levels", "legal_bases")


@part.get("")
@permission("see_campaigns")
@part.arguments(shapes.RuleFilter, location="query")
@part.response(200, shapes.RuleSetList)
def list_rule_sets(wanted: dict[str, Any]) -> dict[str, Any]:
    """The rule sets that count in a unit, the newest era first."""
    place = _place(wanted["unit"])
    found = versions_in_force(db.session(), place)
    return {"unit": place, "items": [_line(version) for version in found.values()]}


@part.get("/<code>")
@permission("see_campaigns")
@part.arguments(shapes.RuleFilter, location="query")
@part.response(200, shapes.RuleSetShape)
def show_rule_set(wanted: dict[str, Any], code: str) -> dict[str, Any]:
    """One rule set as it counts in a unit, with all its entries and its versions."""
    place = _place(wanted["unit"])
    version = version_in_force(db.session(), code, place)
    if version is None:
        raise NotFound
    known = versions_of(db.session(), code, place)
    readable = [each for each in known if each.status == "approved" or is_involved(standing(), place)]
    return {**_whole(version), "versions": [_line(each) for each in readable]}


@part.get("/versions/<version>")
@permission("see_campaigns")
@part.response(200, shapes.RuleVersionShape)
def show_rule_version(version: str) -> dict[str, Any]:
    """One version of a rule set, in force or not."""
    return _whole(readable_version(db.session(), standing(), version) or hidden())


def _place(asked: str | None) -> Unit:
    place = place_of(places_of(db.session(), standing()), asked)
    if place is None:
        raise NotFound
    return place


def _line(version: RuleSetVersion) -> dict[str, Any]:
    own = ("code", "unit", "status", "from_date", "to_date", "imported_at", "decided_at")
    rules = parse_rule_set(version.content)
    return {
        "version": version.public_id,
        "name": rules.title,
        **{name: getattr(version, name) for name in own},
    }


def _whole(version: RuleSetVersion) -> dict[str, Any]:
    said = read(version.content).data
    entries = {group: rows for group, rows in said.items() if group not in HEAD}
    return {
        **_line(version),
        "levels": said["levels"],
        "legal_bases": said["legal_bases"],
        "entries": entries,
    }
