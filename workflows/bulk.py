"""Which decisions of a form can be taken for many at once: those that ask for nothing of each dossier itself.

A user task offers them by the property ``bulk`` in its diagram, the values of ``decision`` with spaces between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from jsonschema import Draft202012Validator

from workflows.form_places import Schema

IN_BULK: Final = "in_bulk"
"""Task data: the decision was one of many. The engine says no for a task that offers it, the operation yes."""

UNDO: Final = "undo"
"""The message that undoes a decision, and the clock of the rules for how long the case waits for it."""

OWN: Final = frozenset({"x-options", "x-secret", "x-protected", "x-paper"})
"""What is about one dossier, or about one person's hand."""


def offered_decisions(properties: Mapping[str, str]) -> tuple[str, ...]:
    """The decisions a user task offers for many at once."""
    return tuple(properties.get("bulk", "").split())


def needed(schema: Schema, decision: str) -> tuple[str, ...]:
    """The fields a decision requires beside itself, in the order of the form."""
    asked = set(schema.get("required", ()))
    for rule in schema.get("allOf", ()):
        if Draft202012Validator(rule.get("if", {})).is_valid({"decision": decision}):
            asked |= set(rule.get("then", {}).get("required", ()))
    return tuple(name for name in schema["properties"] if name in asked and name != "decision")


def titles(schema: Schema) -> dict[str, str]:
    """The decisions of a form and what they are called."""
    part = schema.get("properties", {}).get("decision", {})
    return {each["const"]: each["title"] for each in part.get("oneOf", ())}


def asked_once(schema: Schema, decision: str) -> dict[str, Any]:
    """What a form asks when a decision is taken for many: the fields it requires, without the decision itself."""
    names = needed(schema, decision)
    fields = {
        name: {key: value for key, value in schema["properties"][name].items() if key != "x-when"}
        for name in names
    }
    return {"title": schema["title"], "type": "object", "properties": fields, "required": list(names)}


def unsuited(schema: Schema, decisions: Sequence[str]) -> tuple[str, ...]:
    """Those of the decisions that cannot be taken for many: unknown to the form, or asking for answers of each."""
    if schema.get("x-confidential"):
        return tuple(decisions)
    known = titles(schema)
    return tuple(
        each
        for each in decisions
        if each not in known or any(_is_own(schema["properties"][name]) for name in needed(schema, each))
    )


def _is_own(part: Schema) -> bool:
    return bool(OWN & part.keys()) or part.get("format") == "paper" or part.get("type") in ("array", "object")
