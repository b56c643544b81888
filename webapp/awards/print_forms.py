"""What is asked of who prints certificates of a decision, or makes a letter of thanks beside it."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.documents.certificates import certificate_type
from webapp.i18n import content
from webapp.operations.print_runs import NewRun
from webapp.operations.thanks_letters import NewLetter
from webapp.queries.certificate_facts import LETTER
from webapp.queries.print_runs import BY_AWARD, BY_UNIT, LIST, Printable
from webapp.ui.filling import Typed
from workflows.forms import Schema

ALL, PLAIN = "all", "plain"
ORDERINGS = (LIST, BY_AWARD, BY_UNIT)
ARRANGEMENTS = ("one_file", "two_up", "zip")


def ordering_name(ordering: str) -> str:
    """In which order certificates follow one another."""
    names = {
        LIST: _("As in the list of the decision"),
        BY_AWARD: _("By award"),
        BY_UNIT: _("By unit, to hand a pile to each"),
    }
    return names[ordering]


def arrangement_name(arrangement: str) -> str:
    """How certificates lie in the file."""
    names = {
        "one_file": _("One file, a page each"),
        "two_up": _("Two on a sheet, to be cut"),
        "zip": _("An archive (zip), a file each"),
    }
    return names[arrangement]


def print_form(found: Printable) -> Schema:
    """What is printed, on what, in which order and form."""
    total = sum(found.counts.values())
    every = ngettext("All: %(num)s certificate", "All: %(num)s certificates", total)
    types = [
        {"const": kind, "title": f"{content(certificate_type(kind).title)} ({count})"}
        for kind, count in sorted(found.counts.items(), key=lambda each: (each[0] == LETTER, each[0]))
    ]
    several = [{"const": ALL, "title": every}] if len(types) > 1 else []
    blanks = [
        {"const": each.public_id, "title": f"{each.name} – {content(certificate_type(each.type).title)}"}
        for each in found.blanks
    ]
    plain = {"const": PLAIN, "title": _("Plain sheets: frame, emblem and heading are printed, too")}
    properties = {
        "type": {"type": "string", "title": _("Which certificates"), "oneOf": [*several, *types]},
        "blank": {"type": "string", "title": _("Sheets"), "oneOf": [plain, *blanks]},
        "ordering": {
            "type": "string",
            "title": _("Order"),
            "oneOf": [{"const": each, "title": ordering_name(each)} for each in ORDERINGS],
        },
        "arrangement": {
            "type": "string",
            "title": _("File"),
            "oneOf": [{"const": each, "title": arrangement_name(each)} for each in ARRANGEMENTS],
        },
    }
    return {"type": "object", "properties": properties, "required": list(properties)}


def first_choice(found: Printable) -> Typed:
    """All certificates on plain sheets, as in the list."""
    kind = ALL if len(found.counts) > 1 else next(iter(found.counts), ALL)
    return {"type": kind, "blank": PLAIN, "ordering": LIST, "arrangement": "one_file"}


def new_run(typed: Typed) -> NewRun:
    """What was chosen, once the form holds no fault."""
    kind, blank = (
        "" if typed[name] == nothing else typed[name] for name, nothing in (("type", ALL), ("blank", PLAIN))
    )
    return NewRun(kind, blank, typed["ordering"], typed["arrangement"])


def letter_form() -> Schema:
    """Who is thanked and what for."""
    properties = {
        "name": {
            "type": "string",
            "title": _("Who is thanked"),
            "description": _("As it is to be printed, with Ông, Bà or Hộ gia đình before the name."),
            "maxLength": 300,
            "pattern": "\\S",
        },
        "address": {"type": "string", "title": _("Address or place of work"), "maxLength": 300},
        "reason": {
            "type": "string",
            "title": _("What for"),
            "description": _("A sentence: “Đã đóng góp cất 12 căn nhà đại đoàn kết cho hộ nghèo năm 2019”."),
            "maxLength": 1000,
            "pattern": "\\S",
            "x-widget": "textarea",
        },
    }
    return {"type": "object", "properties": properties, "required": ["name", "reason"]}


def new_letter(typed: Typed) -> NewLetter:
    """What was typed, once the form holds no fault."""
    return NewLetter(typed["name"], typed.get("address", ""), typed["reason"])
