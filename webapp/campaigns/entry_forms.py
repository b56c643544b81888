"""The form of an entry of a rule set: what it says, its citation, mark and note, and from when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.i18n import content
from workflows.forms import Schema
from workflows.law import RuleSet
from workflows.vocabulary import LEVEL_NAMES, NOMINEE_KIND_NAMES

Choices = Iterable[tuple[str, str]]
MOST_DAYS, MOST_TIMES, MOST_DONG = 365, 20, 10**12
OWN_CODE = frozenset({"awards", "papers", "refusal_grounds"})
"""Lists whose new entries get a code of their own; a new clock or profile takes one that a diagram knows."""
ADDABLE = (*sorted(OWN_CODE), "clocks", "base_salaries", "vote_defaults", "decided_by", "prizes")

GROUP_NAMES: dict[str, LazyString] = {
    "base_salaries": _l("base salary"),
    "vote_defaults": _l("rule of a council"),
}
"""What the lists are called that share a table with another one."""


def entry_schema(kind: str, rules: RuleSet) -> Schema:
    """What an entry of a kind says: its list in the rule set, or "decided_by" and "prizes" in an award."""
    said = _said(kind, rules)
    needed = [name for name, part in said.items() if not part.pop("optional", False)]
    return {
        "type": "object",
        "properties": said | _source(),
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
        "act": _choice(_("What is this?"), ways),
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
        first["code"] = _choice(_("Clock"), known.items())
    if kind == "awards":
        decider = {
            "type": "object",
            "properties": _said("decided_by", rules),
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


def _said(kind: str, rules: RuleSet) -> dict[str, dict[str, Any]]:
    """The fields of a kind of entry; ``optional`` ones may be left empty."""
    name = {"name": _text(_("Name of the entry"))}
    levels = [(code, _(LEVEL_NAMES[code])) for code in ("unit", "commune", "district", "province", "state")]
    kinds = [(str(code), _(title)) for code, title in NOMINEE_KIND_NAMES.items()]
    match kind:
        case "awards":
            return name | _award(kinds)
        case "decided_by":
            return {
                "level": _choice(_("Level that decides"), levels),
                "office": _text(_("Office that signs")),
            }
        case "prizes":
            return _prize(levels)
        case "papers":
            only = {"kinds": _choices(_("Only for"), kinds) | {"optional": True}}
            return name | _paper() | _for_awards(rules) | only
        case "clocks":
            return name | _clock() | _for_awards(rules)
        case "supplement_limits":
            return {"times": _number(_("At most, times"), MOST_TIMES)}
        case "base_salaries":
            return {"amount": _number(_("Base salary a month, đồng"), MOST_DONG)}
        case "roundings":
            return _rounding()
        case "vote_defaults":
            return _vote_default(rules)
    return name


def _for_awards(rules: RuleSet) -> dict[str, dict[str, Any]]:
    awards = [(award.code, content(award.name)) for award in rules.awards]
    return {"awards": _choices(_("Only for these awards"), awards) | {"optional": True}}


def _award(kinds: Choices) -> dict[str, dict[str, Any]]:
    families = [("title", _("Emulation title")), ("commendation", _("Form of commendation"))]
    return {"family": _choice(_("Family"), families), "kinds": _choices(_("Kinds of nominee"), kinds)}


def _rounding() -> dict[str, dict[str, Any]]:
    ways = [("nearest", _("to the nearest")), ("up", _("up to")), ("down", _("down to"))]
    return {"direction": _choice(_("Rounded"), ways), "to": _number(_("Multiple of, đồng"), MOST_DONG)}


def _vote_default(rules: RuleSet) -> dict[str, dict[str, Any]]:
    councils = [(level, _(LEVEL_NAMES[level])) for level in rules.levels]
    presets = [(preset.code, content(preset.name)) for preset in rules.vote_presets]
    fields = {"level": _choice(_("Council"), councils), "preset": _choice(_("Rule of the vote"), presets)}
    return fields | _for_awards(rules)


def _prize(levels: Choices) -> dict[str, dict[str, Any]]:
    nominees = [
        ("individual", _("Individual")),
        ("household", _("Household")),
        ("collective", _("Collective")),
    ]
    share = {"type": "number", "minimum": 0, "maximum": 1000}
    return {
        "nominee": _choice(_("Kinds of nominee"), nominees),
        "multiple": share | {"title": _("Multiple of the base salary")},
        "factor": share | {"title": _("Times"), "optional": True},
        "levels": _choices(_("Only when decided at"), levels) | {"optional": True},
    }


def _paper() -> dict[str, dict[str, Any]]:
    stages = [
        ("dossier", _("dossier")),
        ("batch", _("submission batch")),
        ("process", _("made in the procedure")),
    ]
    return {
        "stage": _choice(_("Belongs to"), stages),
        "required": {"type": "boolean", "title": _("A dossier is not complete without it")},
    }


def _clock() -> dict[str, dict[str, Any]]:
    kinds = [("working", _("Working days")), ("calendar", _("Calendar days"))]
    runs = [("after", _("After the step begins")), ("before", _("Before the deadline (a reminder)"))]
    return {
        "days": _number(_("Days"), MOST_DAYS),
        "day_kind": _choice(_("Counted in"), kinds),
        "runs": _choice(_("Runs"), runs),
    }


def _source() -> dict[str, Any]:
    marks = [("verified", _("Read in the text that is cited")), ("unverified", _("Not yet verified"))]
    return {
        "citation": _text(_("Citation"), _("Number, day and body of the text, with the article.")),
        "mark": _choice(_("Checked"), marks),
        "note": _text(_("Note")),
    }


def _text(title: str, help_: str = "") -> dict[str, Any]:
    text = {"type": "string", "title": title, "minLength": 1, "maxLength": 500}
    return text | ({"description": help_} if help_ else {})


def _number(title: str, most: int) -> dict[str, Any]:
    return {"type": "integer", "title": title, "minimum": 0, "maximum": most}


def _choice(title: str, choices: Choices) -> dict[str, Any]:
    return {"type": "string", "title": title, "oneOf": _options(choices)}


def _choices(title: str, choices: Choices) -> dict[str, Any]:
    items = {"type": "string", "oneOf": _options(choices)}
    return {"type": "array", "title": title, "items": items, "uniqueItems": True}


def _options(choices: Choices) -> list[dict[str, str]]:
    return [{"const": value, "title": text} for value, text in choices]
