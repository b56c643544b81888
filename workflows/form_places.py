"""Places in the data of a form: their pointers, their order, and walks along schema and data together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
Place = tuple[str | int, ...]
Keep = Callable[[Schema, Mapping[str, Any]], bool]


def pointer(place: Place) -> str:
    """("rows", 0, "name") → /rows/0/name (RFC 6901)."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)


def position(schema: Schema, place: Place) -> list[int]:
    """Where a place stands in the form, for sorting; unknown properties come last."""
    position = []
    for part in place:
        if isinstance(part, int):
            position.append(part)
            schema = schema.get("items", {})
        else:
            names = list(schema.get("properties", {}))
            position.append(names.index(part) if part in names else len(names))
            schema = schema.get("properties", {}).get(part, {})
    return position


def pruned(schema: Schema, data: Any, keep: Keep) -> Any:
    """A copy of ``data`` with the properties for which ``keep(part, siblings)`` holds, and unknown ones."""
    if isinstance(data, Mapping):
        parts: Schema = schema.get("properties", {})
        return {
            name: pruned(parts.get(name, {}), value, keep)
            for name, value in data.items()
            if keep(parts.get(name, {}), data)
        }
    if isinstance(data, list):
        return [pruned(schema.get("items", {}), each, keep) for each in data]
    return data


def are_met(conditions: Mapping[str, list[Any]], siblings: Mapping[str, Any]) -> bool:
    """Whether each named field has one of its values; 1 is not true, as in JSON."""
    return all(
        any(type(siblings.get(name)) is type(value) and siblings[name] == value for value in values)
        for name, values in conditions.items()
    )


def leaves(schema: Schema, data: object, place: Place) -> Iterator[tuple[Place, Schema, Any]]:
    """Each single value of ``data`` with its place and its part of the schema, in the order of the form."""
    if isinstance(data, Mapping):
        for name, part in schema.get("properties", {}).items():
            if name in data:
                yield from leaves(part, data[name], (*place, name))
    elif isinstance(data, list):
        for index, each in enumerate(data):
            yield from leaves(schema.get("items", {}), each, (*place, index))
    else:
        yield place, schema, data
