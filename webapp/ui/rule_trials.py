"""A rule of the council tried out: numbers of a vote, and the outcome they come to; nothing is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from webapp.operations.refusals import InvalidForm
from webapp.queries.profiles import thawed_profile
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


def tried(profile: Mapping[str, Any], typed: Mapping[str, Any]) -> Tried:
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


def trial_schema(presets: Mapping[str, Mapping[str, Any]]) -> Schema:
    """The form of the numbers; the rules to choose from by code."""
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
