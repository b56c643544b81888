"""The forms of inspections as schemas, with the words of the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from webapp.i18n import content
from webapp.models import Inspection
from webapp.operations.inspection_mandates import Mandate
from webapp.operations.inspection_scans import DECISION_SCAN
from webapp.operations.inspections import CONCLUSION_LIMIT, NOTE_LIMIT, present
from webapp.queries.inspections import InspectionChoices
from workflows.forms import Schema

MOST_UNITS = MOST_MEMBERS = 50
SCAN = "scan"


def mandate_form(choices: InspectionChoices) -> Schema:
    """What the decision on an inspection says."""
    people = [(code, f"{name} ({username})") for code, name, username in choices.people]
    units = [(code, content(name)) for code, name in choices.units]
    fields = {
        "title": _line(_("What is inspected"), _("As the decision calls it.")),
        "decision_number": _line(_("Decision number"), most=100),
        "decision_date": _day(_("Day of the decision")),
        "issued_by": _line(_("Who decided it")),
        SCAN: {
            "type": "string",
            "format": "paper",
            "x-paper": DECISION_SCAN,
            "title": _("Scan of the decision"),
            "description": _("Its members read it, and the minutes name it. Of a later decision, too."),
        },
        "units": _rows(_("Units covered"), "unit", units, _("Unit"), MOST_UNITS),
        "period_from": _day(
            _("Period from"), _("The inspection covers the cases that ran on a day of the period.")
        ),
        "period_to": _day(_("Period to")),
        "campaign": _choice(
            _("Only this campaign"), [(code, content(title)) for code, title in choices.campaigns]
        ),
        "begins_on": _day(_("Inspection begins")),
        "ends_on": _day(_("Inspection ends"), _("Afterwards its members see nothing by it.")),
        "head": _choice(_("Head of the inspection"), people),
        "members": _rows(_("Other members"), "person", people, _("Member"), MOST_MEMBERS),
    }
    optional = {"campaign", "members", SCAN}
    return _form(fields, [name for name in fields if name not in optional])


def mandate_of(typed: dict[str, Any]) -> Mandate:
    """The form as the operation takes it."""
    days = ("decision_date", "period_from", "period_to", "begins_on", "ends_on")
    return Mandate(
        title=typed["title"],
        decision_number=typed["decision_number"],
        issued_by=typed["issued_by"],
        units=[row["unit"] for row in typed["units"]],
        head=typed["head"],
        members=[row["person"] for row in typed.get("members", ())],
        campaign=typed.get("campaign"),
        **{name: dt.date.fromisoformat(typed[name]) for name in days},
    )


def first_values(row: Inspection) -> dict[str, Any]:
    """An inspection as its form shows it."""
    days = ("decision_date", "period_from", "period_to", "begins_on", "ends_on")
    texts = ("title", "decision_number", "issued_by")
    found = {name: getattr(row, name) for name in texts}
    found |= {name: getattr(row, name).isoformat() for name in days}
    found["units"] = [{"unit": each.unit.code} for each in row.units]
    found["head"] = next((one.person.public_id for one in present(row) if one.head), None)
    found["members"] = [{"person": one.person.public_id} for one in present(row) if not one.head]
    return found | ({"campaign": row.campaign.code} if row.campaign else {})


def end_form() -> Schema:
    """What an inspection concluded."""
    text = _text(_("General conclusion and proposals"), CONCLUSION_LIMIT, _("It stands in the minutes."))
    return _form({"conclusion": text}, ["conclusion"])


def note_form() -> Schema:
    """A note for the members."""
    return _form(
        {"text": _text(_("Note"), NOTE_LIMIT, _("Only the members of the inspection read it."))}, ["text"]
    )


def reason_form() -> Schema:
    """Why a finding is withdrawn."""
    return _form({"reason": _text(_("Reason"), 2000)}, ["reason"])


def _form(fields: dict[str, Schema], required: Iterable[str]) -> Schema:
    return {
        "type": "object",
        "properties": fields,
        "required": list(required),
        "additionalProperties": False,
    }


def _line(title: str, description: str = "", most: int = 300) -> Schema:
    told = {"description": description} if description else {}
    return {"type": "string", "title": title, "pattern": r"\S", "maxLength": most, **told}


def _text(title: str, most: int, description: str = "") -> Schema:
    return {**_line(title, description, most), "x-widget": "textarea"}


def _day(title: str, description: str = "") -> Schema:
    told = {"description": description} if description else {}
    return {"type": "string", "format": "date", "title": title, **told}


def _choice(title: str, options: Iterable[tuple[str, str]]) -> Schema:
    return {
        "type": "string",
        "title": title,
        "oneOf": [{"const": code, "title": name} for code, name in options],
    }


def _rows(title: str, name: str, options: Iterable[tuple[str, str]], label: str, most: int) -> Schema:
    item = _form({name: _choice(label, options)}, [name])
    least = {"minItems": 1} if name == "unit" else {}
    return {"type": "array", "title": title, "items": item, "maxItems": most, **least}
