"""The fields of the entries of a rule set, list by list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import content
from workflows.law import RuleSet
from workflows.vocabulary import LEVEL_NAMES, NOMINEE_KIND_NAMES

Choices = Iterable[tuple[str, str]]
MOST_DAYS, MOST_TIMES, MOST_YEARS, MOST_DONG = 365, 20, 999, 10**12
MOST_SECONDS = 3_600


def said(kind: str, rules: RuleSet) -> dict[str, dict[str, Any]]:
    """The fields of a kind of entry; ``optional`` ones may be left empty."""
    levels = [(code, _(LEVEL_NAMES[code])) for code in ("unit", "commune", "district", "province", "state")]
    kinds = [(str(code), _(title)) for code, title in NOMINEE_KIND_NAMES.items()]
    unnamed = {
        "decided_by": lambda: {
            "level": choice(_("Level that decides"), levels),
            "office": line(_("Office that signs")),
        },
        "prizes": lambda: _prize(levels),
        "supplement_limits": lambda: {"times": number_of(_("At most, times"), MOST_TIMES)},
        "base_salaries": lambda: {"amount": number_of(_("Base salary a month, đồng"), MOST_DONG)},
        "roundings": _rounding,
        "vote_defaults": lambda: _vote_default(rules),
    }
    if kind in unnamed:
        return unnamed[kind]()
    only = {"kinds": choices(_("Only for"), kinds) | {"optional": True}}
    named = {
        "awards": lambda: _award(kinds),
        "papers": lambda: _paper() | _for_awards(rules) | only,
        "clocks": lambda: _clock() | _for_awards(rules),
        "meeting_rules": _meeting,
        "appraisal_parts": lambda: _appraisal() | _for_awards(rules) | only,
        "conditions": lambda: _condition(rules) | _for_awards(rules) | only,
        "inspection_limits": lambda: {"value": number_of(_("Seconds, or an hour of the day"), MOST_SECONDS)},
        "retention_periods": lambda: {
            "levels": choices(_("Only when decided at"), levels) | {"optional": True},
            "years": number_of(_("Years; left empty: for ever"), MOST_YEARS)
            | {"minimum": 1, "optional": True},
        },
    }
    return {"name": line(_("Name of the entry"))} | (named[kind]() if kind in named else {})


def _for_awards(rules: RuleSet) -> dict[str, dict[str, Any]]:
    awards = [(award.code, content(award.name)) for award in rules.awards]
    return {"awards": choices(_("Only for these awards"), awards) | {"optional": True}}


def _award(kinds: Choices) -> dict[str, dict[str, Any]]:
    families = [("title", _("Emulation title")), ("commendation", _("Form of commendation"))]
    return {
        "family": choice(_("Family"), families),
        "kinds": choices(_("Kinds of nominee"), kinds),
        "register": {
            "type": "boolean",
            "title": _("Entered in the register of the body that decides"),
            "optional": True,
        },
    }


def _meeting() -> dict[str, dict[str, Any]]:
    share = {"type": "number", "minimum": 0, "maximum": 1}
    comparisons = [("at_least", _("At least that share")), ("more_than", _("More than that share"))]
    return {
        "quorum": share | {"title": _("Share of those invited who must be present")},
        "threshold": share | {"title": _("Share of those present who must agree")},
        "comparison": choice(_("Enough is"), comparisons),
    }


def _appraisal() -> dict[str, dict[str, Any]]:
    parts = [
        ("initiative", _("Initiative and the reach of its effect")),
        ("lower_titles", _("Lower titles already held")),
        ("unit_results", _("Results of the collective, standing of its party body and organisations")),
        ("recognition", _("Recognition paper of a poor, near-poor or escaped household")),
        ("influence", _("Influence as an example")),
    ]
    return {
        "code": choice(_("Part of the appraisal form"), parts),
        "exemplars": {
            "type": "boolean",
            "title": _("Only of nominations of an exemplar"),
            "optional": True,
        },
    }


def _condition(rules: RuleSet) -> dict[str, dict[str, Any]]:
    ways = [
        ("ladder", _("So many times a lower title, in consecutive years")),
        ("interval", _("Not the same award again within so many years")),
        ("share_of_title", _("At most a share of those with the lower title in the unit")),
        ("share_of_members", _("A share of the people of the collective hold the lower title")),
        ("share_of_units", _("At most a share of the communes")),
        (
            "share_of_eligible",
            _("At most a share of those of the unit who met the standard at the appraisal"),
        ),
        ("per_cluster", _("At most so many nominees of a cluster or block in a year")),
        ("one_award", _("One achievement, one award")),
        ("no_pending_matter", _("Nothing pending: discipline, inspection, complaint")),
        ("thematic_not_counted", _("Thematic and extraordinary awards do not count")),
        ("no_lower_first", _("A lower award is not required first")),
    ]
    effects = [("bar", _("Bar: nobody can override it")), ("warning", _("Warning: can be overridden"))]
    comparisons = [("at_least", _("At least that share")), ("more_than", _("More than that share"))]
    titles = [(award.code, content(award.name)) for award in rules.awards]
    lower = {"ladder", "share_of_title", "share_of_members"}
    shares = {"share_of_title", "share_of_members", "share_of_units", "share_of_eligible"}
    fields = {
        "rule": choice(_("How it is checked"), ways),
        "effect": choice(_("If it is not met"), effects),
        "lower": choice(_("Lower title"), titles) | {"x-when": {"rule": sorted(lower)}},
        "times": number_of(_("Times"), MOST_TIMES) | {"x-when": {"rule": ["ladder", "per_cluster"]}},
        "years": number_of(_("Years"), MOST_TIMES) | {"x-when": {"rule": ["interval"]}},
        "share": {
            "type": "number",
            "exclusiveMinimum": 0,
            "maximum": 1,
            "title": _("Share, above 0 and up to 1"),
            "x-when": {"rule": sorted(shares)},
        },
        "comparison": choice(_("Enough is"), comparisons) | {"x-when": {"rule": ["share_of_members"]}},
    }
    sized = ("lower", "times", "years", "share", "comparison")
    return fields | {one: fields[one] | {"optional": True} for one in sized}


def _rounding() -> dict[str, dict[str, Any]]:
    ways = [("nearest", _("to the nearest")), ("up", _("up to")), ("down", _("down to"))]
    return {"direction": choice(_("Rounded"), ways), "to": number_of(_("Multiple of, đồng"), MOST_DONG)}


def _vote_default(rules: RuleSet) -> dict[str, dict[str, Any]]:
    councils = [(level, _(LEVEL_NAMES[level])) for level in rules.levels]
    presets = [(preset.code, content(preset.name)) for preset in rules.vote_presets]
    fields = {"level": choice(_("Council"), councils), "preset": choice(_("Rule of the vote"), presets)}
    return fields | _for_awards(rules)


def _prize(levels: Choices) -> dict[str, dict[str, Any]]:
    nominees = [
        ("individual", _("Individual")),
        ("household", _("Household")),
        ("collective", _("Collective")),
    ]
    share = {"type": "number", "minimum": 0, "maximum": 1000}
    return {
        "nominee": choice(_("Kinds of nominee"), nominees),
        "multiple": share | {"title": _("Multiple of the base salary")},
        "factor": share | {"title": _("Times"), "optional": True},
        "levels": choices(_("Only when decided at"), levels) | {"optional": True},
    }


def _paper() -> dict[str, dict[str, Any]]:
    stages = [
        ("dossier", _("dossier")),
        ("assessment", _("assessment of the unit")),
        ("council", _("vote of the council")),
        ("batch", _("submission batch")),
        ("process", _("made in the procedure")),
    ]
    return {
        "stage": choice(_("Belongs to"), stages),
        "required": {"type": "boolean", "title": _("A dossier is not complete without it")},
    }


def _clock() -> dict[str, dict[str, Any]]:
    kinds = [("working", _("Working days")), ("calendar", _("Calendar days")), ("minutes", _("Minutes"))]
    runs = [("after", _("After the step begins")), ("before", _("Before the deadline (a reminder)"))]
    return {
        "days": number_of(_("Days or minutes"), MOST_DAYS),
        "day_kind": choice(_("Counted in"), kinds),
        "runs": choice(_("Runs"), runs),
        "fixed": {
            "type": "boolean",
            "title": _("The text cited fixes the term: a deadline is moved only within it"),
            "optional": True,
        },
    }


def source() -> dict[str, Any]:
    """Where an entry was taken from, and whether somebody has checked it."""
    marks = [("verified", _("Read in the text that is cited")), ("unverified", _("Not yet verified"))]
    return {
        "citation": line(_("Citation"), _("Number, day and body of the text, with the article.")),
        "mark": choice(_("Checked"), marks),
        "note": line(_("Note")),
    }


def line(title: str, help_: str = "") -> dict[str, Any]:
    """A line of text."""
    text = {"type": "string", "title": title, "minLength": 1, "maxLength": 500}
    return text | ({"description": help_} if help_ else {})


def number_of(title: str, most: int) -> dict[str, Any]:
    """A whole number from 0 to ``most``."""
    return {"type": "integer", "title": title, "minimum": 0, "maximum": most}


def choice(title: str, offered: Choices) -> dict[str, Any]:
    """One of the values offered."""
    return {"type": "string", "title": title, "oneOf": _options(offered)}


def choices(title: str, offered: Choices) -> dict[str, Any]:
    """Any of the values offered."""
    items = {"type": "string", "oneOf": _options(offered)}
    return {"type": "array", "title": title, "items": items, "uniqueItems": True}


def _options(offered: Choices) -> list[dict[str, str]]:
    return [{"const": value, "title": text} for value, text in offered]
