"""The forms of the administration as schemas, with the words of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext as _

from webapp.ui.roles import ROLE_NAMES, role_name
from webapp.ui.seats import SEATS, seat_name
from workflows.forms import Schema

Choices = Iterable[tuple[str, str]]
USERNAME = r"^[a-z0-9][a-z0-9._\-]*$"
EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
MOST_MEMBERS = 50


def person_form(units: Choices, role_needed: bool) -> Schema:
    """A new person with an account, and the first role."""
    name = {"type": "string", "title": _("Full name"), "minLength": 1, "maxLength": 200}
    username = {
        "type": "string",
        "title": _("User name"),
        "description": _("Small letters without marks, digits, dot and hyphen; for example nguyen.van.a."),
        "maxLength": 80,
        "pattern": USERNAME,
    }
    fields = {"name": name, "username": username, "email": _email(), **_role_fields(units)}
    return form(fields, ["name", "username", *(_role_fields(()) if role_needed else ())])


def role_form(units: Choices) -> Schema:
    """A role to give."""
    fields = _role_fields(units)
    return form(fields, list(fields))


def email_form() -> Schema:
    """The e-mail address of a person; left empty there is none."""
    return form({"email": _email()}, [])


def end_form(more: dict[str, Schema] | None = None) -> Schema:
    """The last day of a role or of a membership; ``more``: what else is asked."""
    last = day(_("Last day"), _("The day itself is still included."))
    return form({"to_date": last, **(more or {})}, ["to_date"])


def council_form(units: Choices, people: Choices) -> Schema:
    """A council to found, with its members."""
    fields = {
        "unit": choice(_("Unit"), units),
        "name": {"type": "string", "title": _("Name of the council"), "minLength": 1, "maxLength": 300},
        "founded_by": {
            "type": "string",
            "title": _("Founding decision"),
            "description": _("Number, day and who signed it."),
            "maxLength": 300,
        },
        "from_date": day(_("In office from")),
        "members": {
            "type": "array",
            "title": _("Members"),
            "minItems": 1,
            "maxItems": MOST_MEMBERS,
            "items": form(_seat_fields(people), ["person", "position"]),
        },
    }
    return form(fields, ["unit", "name", "from_date", "members"])


def member_form(people: Choices) -> Schema:
    """A member to add to a council."""
    fields = {**_seat_fields(people), "from_date": day(_("In office from"))}
    return form(fields, list(fields))


def cadre_body_form(bodies: Choices) -> Schema:
    """The party body that manages the cadres of a unit; left empty there is none."""
    return form({"cadre_body": choice(_("Party body that manages cadres"), bodies)}, [])


def office_day_form(units: Choices) -> Schema:
    """A day on which a unit works or not, other than the public calendar says."""
    kinds = [("off", _("The office does not work")), ("worked", _("A day of rest is worked in exchange"))]
    fields = {
        "unit": choice(_("Unit"), units),
        "day": day(_("Day")),
        "kind": {**choice(_("What is it?"), kinds), "x-widget": "radio"},
        "reason": {
            "type": "string",
            "title": _("Reason"),
            "description": _("The notice with number and day, or the occasion."),
            "minLength": 1,
            "maxLength": 300,
        },
    }
    return form(fields, list(fields))


def _email() -> Schema:
    return {
        "type": "string",
        "format": "email",
        "title": _("E-mail"),
        "description": _("As in name@office.gov.vn."),
        "maxLength": 254,
        "pattern": EMAIL,
    }


def _role_fields(units: Choices) -> dict[str, Schema]:
    roles = [(role, role_name(role)) for role in ROLE_NAMES]
    return {
        "role": choice(_("Role"), roles),
        "unit": choice(_("Unit"), units),
        "from_date": day(_("From")),
    }


def _seat_fields(people: Choices) -> dict[str, Schema]:
    seats = [(seat, seat_name(seat)) for seat in SEATS]
    return {"person": choice(_("Person"), people), "position": choice(_("Seat"), seats)}


def form(fields: dict[str, Schema], required: list[str]) -> Schema:
    """A form of these fields."""
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def choice(title: str, choices: Choices) -> Schema:
    """One of several, to be chosen from a list."""
    options = [{"const": value, "title": text} for value, text in choices]
    return {"type": "string", "title": title, "oneOf": options, "x-widget": "list"}


def day(title: str, description: str = "") -> Schema:
    """A day."""
    return {"type": "string", "format": "date", "title": title, "description": description}
