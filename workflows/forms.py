"""Forms as data: load a folder of JSON Schemas, resolve one form, take parts of what was entered on it."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from workflows.form_faults import Fault, validate
from workflows.form_places import Schema, are_met, leaves, pointer, pruned

Forms = Mapping[str, Schema]
Choices = Mapping[str, Sequence[tuple[str, str]]]

__all__ = [
    "Choices",
    "Fault",
    "FormError",
    "Forms",
    "PaperUse",
    "Schema",
    "asking",
    "load",
    "offered",
    "outcome_of",
    "papers_of",
    "parts_of",
    "relevant",
    "resolve",
    "sources_of",
    "validate",
    "with_choices",
    "without_secrets",
]


class FormError(ValueError):
    """A folder of forms that cannot be used: no such form, no JSON, a $ref to nowhere or in a circle."""


@dataclass(frozen=True)
class PaperUse:
    """A paper named in the data: where, as which type of paper, by which public id."""

    pointer: str
    paper_type: str
    paper_id: str


def load(folder: Path) -> dict[str, Schema]:
    """Every schema below ``folder`` by its path without ``.json``, e.g. ``registration/start``."""
    forms: dict[str, Schema] = {}
    for file in sorted(folder.rglob("*.json")):
        path = file.relative_to(folder).with_suffix("").as_posix()
        try:
            forms[path] = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as fault:
            raise FormError(f"{path}.json is not JSON: {fault}") from fault
    return forms


def resolve(forms: Forms, path: str) -> dict[str, Any]:
    """The form at ``path`` with every $ref replaced by what it names; raises `FormError`.

    What stands beside a $ref (title, x-paper, …) goes over what the shared schema says. Forms refer to whole
    files by relative path, so the result is self-contained.
    """
    resolved: dict[str, Any] = _inlined(forms, path, _schema_at(forms, path), (path,))
    return resolved


def parts_of(schema: Schema) -> frozenset[str]:
    """The fields marked ``x-part``: asked only of the cases whose rules name them."""
    return frozenset(name for name, part in schema["properties"].items() if part.get("x-part"))


def asking(schema: Schema, parts: Collection[str]) -> Schema:
    """A resolved schema with those of its `parts_of` that are named, each required where it is shown, without the
    others. A name the schema has no part for asks for nothing."""
    asked = parts_of(schema)
    if not asked:
        return schema
    fields = {name: part for name, part in schema["properties"].items() if name not in asked or name in parts}
    rules = [_required_where_shown(name, part) for name, part in fields.items() if name in asked]
    return {**schema, "properties": fields, "allOf": [*schema.get("allOf", ()), *rules]}


def sources_of(schema: Any) -> frozenset[str]:
    """The sources of ``x-options`` a resolved schema draws choices from."""
    if isinstance(schema, list):
        return frozenset().union(*map(sources_of, schema))
    if not isinstance(schema, Mapping):
        return frozenset()
    own = frozenset({schema["x-options"]}) if "x-options" in schema else frozenset()
    return own.union(*map(sources_of, schema.values()))


def with_choices(schema: Schema, choices: Choices) -> dict[str, Any]:
    """A resolved schema with each ``x-options`` filled from ``choices[source]``: pairs of value and text.

    On an array the choices go to its items. A source without choices allows no value.
    Raises KeyError for one of `sources_of` that ``choices`` does not have.
    """
    return {key: _filled(value, choices) for key, value in _offered(schema, choices).items()}


def offered(schema: Schema) -> dict[str, Any]:
    """A schema with its choices, without what may be left out and has nothing to choose from; in rows as well."""
    required = schema.get("required", ())
    fields = schema["properties"].items()
    shown = {name: _rows_offered(part) for name, part in fields if name in required or _has_choices(part)}
    return {**schema, "properties": shown}


def _has_choices(part: Schema) -> bool:
    """Whether something can be entered: a row needs all that it requires."""
    cells = part.get("items", {})
    needed = (cells.get("properties", {}).get(name, {}) for name in cells.get("required", ()))
    return part.get("enum") != [] and all(cell.get("enum") != [] for cell in needed)


def _rows_offered(part: Schema) -> Schema:
    rows = part.get("items", {})
    return {**part, "items": offered(rows)} if "properties" in rows else part


def relevant(schema: Schema, data: Any) -> Any:
    """``data`` without the values of fields it does not show (``x-when``), in rows and groups too."""
    return pruned(schema, data, _is_shown)


def without_secrets(schema: Schema, data: Any) -> Any:
    """``data`` without the values marked ``x-secret`` (passwords) or ``x-protected``: what may be stored."""
    return pruned(schema, data, lambda part, _siblings: not (part.get("x-secret") or part.get("x-protected")))


def outcome_of(schema: Schema, data: Mapping[str, Any]) -> dict[str, Any]:
    """The part of ``data`` that goes into the engine: the shown fields marked ``x-outcome``."""
    fields = schema["properties"]
    shown: dict[str, Any] = relevant(schema, data)
    return {name: value for name, value in shown.items() if fields.get(name, {}).get("x-outcome")}


def papers_of(schema: Schema, data: object) -> list[PaperUse]:
    """The papers valid ``data`` names, in the order of the form; ``other`` where it asks for no type."""
    return [
        PaperUse(pointer(place), part.get("x-paper", "other"), value)
        for place, part, value in leaves(schema, data, ())
        if part.get("format") == "paper"
    ]


def _required_where_shown(name: str, part: Schema) -> dict[str, Any]:
    shown = part.get("x-when", {})
    tested = {field: {"enum": values} for field, values in shown.items()}
    return {"if": {"properties": tested, "required": list(shown)}, "then": {"required": [name]}}


def _schema_at(forms: Forms, path: str) -> Schema:
    if path not in forms:
        raise FormError(f"there is no form {path}.json")
    return forms[path]


def _inlined(forms: Forms, path: str, node: Any, trail: tuple[str, ...]) -> Any:
    """``node`` of the file ``path`` with its references replaced; ``trail`` are the files that led here."""
    if isinstance(node, list):
        return [_inlined(forms, path, each, trail) for each in node]
    if not isinstance(node, Mapping):
        return node
    own = {key: _inlined(forms, path, value, trail) for key, value in node.items() if key != "$ref"}
    if "$ref" not in node:
        return own
    target = posixpath.normpath(posixpath.join(posixpath.dirname(path), node["$ref"])).removesuffix(".json")
    if target in trail:
        raise FormError(f"{target}.json refers to itself through {path}.json")
    shared = _inlined(forms, target, _schema_at(forms, target), (*trail, target))
    return {key: value for key, value in shared.items() if key not in ("$schema", "$id")} | own


def _offered(schema: Schema, choices: Choices) -> dict[str, Any]:
    """``schema`` with its own ``x-options`` turned into choices; parts below are left as they are."""
    source = schema.get("x-options")
    if source is None:
        return dict(schema)
    listed = [{"const": value, "title": text} for value, text in choices[source]]
    # oneOf must not be empty in a valid schema; an empty enum says the same: nothing fits.
    offer: dict[str, Any] = {"oneOf": listed} if listed else {"enum": []}
    if schema.get("type") == "array":
        return {**schema, "items": {**schema["items"], **offer}}
    return {**schema, **offer}


def _filled(node: Any, choices: Choices) -> Any:
    if isinstance(node, list):
        return [_filled(each, choices) for each in node]
    return with_choices(node, choices) if isinstance(node, Mapping) else node


def _is_shown(part: Schema, siblings: Mapping[str, Any]) -> bool:
    return are_met(part.get("x-when", {}), siblings)
