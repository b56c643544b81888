"""What kind of field a part of a JSON Schema is, and how its places in a form are named."""

from typing import Any, Literal

from workflows.form_places import Place, Schema

Kind = Literal[
    "text",
    "email",
    "long_text",
    "lines",
    "secret",
    "number",
    "integer",
    "day",
    "instant",
    "choice",
    "choices",
    "yes_no",
    "tick",
    "paper",
    "papers",
    "rows",
    "group",
]  # fmt: skip -- one name a line says nothing more
FORMATS: dict[str, Kind] = {"date": "day", "date-time": "instant", "email": "email", "paper": "paper"}
TYPES: dict[str, Kind] = {"object": "group", "number": "number", "integer": "integer"}


def kind_of(schema: Schema) -> Kind:
    """The kind of field for a resolved schema (no $ref, `x-options` already filled into `oneOf`)."""
    if schema.get("x-secret"):
        return "secret"
    if schema.get("type") == "array":
        return _kind_of_array(schema, schema.get("items", {}))
    if schema.get("type") == "boolean":
        return "tick" if schema.get("const") is True or schema.get("x-widget") == "checkbox" else "yes_no"
    if is_choice(schema):
        return "choice"
    if kind := TYPES.get(schema.get("type", "")):
        return kind
    if schema.get("x-widget") == "textarea":
        return "long_text"
    return FORMATS.get(schema.get("format", ""), "text")


def is_choice(schema: Schema) -> bool:
    """True when the values are listed, or will be by a source of options."""
    return "oneOf" in schema or "enum" in schema or "x-options" in schema


def choices_of(schema: Schema) -> list[tuple[Any, str]]:
    """Value and Vietnamese title of each choice; for many-choice those of its items."""
    if schema.get("type") == "array" and "oneOf" not in schema:
        schema = schema.get("items", {})
    if "oneOf" in schema:
        return [(each["const"], str(each.get("title", each["const"]))) for each in schema["oneOf"]]
    return [(value, str(value)) for value in schema.get("enum", ())]


def html_name(place: Place) -> str:
    """("rows", 0, "name") → rows-0-name: the flat name of a place in the data."""
    return "-".join(str(part) for part in place)


def required_when_shown(schema: Schema) -> frozenset[str]:
    """Names of properties an object requires at once or in some `then`; those are marked as needed."""
    names = set(schema.get("required", ()))
    for rule in (schema, *schema.get("allOf", ())):
        names.update(rule.get("then", {}).get("required", ()))
    return frozenset(names)


def _kind_of_array(schema: Schema, items: Schema) -> Kind:
    if items.get("type") == "object":
        return "rows"
    if items.get("format") == "paper":
        return "papers"
    return "choices" if is_choice(items) or "x-options" in schema else "lines"
