"""``/api/v1/councils``: who sits on them, and the rules by which they vote: draft, decide, try out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from webapp.api import council_shapes as shapes
from webapp.api.acting import checked, done_once
from webapp.api.description import Part
from webapp.api.shapes import FormData, KeyHeader
from webapp.extensions import db
from webapp.models import VoteProfileVersion
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import InvalidForm
from webapp.operations.vote_profiles import decide_profile, draft_profile
from webapp.queries.councils import members_of
from webapp.queries.vote_profiles import council_profiles, council_with_profiles, profiles_for, rule_table
from webapp.ui.access import hidden, permission, standing
from webapp.ui.clock import today
from webapp.ui.rule_drafts import draft_schema, new_profile, trial_rules
from webapp.ui.rule_trials import trial_schema, tried

part = Part("councils", "/councils", "Councils of the units the owner of the token works for.")


@part.get("")
@permission("see_council")
@part.response(200, shapes.CouncilList)
def list_councils() -> dict[str, Any]:
    """The councils one may know of."""
    found = council_profiles(db.session(), standing())
    members = members_of(db.session(), [council for council, _versions in found], today())
    rows = [
        {
            "unit": council.unit,
            "name": council.name,
            "members": len(members.get(council.id, ())),
            "drafts": sum(version.status == "draft" for version in versions),
        }
        for council, versions in found
    ]
    return {"items": rows}


@part.get("/<path:unit>")
@permission("see_council")
@part.response(200, shapes.CouncilShape)
def show_council(unit: str) -> dict[str, Any]:
    """The council of a unit: members with seats and terms, the rule that holds, drafted and decided rules."""
    session, day = db.session(), today()
    council, versions = council_with_profiles(session, standing(), unit) or hidden()
    return {
        "unit": council.unit,
        "name": council.name,
        "founded_by": council.founded_by,
        "members": members_of(session, [council], day).get(council.id, []),
        "usual": profiles_for(session, council, [""], day)[0],
        "rules": [_version(version) for version in versions],
    }


@part.get("/<path:unit>/table.dmn")
@permission("see_council")
@part.response(200, {"type": "string"}, content_type="application/xml")
def show_rule_table(unit: str) -> Response:
    """Which rule holds for which award today, as a DMN 1.3 decision table."""
    session = db.session()
    council, _versions = council_with_profiles(session, standing(), unit) or hidden()
    return Response(rule_table(session, council, today()), mimetype="application/xml")


@part.get("/rule-form")
@permission("run_council")
@part.response(200, shapes.FormShape)
def show_rule_form() -> dict[str, Any]:
    """The form that drafts a rule."""
    return {"schema": draft_schema()}


@part.post("/rules")
@permission("run_council")
@part.arguments(KeyHeader, location="headers")
@part.arguments(shapes.NewRule)
@part.response(201, shapes.Drafted)
def draft_rule(headers: dict[str, str], data: dict[str, Any]) -> Mapping[str, Any]:
    """Draft a rule for a council, as its secretary; it holds once the chairman has approved it."""
    unit, schema = data.pop("unit"), draft_schema()

    def act(actor: Actor, now: Now) -> Mapping[str, Any]:
        try:
            drafted = draft_profile(unit, new_profile(checked(schema, data)), actor=actor, now=now)
        except InvalidForm as refusal:
            raise InvalidForm(refusal.faults, schema) from refusal
        return {"id": drafted}

    return done_once(headers["key"], {"rule": unit, "data": data}, act)


@part.post("/rules/<rule>/approve")
@permission("see_council")
@part.arguments(KeyHeader, location="headers")
@part.response(204)
def approve_rule(headers: dict[str, str], rule: str) -> None:
    """Approve a draft, as the chairman of the council."""
    _decide(headers["key"], rule, approve=True)


@part.post("/rules/<rule>/discard")
@permission("see_council")
@part.arguments(KeyHeader, location="headers")
@part.response(204)
def discard_rule(headers: dict[str, str], rule: str) -> None:
    """Discard a draft, as the chairman of the council."""
    _decide(headers["key"], rule, approve=False)


@part.get("/what-if")
@permission("see_council")
@part.response(200, shapes.FormShape)
def show_trial_form() -> dict[str, Any]:
    """The form that tries a rule out."""
    return {"schema": trial_schema(trial_rules())}


@part.post("/what-if")
@permission("see_council")
@part.arguments(FormData)
@part.response(200, shapes.Tried)
def try_rule(data: dict[str, Any]) -> dict[str, Any]:
    """What the numbers of a vote come to under a rule; nothing is kept."""
    offered = trial_rules()
    schema = trial_schema(offered)
    numbers = checked(schema, data)
    try:
        found = tried(offered[numbers["rule"]], numbers)
    except InvalidForm as refusal:
        raise InvalidForm(refusal.faults, schema) from refusal
    return {"profile": found.profile, "outcome": found.count}


def _decide(key: str, rule: str, *, approve: bool) -> None:
    def act(actor: Actor, now: Now) -> None:
        decide_profile(rule, approve=approve, actor=actor, now=now)

    done_once(key, {"decide": rule, "approve": approve}, act)


def _version(version: VoteProfileVersion) -> dict[str, Any]:
    columns = ("public_id", "status", "awards", "from_date", "to_date", "drafted_at", "decided_at", "profile")
    begun = version.from_date <= today()
    return {
        **{name: getattr(version, name) for name in columns},
        "in_force": version.status == "approved" and begun and (version.to_date or today()) >= today(),
        "drafted_by": version.drafted_by.name,
        "decided_by": version.decided_by.name if version.decided_by else None,
    }
