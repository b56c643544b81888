"""The form of a criteria table: what is said of the whole, and one row a criterion; what was typed as a value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from webapp.queries.cluster_scores import json_number
from workflows.criteria import CriteriaTable
from workflows.criteria_drafts import DraftRow, TableDraft, rows_of
from workflows.forms import Schema

MOST_ROWS, MOST_POINTS, MOST_DAYS, MOST_WEIGHT = 300, 1000, 60, 10
SMALLEST = 0.01
NEW = {"mark": "unverified", "more_than": 50, "days": 5, "second_days": 3, "criteria": [{}, {}, {}]}


def table_schema() -> Schema:
    """The form of a whole table."""
    marks = [("verified", _("Read in the text that is cited")), ("unverified", _("Not yet verified"))]
    rows = {
        "type": "array",
        "title": _("Criteria"),
        "description": _(
            "One row a criterion. A part is named in its first row; a row without one belongs to the part above it."
        ),
        "minItems": 1,
        "maxItems": MOST_ROWS,
        "items": _row_schema(),
    }
    fields: dict[str, Schema] = {
        "name": _line(_("Name of the table"), 300),
        "source": _line(_("Source"), 500, _("The paper it stands in, with number, day and body.")),
        "mark": {**_choice(_("Checked"), marks), "x-widget": "radio"},
        "criteria": rows,
        "difference": _points(
            _("Points of difference that want a reason"),
            _("Between the self-score and the other member's score of one criterion."),
        ),
    }
    return {
        "type": "object",
        "properties": {**fields, **_acclaim_fields()},
        "required": [*fields, "more_than", "days", "second_days", "acclaim_source"],
        "additionalProperties": False,
    }


def _row_schema() -> Schema:
    kinds = [
        ("regular", _("Regular points")),
        ("bonus", _("Bonus points")),
        ("penalty", _("Points taken off")),
    ]
    weight = {"minimum": SMALLEST, "maximum": MOST_WEIGHT, "title": _("Weight")}
    fields: dict[str, Schema] = {
        "part": {**_line(_("Part"), 500), "x-widget": "textarea"},
        "name": {**_line(_("Criterion"), 500), "x-widget": "textarea"},
        "maximum": _points(_("At most")),
        "weight": {"type": "number", **weight},
        "kind": _choice(_("Kind of points"), kinds),
        "evidence": {"type": "boolean", "const": True, "title": _("with a paper")},
    }
    return {
        "type": "object",
        "properties": fields,
        "required": ["name", "maximum"],
        "additionalProperties": False,
    }


def _acclaim_fields() -> dict[str, Schema]:
    days = {"type": "integer", "minimum": 1, "maximum": MOST_DAYS}
    share = {"type": "number", "minimum": 0, "maximum": 99.99}
    return {
        "more_than": share | {"title": _("Votes needed to be acclaimed: more than, per cent of all members")},
        "days": days | {"title": _("Days of the first vote")},
        "second_days": days | {"title": _("Days of a second vote")},
        "acclaim_source": _line(_("Where the rule of the vote stands"), 500),
        "own_unit": {"type": "boolean", "const": True, "title": _("A member may vote for itself.")},
    }


def _line(title: str, longest: int, help_: str = "") -> Schema:
    return {"type": "string", "title": title, "description": help_, "minLength": 1, "maxLength": longest}


def _points(title: str, help_: str = "") -> Schema:
    limits = {"minimum": SMALLEST, "maximum": MOST_POINTS}
    return {"type": "number", "title": title, "description": help_, **limits}


def _choice(title: str, options: list[tuple[str, str]]) -> Schema:
    offered = [{"const": value, "title": text} for value, text in options]
    return {"type": "string", "title": title, "oneOf": offered, "x-widget": "list"}


def typed_values(table: CriteriaTable) -> dict[str, Any]:
    """What stands in the form of a table at first."""
    rule = table.acclaim
    return {
        "name": table.name,
        "source": table.source,
        "mark": table.mark,
        "criteria": [_typed_row(row) for row in rows_of(table)],
        "difference": json_number(table.difference),
        "more_than": json_number(rule.more_than),
        "days": rule.days,
        "second_days": rule.second_days,
        "acclaim_source": rule.source,
        "own_unit": rule.own_unit,
    }


def copied_values(table: CriteriaTable) -> dict[str, Any]:
    """The same for a copy: what it says of itself and its sources is the copying office's to say."""
    values = typed_values(table)
    return {**values, "name": "", "source": "", "acclaim_source": "", "mark": "unverified"}


def _typed_row(row: DraftRow) -> dict[str, Any]:
    return {
        "part": row.part,
        "name": row.name,
        "maximum": json_number(row.maximum),
        "weight": json_number(row.weight),
        "kind": row.kind,
        "evidence": row.evidence,
    }


def draft_of(typed: Mapping[str, Any]) -> TableDraft:
    """The table of a valid form."""
    return TableDraft(
        name=typed["name"],
        source=typed["source"],
        mark=typed["mark"],
        difference=_exact(typed["difference"]),
        more_than=_exact(typed["more_than"]),
        days=typed["days"],
        second_days=typed["second_days"],
        acclaim_source=typed["acclaim_source"],
        own_unit=typed.get("own_unit", False),
        rows=tuple(_row(row) for row in typed["criteria"]),
    )


def _row(row: Mapping[str, Any]) -> DraftRow:
    return DraftRow(
        name=_one_line(row["name"]),
        maximum=_exact(row["maximum"]),
        part=_one_line(row.get("part", "")),
        kind=row.get("kind", "regular"),
        weight=_exact(row.get("weight", 1)),
        evidence=row.get("evidence", False),
    )


def _exact(number: float) -> Decimal:
    return Decimal(str(number))


def _one_line(text: str) -> str:
    return " ".join(text.split())
