"""The form of an entry of a rule set: what it says, its citation, mark and note, and from when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.campaigns.entry_fields import choice, said, source
from webapp.i18n import content
from workflows.forms import Schema
from workflows.law import RuleSet

OWN_CODE = frozenset(
    {"awards", "papers", "conditions", "refusal_grounds", "revocation_grounds", "retention_periods"}
)
"""Lists whose new entries get a code of their own; a new clock or profile takes one that a diagram knows."""
ADDABLE = (
    *sorted(OWN_CODE),
    "clocks",
    "appraisal_parts",
    "base_salaries",
    "vote_defaults",
    "decided_by",
    "prizes",
)

GROUP_NAMES: dict[str, LazyString] = {
    "base_salaries": _l("base salary"),
    "vote_defaults": _l("rule of a council"),
}
"""What the lists are called that share a table with another one."""


def entry_schema(kind: str, rules: RuleSet) -> Schema:
    """What an entry of a kind says: its list in the rule set, or "decided_by" and "prizes" in an award."""
    fields = said(kind, rules)
    needed = [name for name, part in fields.items() if not part.pop("optional", False)]
    return {
        "type": "object",
        "properties": fields | source(),
        "required": [*needed, "citation", "mark"],
        "additionalProperties": False,
    }


def amend_schema(kind: str, rules: RuleSet) -> Schema:
    """The form that changes an entry, from a day on or as it should have been all along."""
    schema = entry_schema(kind, rules)
    ways = [
        ("amend", _("The rule changes from a day on")),
        ("correct", _("The entry was wrong from the beginning")),
    ]
    act = {
        "act": choice(_("What is this?"), ways),
        "from_day": {
            "type": "string",
            "format": "date",
            "title": _("Holds from"),
            "x-when": {"act": ["amend"]},
        },
    }
    chosen = {"properties": {"act": {"const": "amend"}}, "required": ["act"]}
    return {
        **schema,
        "properties": act | schema["properties"],
        "required": ["act", *schema["required"]],
        "allOf": [{"if": chosen, "then": {"required": ["from_day"]}}],
    }


def add_schema(kind: str, rules: RuleSet) -> Schema:
    """The form of a new entry."""
    schema = entry_schema(kind, rules)
    first: dict[str, Any] = {}
    if kind in OWN_CODE:
        help_ = _("Small letters, digits and _; it never changes.")
        pattern = r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$"
        first["code"] = {
            "type": "string",
            "title": _("Code"),
            "description": help_,
            "pattern": pattern,
            "maxLength": 60,
        }
    if kind == "clocks":
        known = {clock.code: content(clock.name) for clock in rules.clocks}
        first["code"] = choice(_("Clock"), known.items())
    if kind == "awards":
        decider = {
            "type": "object",
            "properties": said("decided_by", rules),
            "required": ["level", "office"],
        }
        first["decided_by"] = {
            "type": "array",
            "title": _("Who decides"),
            "items": decider,
            "minItems": 1,
            "maxItems": 5,
        }
    starts = {"starts": {"type": "string", "format": "date", "title": _("Holds from")}}
    return {
        **schema,
        "properties": first | schema["properties"] | starts,
        "required": [*first, *schema["required"]],
    }


def end_schema() -> Schema:
    """The form that gives an entry its last day."""
    return {
        "type": "object",
        "properties": {"last_day": {"type": "string", "format": "date", "title": _("Last day")}},
        "required": ["last_day"],
        "additionalProperties": False,
    }


def text_schema() -> Schema:
    """The form that takes a whole rule set as text."""
    return {
        "type": "object",
        "properties": {
            "text": {
                "type": "string",
                "title": _("Text of the rule set (YAML)"),
                "x-widget": "textarea",
                "maxLength": 300_000,
            }
        },
        "required": ["text"],
        "additionalProperties": False,
    }


def entry_values(kind: str, rules: RuleSet, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What a valid form says of an entry; None where it says nothing."""
    said = {name: typed.get(name) for name in entry_schema(kind, rules)["properties"]}
    return {name: None if value in ("", []) else value for name, value in said.items()}


def new_entry(kind: str, rules: RuleSet, typed: Mapping[str, Any]) -> dict[str, Any]:
    """The entry that a valid form adds; who decides an award is said by the same text as the award."""
    values = entry_values(kind, rules, typed) | {name: typed.get(name) for name in ("code", "starts")}
    if kind == "awards":
        source = {name: values[name] for name in ("citation", "mark")}
        values["decided_by"] = [{**decider, **source} for decider in typed["decided_by"]]
    return {name: value for name, value in values.items() if value is not None}
