"""The forms of delegations and absences as schemas, with the words of the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.extensions import db
from webapp.i18n import content
from webapp.queries.delegations import Kind, campaign_choices, candidates, delegable, kinds_of
from webapp.queries.standing import Held, Standing
from webapp.queries.units import names_of
from webapp.ui.clock import today
from webapp.ui.roles import role_name
from workflows.forms import Schema


def delegation_form(standing: Standing) -> Schema:
    """What to delegate, to whom, for which days and why."""
    session = db.session()
    roles = delegable(standing)
    kinds = kinds_of(session, {held.role for held in roles})
    units = names_of(session, {held.unit_code for held in roles})
    campaigns = [(code, content(title)) for code, title in campaign_choices(session, standing)]
    people = [
        (each.public_id, f"{each.name} – {role_name(each.role)}, {content(each.unit)}")
        for each in candidates(session, standing, today())
    ]
    fields: dict[str, Schema] = {
        "delegate": _one(_("Delegate"), people)
        | {"description": _("Somebody who works in the same unit, above it or below it. They must accept.")},
        "roles": _several(_("Roles"), [(role_value(held), _role_text(held, units)) for held in roles])
        | {"minItems": 1, "description": _("The delegate does the tasks of these roles as well.")},
        "from_date": _day(_("From")),
        "to_date": _day(_("Until")) | {"description": _("The day itself is still included.")},
        "campaign": _one(_("Only in the campaign"), campaigns)
        | {"description": _("Left empty: in all campaigns.")},
        "kinds": _several(_("Only these tasks"), _kind_options(kinds))
        | {"description": _("None chosen: all tasks of the roles.")},
        "reason": {
            "type": "string",
            "title": _("Reason"),
            "description": _(
                "The paper with number and day, if there is one; leave, business trip, training."
            ),
            "minLength": 1,
            "maxLength": 300,
        },
    }
    return _form(fields, ["delegate", "roles", "from_date", "to_date", "reason"])


def absence_form() -> Schema:
    """From when to when one is away."""
    fields: dict[str, Schema] = {
        "from_date": _day(_("Away from")),
        "to_date": _day(_("Away until")) | {"description": _("The day itself is still included.")},
    }
    return _form(fields, list(fields))


def role_value(held: Held) -> str:
    """A role in a unit as one value of a form."""
    return f"{held.role}@{held.unit_code}"


def role_of(value: str) -> tuple[str, str]:
    """The role and the code of the unit again."""
    role, _at, unit = value.partition("@")
    return role, unit


def _role_text(held: Held, units: Mapping[str, str]) -> str:
    return f"{role_name(held.role)}, {content(units[held.unit_code])}"


def _kind_options(kinds: Sequence[Kind]) -> list[tuple[str, str]]:
    """What each kind of task is called; with its process where two are called the same, with its role among several."""
    several = len({kind.role for kind in kinds}) > 1
    counts = Counter(kind.name for kind in kinds)
    options = []
    for kind in kinds:
        name = content(kind.name)
        if counts[kind.name] > 1:
            name = f"{name} – {content(kind.process)}"
        options.append((kind.value, f"{name} ({role_name(kind.role)})" if several else name))
    return options


def _form(fields: dict[str, Schema], required: list[str]) -> Schema:
    return {"type": "object", "properties": fields, "required": required, "additionalProperties": False}


def _one(title: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"type": "string", "title": title, "oneOf": _options(choices), "x-widget": "list"}


def _several(title: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "type": "array",
        "title": title,
        "uniqueItems": True,
        "items": {"type": "string", "oneOf": _options(choices)},
    }


def _options(choices: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"const": value, "title": text} for value, text in choices]


def _day(title: str) -> dict[str, Any]:
    return {"type": "string", "format": "date", "title": title}
