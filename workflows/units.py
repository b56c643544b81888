"""The register of units (`units/*.yaml`): places, their offices, organisations, hamlets, enterprises."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workflows.typed_yaml import Document, Fault, SourceFaults, check, read
from workflows.typed_yaml import Path as At
from workflows.vocabulary import LEVEL_ORDER, N_, Level, UnitKind, UnitLevel

SHIPPED_UNITS: Final = Path(__file__).with_name("units")
SCHEMA: Final[dict[str, Any]] = json.loads((SHIPPED_UNITS / "schema.json").read_text("utf-8"))


class UnitFaults(SourceFaults):
    """The text is not a register of units; ``faults`` lists line, path, problem and remedy of each fault."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point that stands for a unit on a map, in degrees north and east."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; ``code`` is its path (``an-giang/tinh-bien/an-cu``). A committee bears its place's name.

    ``cadre_body`` is the code of the party body that manages its cadres.
    """

    code: str
    name: str
    level: UnitLevel
    kind: UnitKind
    parent: str | None = None
    fictitious: bool = False
    place: Place | None = None
    cadre_body: str | None = None


def parse_units(text: str) -> tuple[Unit, ...]:
    """Read a register, each unit after its parent. Raises UnitFaults with every fault."""
    try:
        document = read(text)
        faults = check(document, SCHEMA) or [
            *_faults(document, (), document.data, None),
            *_body_faults(document, (), document.data, None, _party_bodies(document)),
        ]
    except SourceFaults as error:
        raise UnitFaults(error.faults) from error
    if faults:
        raise UnitFaults(faults)
    return tuple(_units(document.data["units"], None))


def _units(entries: Iterable[Mapping[str, Any]], parent: str | None) -> Iterator[Unit]:
    for entry in entries:
        code = f"{parent}/{entry['code']}" if parent else str(entry["code"])
        point = entry.get("place")
        place = Place(float(point["lat"]), float(point["lon"])) if point else None
        fictitious = entry.get("fictitious", False)
        body = entry.get("cadre_body")
        yield Unit(code, entry["name"], entry["level"], entry["kind"], parent, fictitious, place, body)
        yield from _units(entry.get("units", ()), code)


def _faults(
    document: Document, path: At, group: Mapping[str, Any], above: UnitLevel | None
) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, entry in enumerate(group.get("units", ())):
        place: At = (*path, "units", index)
        if entry["code"] in seen:
            problem = N_("“%(code)s” is given twice below the same unit.")
            yield document.fault((*place, "code"), problem, N_("Use every code once."), code=entry["code"])
        seen.add(entry["code"])
        if not _fits(entry["level"], above):
            problem = N_("A unit of level “%(level)s” cannot stand below one of level “%(above)s”.")
            remedy = N_("Correct the level or the place in the tree.")
            yield document.fault((*place, "level"), problem, remedy, level=entry["level"], above=above or "–")
        yield from _faults(document, place, entry, entry["level"])


def _party_bodies(document: Document) -> frozenset[str]:
    """Codes of the party bodies of the register."""
    return frozenset(unit.code for unit in _units(document.data["units"], None) if unit.kind == "party")


def _body_faults(
    document: Document, path: At, group: Mapping[str, Any], above: str | None, bodies: frozenset[str]
) -> Iterator[Fault]:
    """A party body manages cadres of the place it stands directly below, and of what lies in that place."""
    for index, entry in enumerate(group.get("units", ())):
        place: At = (*path, "units", index)
        code = f"{above}/{entry['code']}" if above else str(entry["code"])
        body = entry.get("cadre_body")
        if body is not None and not (body in bodies and manages_below(body, code)):
            problem = N_("“%(code)s” is no party body directly below this unit or a unit above it.")
            remedy = N_("Write the whole code of one, or leave it out.")
            yield document.fault((*place, "cadre_body"), problem, remedy, code=body)
        yield from _body_faults(document, place, entry, code, bodies)


def manages_below(body: str, unit: str) -> bool:
    """Whether the place of a body (codes of both) is the unit itself or lies above it; nobody manages itself."""
    place = body.rpartition("/")[0]
    return body != unit and (unit == place or unit.startswith(place + "/"))


def _fits(level: UnitLevel, above: UnitLevel | None) -> bool:
    order = [*reversed(LEVEL_ORDER), "hamlet"]
    if above is None:
        return level == "province"
    if level == "unit" or above == "unit":
        return above != "unit"
    return order.index(level) >= order.index(above)


def standing_level(unit: Unit, register: Mapping[str, Unit]) -> Level:
    """The level of government a unit stands at: its own, or for hamlets, enterprises … that of its place.

    ``register`` maps codes to units. Raises KeyError if a parent is missing.
    """
    while unit.level not in LEVEL_ORDER:
        if unit.parent is None:
            raise KeyError(unit.code)
        unit = register[unit.parent]
    return unit.level
