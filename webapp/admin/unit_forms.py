"""The forms of units as schemas: what they are called, from which day, by which paper."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext as _

from webapp.admin.forms import Choices, choice, day, form
from webapp.operations.unit_changes import LegalPaper
from webapp.ui.case_states import level_name, unit_kind_name
from webapp.ui.filling import Typed
from workflows.forms import Schema
from workflows.vocabulary import UNIT_KIND_NAMES

LEVELS = ("province", "district", "commune", "hamlet", "unit")
PAPER = ("paper_number", "paper_date", "paper_issuer")
MOST_PARTS = 8


def new_unit_form() -> Schema:
    """A unit to add; the paper may be missing."""
    fields = {
        "name": _name(_("Name"), _("As it is written on papers, for example “xã An Cư”.")),
        "level": choice(_("Level"), [(level, level_name(level)) for level in LEVELS]),
        "kind": choice(_("Kind"), [(kind, unit_kind_name(kind)) for kind in UNIT_KIND_NAMES]),
        "day": day(_("From")),
        **_paper(),
    }
    return form(fields, ["name", "level", "kind", "day"])


def rename_form() -> Schema:
    """Another name."""
    fields = {"name": _name(_("New name"), ""), "day": day(_("From")), **_paper()}
    return form(fields, list(fields))


def close_form() -> Schema:
    """The last day of a unit."""
    fields = {"day": day(_("Last day"), _("The day itself is still included.")), **_paper()}
    return form(fields, list(fields))


def merge_form(beside: Choices, parents: Choices, none_above: bool) -> Schema:
    """What becomes one with a unit, under which name."""
    options = [{"const": code, "title": name} for code, name in beside]
    fields = {
        "units": {
            "type": "array",
            "title": _("Merged with"),
            "minItems": 1,
            "items": {"type": "string", "oneOf": options},
        },
        "name": _name(_("Name of the new unit"), _("It may be the name of one of them.")),
        "parent": choice(_("Below"), parents),
        "day": day(_("From")),
        **_paper(),
    }
    return form(fields, [name for name in fields if name != "parent" or not none_above])


def split_form() -> Schema:
    """Into what a unit is split."""
    fields = {
        "names": {
            "type": "array",
            "title": _("Names of the new units"),
            "description": _("One on each line, two at least."),
            "minItems": 2,
            "maxItems": MOST_PARTS,
            "items": {"type": "string", "maxLength": 300},
        },
        "day": day(_("From")),
        **_paper(),
    }
    return form(fields, list(fields))


def paper_of(typed: Typed) -> LegalPaper:
    """The paper named on a form."""
    on = typed.get("paper_date")
    date = dt.date.fromisoformat(on) if on else None
    return LegalPaper(typed.get("paper_number", ""), date, typed.get("paper_issuer", ""))


def _paper() -> dict[str, Schema]:
    return {
        "paper_number": {
            "type": "string",
            "title": _("Number of the paper"),
            "description": _(
                "The resolution or decision that says so; it is shown with the history of the unit."
            ),
            "maxLength": 100,
        },
        "paper_date": day(_("Date of the paper")),
        "paper_issuer": {"type": "string", "title": _("Issued by"), "maxLength": 300},
    }


def _name(title: str, description: str) -> Schema:
    return {"type": "string", "title": title, "description": description, "minLength": 1, "maxLength": 300}
