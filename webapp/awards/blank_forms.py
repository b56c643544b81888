"""The form of a blank: its size, and for each field of its type how far it moves or whether the sheet has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from webapp.documents.certificates import Blank as Sheet
from webapp.documents.certificates import CertificateType, certificate_type
from webapp.i18n import content
from webapp.models import Blank, Unit
from webapp.operations.blanks import Measured
from webapp.queries.blanks import TENTHS
from webapp.ui.filling import Typed
from workflows.forms import Schema

SMALLEST, LARGEST, FARTHEST = 100, 900, 200


def blank_form(kind: CertificateType, units: Sequence[Unit]) -> Schema:
    """What is asked of a blank of this type; ``units``: whose it can be, none where that is settled."""
    side = {"type": "number", "minimum": SMALLEST, "maximum": LARGEST}
    properties: dict[str, Any] = {
        "name": {
            "type": "string",
            "title": _("What you call this blank"),
            "description": _("For example the printer and the year, as on the box of sheets."),
            "maxLength": 120,
            "pattern": "\\S",
        },
        "width": side | {"title": _("Width (mm)")},
        "height": side | {"title": _("Height (mm)")},
        "background": {
            "type": "boolean",
            "x-widget": "checkbox",
            "title": _("Plain sheets: print frame, emblem and heading, too"),
        },
        "with_code": {"type": "boolean", "x-widget": "checkbox", "title": _("Print the code to scan")},
        "places": _places(kind),
    }
    if units:
        choices = [{"const": unit.code, "title": content(unit.name)} for unit in units]
        properties = {
            "unit": {"type": "string", "title": _("Unit"), "oneOf": choices, "x-widget": "list"}
        } | properties
    needed = [name for name in properties if name not in ("background", "with_code")]
    return {"type": "object", "properties": properties, "required": needed}


def _places(kind: CertificateType) -> Schema:
    names = [{"const": field.name, "title": field.label} for field in kind.variable]
    shift = {"type": "number", "minimum": -FARTHEST, "maximum": FARTHEST}
    row = {
        "field": {"type": "string", "oneOf": names, "title": _("Text"), "x-fixed": True},
        "dx": shift | {"title": _("To the right (mm)")},
        "dy": shift | {"title": _("Down (mm)")},
        "hidden": {"type": "boolean", "x-widget": "checkbox", "title": _("Is on the sheet already")},
    }
    return {
        "type": "array",
        "title": _("Where the texts stand"),
        "items": {"type": "object", "properties": row, "required": ["field"]},
        "minItems": len(names),
        "maxItems": len(names),
        "x-lines": True,
    }


def first_values(kind: CertificateType, units: Sequence[Unit]) -> Typed:
    """A new blank: the type's own sheet, nothing moved."""
    width, height = kind.own_size
    rows = [{"field": field.name} for field in kind.variable]
    return {"width": width, "height": height, "places": rows} | ({"unit": units[0].code} if units else {})


def values_of(blank: Blank) -> Typed:
    """A saved blank as the form shows it."""
    rows = []
    for field in certificate_type(blank.type).variable:
        dx, dy = blank.shifts.get(field.name, (0, 0))
        moved = {name: value / TENTHS for name, value in (("dx", dx), ("dy", dy)) if value}
        rows.append({"field": field.name, "hidden": field.name in blank.hidden} | moved)
    return {
        "name": blank.name,
        "width": blank.width / TENTHS,
        "height": blank.height / TENTHS,
        "background": blank.background,
        "with_code": blank.with_code,
        "places": rows,
    }


def measured(typed: Typed) -> Measured:
    """The blank that was typed, once the form holds no fault."""
    return Measured(
        typed["name"],
        typed["width"],
        typed["height"],
        {row["field"]: (row.get("dx", 0.0), row.get("dy", 0.0)) for row in typed["places"]},
        frozenset(row["field"] for row in typed["places"] if row.get("hidden")),
        typed.get("background", False),
        typed.get("with_code", False),
    )


def sheet(kind: CertificateType, typed: Typed) -> Sheet:
    """What has been typed so far as a sheet to be shown; what is no number yet counts as nothing."""
    width, height = kind.own_size
    rows = [row for row in typed.get("places", ()) if isinstance(row, Mapping) and row.get("field")]
    return Sheet(
        size=(
            _number(typed, "width", width, SMALLEST, LARGEST),
            _number(typed, "height", height, SMALLEST, LARGEST),
        ),
        shifts={row["field"]: (_number(row, "dx"), _number(row, "dy")) for row in rows},
        hidden=frozenset(row["field"] for row in rows if row.get("hidden")),
        ground=bool(typed.get("background")),
    )


def _number(
    typed: Mapping[str, Any],
    name: str,
    default: float = 0.0,
    least: float = -FARTHEST,
    most: float = FARTHEST,
) -> float:
    value = typed.get(name)
    return float(value) if isinstance(value, int | float) and least <= value <= most else default
