"""A rule of the council tried out: numbers of a vote typed in, and the outcome they come to."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.i18n import content
from webapp.operations.refusals import InvalidForm
from webapp.queries.councils import members_in_reach
from webapp.queries.law import rule_set_for
from webapp.queries.profiles import frozen_profile, thawed_profile
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.fields import Form, build_form
from webapp.ui.filling import Answer, Typed, fill
from workflows.forms import Fault, Schema
from workflows.rules.voting import Counts, outcome

LARGEST = 500
NUMBERS: dict[str, LazyString] = {
    "agree": _l("Agree"),
    "disagree": _l("Disagree"),
    "abstain": _l("Abstain"),
    "invalid": _l("Invalid ballots"),
    "written_agree": _l("Absent members who agree in writing"),
    "written_disagree": _l("Absent members who disagree in writing"),
    "recused": _l("Members present who stand aside"),
}
CHAIR: dict[str, LazyString] = {
    "agree": _l("Agrees"),
    "disagree": _l("Does not agree"),
    "abstain": _l("Abstains"),
}


@dataclass(frozen=True)
class Tried:
    """What the numbers come to: the rule as it would be frozen, the numbers with their outcome."""

    profile: Mapping[str, Any]
    count: Mapping[str, Any]


def try_rule() -> Answer:
    """The form, and the outcome once it was sent; nothing is kept."""
    rules = rule_set_for(db.session(), today())
    presets = {
        preset.code: frozen_profile(preset) for preset in rules.vote_presets if preset.in_force(today())
    }

    def show(form: Form, tried: Tried | None = None) -> str:
        return render_template("council/try_rule.html", form=form, tried=tried)

    def judge(typed: Typed) -> Answer:
        return show(build_form(schema, typed), tried(presets[typed["rule"]], typed))

    schema = _schema(presets)
    return fill(schema, _first(presets), show, judge)


def tried(profile: Mapping[str, Any], typed: Typed) -> Tried:
    """The outcome of numbers of a valid form. Raises InvalidForm when they are more than there are members."""
    numbers = {name: typed.get(name, 0) for name in NUMBERS if name != "recused"}
    aside = typed.get("recused", 0)
    try:
        counts = Counts(
            members=typed["members"],
            present=typed["present"],
            summoned=typed["members"],
            recused=aside,
            present_recused=aside,
            chair=typed.get("chair"),
            **numbers,
        )
    except ValueError as fault:
        raise InvalidForm([Fault("/agree", "too_many_votes")]) from fault
    found = outcome(thawed_profile(profile), counts)
    return Tried(profile, dataclasses.asdict(counts) | dataclasses.asdict(found))


def _first(presets: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    members = members_in_reach(db.session(), standing(), today())
    return {"rule": next(iter(presets), ""), **({"members": members, "present": members} if members else {})}


def _schema(presets: Mapping[str, Mapping[str, Any]]) -> Schema:
    rules = [{"const": code, "title": content(profile["name"])} for code, profile in presets.items()]
    fields: dict[str, Any] = {
        "rule": {"type": "string", "title": _("Rule of the vote"), "oneOf": rules},
        "members": {
            "type": "integer",
            "title": _("Members of the council"),
            "minimum": 1,
            "maximum": LARGEST,
        },
        "present": {
            "type": "integer",
            "title": _("Members present"),
            "minimum": 0,
            "maximum": LARGEST,
            "x-most": "members",
        },
        **{
            name: {"type": "integer", "title": str(title), "minimum": 0, "maximum": LARGEST}
            for name, title in NUMBERS.items()
        },
        "chair": {
            "type": "string",
            "title": _("Chairman of the council"),
            "oneOf": [{"const": choice, "title": str(title)} for choice, title in CHAIR.items()],
        },
    }
    required = ["rule", "members", "present", "agree"]
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}
