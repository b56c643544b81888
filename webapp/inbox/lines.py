"""Lists that are answered line by line: each line has its row, and nobody chooses again which line it is."""

from collections.abc import Iterator
from typing import Any

from webapp.queries.task_page import Choices
from workflows.forms import Schema

SOURCES = frozenset(
    {
        "awardees",
        "batch_lines",
        "copy_recipients",
        "cluster_lines",
        "criteria",
        "figures",
        "round_nominations",
        "session_members",
        "weights",
    }
)
"""Sources of which every choice has to be answered."""


def line_rows(schema: Schema, choices: Choices) -> dict[str, Any]:
    """A row for each line, for every such field of a form."""
    return {
        name: [{key: value} for value, _text in choices.get(source, ())]
        for name, key, source in _columns(schema)
    }


def with_lines(schema: Schema) -> Schema:
    """The form with the lines given: `x-lines` on the rows, `x-fixed` on what each is about."""
    fields = dict(schema["properties"])
    for name, key, _source in _columns(schema):
        rows = fields[name]
        cells = {**rows["items"]["properties"], key: {**rows["items"]["properties"][key], "x-fixed": True}}
        fields[name] = {**rows, "x-lines": True, "items": {**rows["items"], "properties": cells}}
    return {**schema, "properties": fields}


def _columns(schema: Schema) -> Iterator[tuple[str, str, str]]:
    """(field, column, source) of every field whose rows answer a list."""
    for name, part in schema["properties"].items():
        for key, cell in part.get("items", {}).get("properties", {}).items():
            if cell.get("x-options") in SOURCES:
                yield name, key, cell["x-options"]
