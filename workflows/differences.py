"""In which keys two states of a case differ: by the path of BPMN ids, and what of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from workflows.values import Json

KEYS = ("state", "lane", "data", "due")
"""What stands in the projection of a task behind its path and round."""

SHOWN = 12
"""So many digits of a digest tell two apart."""


@dataclass(frozen=True)
class Differing:
    """A key that differs at a path (``nomination`` ids, ``#2`` in the second round); empty: it is not there."""

    path: str
    key: str
    one: str
    other: str

    def __str__(self) -> str:
        return f"{self.path} {self.key} {self.one or 'none'} ≠ {self.other or 'none'}".strip()


def differing(one: Mapping[str, Json], other: Mapping[str, Json]) -> tuple[Differing, ...]:
    """All keys in which two projections differ, in the order of the one, then what only the other has."""
    return tuple(_differing(one, other))


def _differing(one: Mapping[str, Json], other: Mapping[str, Json]) -> Iterator[Differing]:
    for name in ("hash_v", "ended"):
        if one[name] != other[name]:
            yield Differing("", name, str(one[name]), str(other[name]))
    left, right = _tasks(one), _tasks(other)
    for path in left | right:
        pairs = zip_longest(KEYS, left.get(path, ()), right.get(path, ()), fillvalue=None)
        yield from (
            Differing(path, str(key), _said(key, mine), _said(key, theirs))
            for key, mine, theirs in pairs
            if mine != theirs
        )
    if not left.keys() ^ right.keys() and [*left] != [*right]:
        yield Differing("", "order", "", "")


def _tasks(state: Mapping[str, Json]) -> dict[str, Sequence[Json]]:
    return {f"{path}#{round_}" if round_ > 1 else path: rest for path, round_, *rest in state["tasks"]}


def _said(key: str | None, value: Json) -> str:
    if value is None:
        return ""
    return str(value)[:SHOWN] if key == "data" else str(value)
