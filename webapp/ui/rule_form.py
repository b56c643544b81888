"""The form of a voting rule: a preset, or every part of it chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.operations.refusals import InvalidForm
from workflows.forms import Fault, Schema

CUSTOM = "custom"
SHARE = r"^[1-9][0-9]{0,2}/[1-9][0-9]{0,2}$"
Choices = Iterable[tuple[str, str]]


def rule_schema(presets: Choices, awards: Mapping[str, str]) -> Schema:
    """A rule to draft."""
    rules = [(code, content(name)) for code, name in presets]
    name = {"type": "string", "title": _("Name of the rule"), "minLength": 1, "maxLength": 200}
    measured = {"name": name, **_shares(), **_marks()}
    return {
        "type": "object",
        "properties": {
            "rule": _choice(_("Rule of the vote"), [*rules, (CUSTOM, _("Made to measure"))]),
            **{field: {**part, "x-when": {"rule": [CUSTOM]}} for field, part in measured.items()},
            **_ballot(),
            **_quota(),
            **_scope(awards),
        },
        "required": ["rule", "ballot", "quota", "from_date", "citation"],
        "additionalProperties": False,
        "allOf": [_needs("rule", CUSTOM, list(measured)), _needs("quota", "cuts", ["quota_tie"])],
    }


def _needs(field: str, value: str, needed: list[str]) -> dict[str, Any]:
    chosen = {"properties": {field: {"const": value}}, "required": [field]}
    return {"if": chosen, "then": {"required": needed}}


def _ballot() -> dict[str, Any]:
    """Who learns how a member has voted."""
    named = {"type": "boolean", "title": _("The minutes say how each member has voted")}
    return {
        "ballot": _choice(
            _("How the vote is taken"), [("open", _("Open vote")), ("secret", _("Secret ballot"))]
        ),
        "named_in_minutes": {**named, "x-when": {"ballot": ["open"]}},
    }


def _quota() -> dict[str, Any]:
    """What the places of the plan mean for the vote."""
    ties = [("second_ballot", _("A second ballot")), ("chair_decides", _("The chairman decides"))]
    limit = _("A sheet with more agrees than places is invalid for that group")
    return {
        "quota": _choice(
            _("Places of the plan"),
            [
                ("informs", _("Are shown beside what is proposed")),
                ("cuts", _("Cut: the highest counts pass")),
            ],
        ),
        "quota_tie": {**_choice(_("Equal counts for the last places"), ties), "x-when": {"quota": ["cuts"]}},
        "ballot_limit": {"type": "boolean", "title": limit},
    }


def _scope(awards: Mapping[str, str]) -> dict[str, Any]:
    """For which awards the rule is, from when, and where it stands."""
    named = _options((code, content(name)) for code, name in awards.items())
    return {
        "awards": {
            "type": "array",
            "title": _("Only for these awards"),
            "description": _("Without a choice: for all awards that have no rule of their own."),
            "items": {"type": "string", "oneOf": named},
            "maxItems": 50,
            "uniqueItems": True,
        },
        "from_date": {"type": "string", "format": "date", "title": _("Holds from")},
        "to_date": {"type": "string", "format": "date", "title": _("Holds until")},
        "citation": {
            "type": "string",
            "title": _("Basis of the rule"),
            "description": _("The working rules of the council with number and day."),
            "minLength": 1,
            "maxLength": 300,
        },
    }


def rule_of(typed: Mapping[str, Any], preset: Mapping[str, Any] | None) -> dict[str, Any]:
    """The profile of a valid form as it is frozen into a session; what was not chosen is as in the preset.

    Its source is a text of the council's own, which its chairman has before them when they approve it.

    Raises InvalidForm when a share is none, or can never be reached.
    """
    own = {name: typed[name] for name in (*DEFAULTS, *FIRST, "threshold", "comparison") if name in typed}
    rule = {**DEFAULTS, **(preset["rule"] if preset else {}), **own}
    if faults := _impossible(rule):
        raise InvalidForm(faults)
    return {
        "code": preset["code"] if preset else CUSTOM,
        "name": preset["name"] if preset else typed["name"],
        "citation": typed["citation"],
        "mark": "verified",
        "rule": rule,
    }


def _impossible(rule: Mapping[str, Any]) -> list[Fault]:
    faults = [
        Fault(f"/{name}", "not_a_share") for name in ("quorum", "threshold") if Fraction(rule[name]) > 1
    ]
    if Fraction(rule["threshold"]) == 1 and rule["comparison"] == "more_than":
        faults.append(Fault("/comparison", "never_reached"))
    if rule["ballot"] == "secret" and rule["chair_yes_required"]:
        faults.append(Fault("/ballot", "chair_vote_secret"))
    return faults


FIRST: dict[str, Any] = {"quorum": "2/3", "quorum_base": "all", "base": "all"}
"""What a form begins with, beside the defaults; the share itself is chosen."""

DEFAULTS: dict[str, Any] = {
    "ballot": "open",
    "named_in_minutes": False,
    "chair_yes_required": False,
    "written_opinions": False,
    "recused_in_base": True,
    "abstentions": "in_base",
    "invalid": "in_base",
    "blank": "invalid",
    "tie": "not_passed",
    "rounding": "exact",
    "quota": "informs",
    "quota_tie": "second_ballot",
    "ballot_limit": False,
}


def _shares() -> dict[str, Any]:
    """Quorum and threshold of a rule made to measure."""
    share = {
        "type": "string",
        "pattern": SHARE,
        "maxLength": 7,
        "description": _("A fraction, for example 2/3."),
    }
    every, summoned = ("all", _("All members")), ("summoned", _("Members summoned"))
    bases = [every, ("present", _("Members present")), ("valid", _("Valid ballots"))]
    reached = [("at_least", _("At least")), ("more_than", _("More than"))]
    rounding = [("exact", _("Up")), ("nearest", _("To the nearest")), ("down", _("Down"))]
    return {
        "quorum": {**share, "title": _("Quorum")},
        "quorum_base": _choice(_("Quorum counted on"), [every, summoned]),
        "threshold": {**share, "title": _("Share that must agree")},
        "comparison": _choice(_("Reached by"), reached),
        "base": _choice(_("Share counted on"), bases),
        "rounding": _choice(_("Votes needed, when no whole number"), rounding),
    }


def _marks() -> dict[str, Any]:
    """What the marks and the silence of members count for, in a rule made to measure."""
    stays = [("in_base", _("Stay in the base")), ("not_in_base", _("Leave the base"))]
    blank = [("invalid", _("Are invalid")), ("abstain", _("Are abstentions"))]
    ties = [("chair_decides", _("The chairman decides")), ("second_ballot", _("A second ballot"))]
    return {
        "chair_yes_required": {"type": "boolean", "title": _("The chairman must agree")},
        "written_opinions": {"type": "boolean", "title": _("Written opinions of absent members count")},
        "recused_in_base": {"type": "boolean", "title": _("Who stands aside stays in the base")},
        "abstentions": _choice(_("Abstentions"), stays),
        "invalid": _choice(_("Invalid ballots"), stays),
        "blank": _choice(_("Blank ballots"), blank),
        "tie": _choice(_("Tie"), [("not_passed", _("Not passed")), *ties]),
    }


def _choice(title: str, choices: Choices) -> dict[str, Any]:
    return {"type": "string", "title": title, "oneOf": _options(choices)}


def _options(choices: Choices) -> list[dict[str, str]]:
    return [{"const": value, "title": text} for value, text in choices]
