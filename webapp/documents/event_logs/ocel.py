"""OCEL 2.0: events related to objects, and objects to each other; as JSON and as SQLite.

https://www.ocel-standard.org/2.0/ocel20_specification.pdf
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from webapp.documents.event_logs.instants import utc
from workflows.mined import MinedCase, MinedEvent, MinedObject

OF_EVENTS = ("lifecycle", "type", "element", "role", "round", "decision", "number")
"""Attributes of events beside their instant."""

SINCE_EVER = "1970-01-01T00:00:00.000000+00:00"
"""Attributes of objects are told as they are now; the standard asks for an instant."""


Objects = Callable[[], Iterable[MinedObject]]
"""Reads the objects anew at each call: they are gone through twice, and never held."""


class _Meant:
    """Which objects there are, the attributes of each kind, and which objects an event has been about."""

    def __init__(self, objects: Iterable[MinedObject]) -> None:
        self.there: set[str] = set()
        self.about: set[str] = set()
        self.attributes: dict[str, dict[str, None]] = {}
        for each in objects:
            self.there.add(each.id)
            self.attributes.setdefault(each.type, {}).update(dict.fromkeys(each.attributes))

    def note(self, event: MinedEvent) -> None:
        """Take in what an event is about."""
        self.about.update(other for _how, other in event.related if other in self.there)

    def of(self, objects: Iterable[MinedObject]) -> Iterator[MinedObject]:
        """Those of the objects that are meant."""
        return (each for each in objects if each.id in self.about)


def write_json(path: Path, cases: Iterable[MinedCase], objects: Objects) -> Generator[int]:
    """Write the log as one JSON file; yields how many events are in it after each case.

    The kinds stand at the end, when all have been met: the order of the members means nothing.
    """
    meant = _Meant(objects())
    kinds: set[str] = set()
    of_objects: set[str] = set()
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write('{"events": [')
        for case in cases:
            for event in case.events:
                meant.note(event)
                kinds.add(event.activity)
                file.write((", \n" if count else "\n") + _text(_event(event, meant.there)))
                count += 1
            yield count
        file.write('\n], "objects": [')
        for number, thing in enumerate(meant.of(objects())):
            of_objects.add(thing.type)
            file.write((", \n" if number else "\n") + _text(_object(thing, meant.about)))
        types = {
            "eventTypes": [_kind(kind, OF_EVENTS) for kind in sorted(kinds)],
            "objectTypes": [_kind(kind, list(meant.attributes[kind])) for kind in sorted(of_objects)],
        }
        file.write("\n], " + _text(types).removeprefix("{"))
    yield count


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _kind(kind: str, names: Sequence[str]) -> dict[str, Any]:
    return {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}


def _event(event: MinedEvent, known: Container[str]) -> dict[str, Any]:
    return {
        "id": event.id,
        "type": event.activity,
        "time": utc(event.at),
        "attributes": [{"name": name, "value": str(getattr(event, name))} for name in OF_EVENTS],
        "relationships": [
            {"objectId": other, "qualifier": qualifier}
            for qualifier, other in event.related
            if other in known
        ],
    }


def _object(thing: MinedObject, known: Container[str]) -> dict[str, Any]:
    return {
        "id": thing.id,
        "type": thing.type,
        "attributes": [
            {"name": name, "time": SINCE_EVER, "value": value} for name, value in thing.attributes.items()
        ],
        "relationships": [
            {"objectId": other, "qualifier": qualifier}
            for qualifier, other in thing.related
            if other in known
        ],
    }


def write_sqlite(path: Path, cases: Iterable[MinedCase], objects: Objects) -> Generator[int]:
    """Write the log as one SQLite file with the tables of the standard; yields how many events are in it."""
    meant = _Meant(objects())
    path.unlink(missing_ok=True)
    count = 0
    with closing(sqlite3.connect(path)) as file, file:
        file.executescript(SCHEMA)
        of_events, of_objects = _Tables(file, "event"), _Tables(file, "object")
        for case in cases:
            for event in case.events:
                meant.note(event)
                _write_event(of_events, event, meant.there)
            count += len(case.events)
            yield count
        for thing in meant.of(objects()):
            _write_object(of_objects, thing, meant)
    yield count


SCHEMA = """
CREATE TABLE event (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL);
CREATE TABLE object (ocel_id TEXT PRIMARY KEY, ocel_type TEXT NOT NULL);
CREATE TABLE event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT NOT NULL);
CREATE TABLE event_object (
  ocel_event_id TEXT NOT NULL REFERENCES event, ocel_object_id TEXT NOT NULL REFERENCES object,
  ocel_qualifier TEXT NOT NULL, PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier));
CREATE TABLE object_object (
  ocel_source_id TEXT NOT NULL REFERENCES object, ocel_target_id TEXT NOT NULL REFERENCES object,
  ocel_qualifier TEXT NOT NULL, PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier));
"""


@dataclass
class _Tables:
    """The tables of events or of objects, one for each kind, made and named in the map when the kind is first met."""

    file: sqlite3.Connection
    what: str
    made: dict[str, str] = field(default_factory=dict)

    def insert(self, kind: str, id: str, values: Mapping[str, str | None]) -> None:
        """Add one of a kind, with the values of its attributes."""
        self.file.execute(f"INSERT INTO {self.what} VALUES (?, ?)", (id, kind))  # noqa: S608 -- event or object
        if kind not in self.made:
            self.made[kind] = self._make(kind, values)
        places = ", ".join("?" * (len(values) + 1))
        table = self.made[kind]
        self.file.execute(f"INSERT INTO {table} VALUES ({places})", (id, *values.values()))  # noqa: S608 -- made here

    def _make(self, kind: str, names: Iterable[str]) -> str:
        mapped = f"{len(self.made) + 1}_{re.sub(r'[^A-Za-z0-9]', '', kind)}"
        table = f'"{self.what}_{mapped}"'
        columns = ", ".join(f'"{name}" TEXT' for name in names)
        self.file.execute(f"CREATE TABLE {table} (ocel_id TEXT NOT NULL REFERENCES {self.what}, {columns})")
        mapping = f"INSERT INTO {self.what}_map_type VALUES (?, ?)"  # noqa: S608 -- event or object
        self.file.execute(mapping, (kind, mapped))
        return table


def _write_event(tables: _Tables, event: MinedEvent, known: Container[str]) -> None:
    told = {name: str(getattr(event, name)) for name in OF_EVENTS}
    tables.insert(event.activity, event.id, {"ocel_time": utc(event.at), **told})
    links = [(event.id, other, how) for how, other in event.related if other in known]
    tables.file.executemany("INSERT INTO event_object VALUES (?, ?, ?)", links)


def _write_object(tables: _Tables, thing: MinedObject, meant: _Meant) -> None:
    told = {name: thing.attributes.get(name, "") for name in meant.attributes[thing.type]}
    tables.insert(thing.type, thing.id, {"ocel_time": SINCE_EVER, "ocel_changed_field": None, **told})
    links = [(thing.id, other, how) for how, other in thing.related if other in meant.about]
    tables.file.executemany("INSERT INTO object_object VALUES (?, ?, ?)", links)
