"""OCEL 2.0: events related to objects, and objects to each other; as JSON and as SQLite.

https://www.ocel-standard.org/2.0/ocel20_specification.pdf
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from webapp.documents.event_logs.instants import utc
from workflows.mined import MinedCase, MinedEvent, MinedObject

OF_EVENTS = ("lifecycle", "type", "element", "role", "round", "decision", "number")
"""Attributes of events beside their instant."""

SINCE_EVER = "1970-01-01T00:00:00.000000+00:00"
"""Attributes of objects are told as they are now; the standard asks for an instant."""


def write_json(path: Path, cases: Iterable[MinedCase], objects: Iterable[MinedObject]) -> int:
    """Write the log as one JSON file; returns how many events."""
    happened = list(_events(cases))
    things = _meant(objects, happened)
    known = {thing.id for thing in things}
    events = [_event(event, known) for event in happened]
    log = {
        "objectTypes": [
            {"name": kind, "attributes": [{"name": name, "type": "string"} for name in names]}
            for kind, names in _kinds(things).items()
        ],
        "eventTypes": [
            {"name": kind, "attributes": [{"name": name, "type": "string"} for name in OF_EVENTS]}
            for kind in sorted({event["type"] for event in events})
        ],
        "objects": [_object(thing, known) for thing in things],
        "events": events,
    }
    path.write_text(json.dumps(log, ensure_ascii=False), encoding="utf-8")
    return len(events)


def _events(cases: Iterable[MinedCase]) -> Iterator[MinedEvent]:
    return (event for case in cases for event in case.events)


def _meant(objects: Iterable[MinedObject], events: Iterable[MinedEvent]) -> list[MinedObject]:
    """The objects that an event is about."""
    about = {other for event in events for _how, other in event.related}
    return [each for each in objects if each.id in about]


def _event(event: MinedEvent, known: set[str]) -> dict[str, Any]:
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


def _object(thing: MinedObject, known: set[str]) -> dict[str, Any]:
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


def _kinds(things: Iterable[MinedObject]) -> dict[str, tuple[str, ...]]:
    """The attributes of each kind of object."""
    return {thing.type: tuple(thing.attributes) for thing in sorted(things, key=lambda each: each.type)}


def write_sqlite(path: Path, cases: Iterable[MinedCase], objects: Iterable[MinedObject]) -> int:
    """Write the log as one SQLite file with the tables of the standard; returns how many events."""
    events = list(_events(cases))
    things = _meant(objects, events)
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as file:
        file.executescript(SCHEMA)
        _write_objects(file, things)
        _write_events(file, events, {thing.id for thing in things})
    file.close()
    return len(events)


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


def _write_objects(file: sqlite3.Connection, things: Sequence[MinedObject]) -> None:
    known = {thing.id for thing in things}
    file.executemany("INSERT INTO object VALUES (?, ?)", [(thing.id, thing.type) for thing in things])
    kinds = _kinds(things)
    for kind, table in _tables(file, "object", kinds, ("ocel_changed_field",)).items():
        rows = [
            (thing.id, SINCE_EVER, None, *(thing.attributes.get(name, "") for name in kinds[kind]))
            for thing in things
            if thing.type == kind
        ]
        _insert(file, table, rows)
    links = [(thing.id, other, how) for thing in things for how, other in thing.related if other in known]
    file.executemany("INSERT INTO object_object VALUES (?, ?, ?)", links)


def _write_events(file: sqlite3.Connection, events: Sequence[MinedEvent], known: set[str]) -> None:
    file.executemany("INSERT INTO event VALUES (?, ?)", [(event.id, event.activity) for event in events])
    kinds = dict.fromkeys(sorted({event.activity for event in events}), OF_EVENTS)
    for kind, table in _tables(file, "event", kinds, ()).items():
        rows = [
            (event.id, utc(event.at), *(str(getattr(event, name)) for name in OF_EVENTS))
            for event in events
            if event.activity == kind
        ]
        _insert(file, table, rows)
    links = [(event.id, other, how) for event in events for how, other in event.related if other in known]
    file.executemany("INSERT INTO event_object VALUES (?, ?, ?)", links)


def _tables(
    file: sqlite3.Connection, what: str, kinds: Mapping[str, Sequence[str]], more: Sequence[str]
) -> dict[str, str]:
    """Make the table of each kind and name it in the map; kind → table."""
    made: dict[str, str] = {}
    for number, (kind, names) in enumerate(kinds.items(), 1):
        mapped = f"{number}_{re.sub(r'[^A-Za-z0-9]', '', kind)}"
        made[kind] = f'"{what}_{mapped}"'
        columns = ", ".join(f'"{name}" TEXT' for name in ("ocel_time", *more, *names))
        file.execute(f"CREATE TABLE {made[kind]} (ocel_id TEXT NOT NULL REFERENCES {what}, {columns})")
        mapping = f"INSERT INTO {what}_map_type VALUES (?, ?)"  # noqa: S608 -- event or object
        file.execute(mapping, (kind, mapped))
    return made


def _insert(file: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        file.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 -- a name made here
