"""XES (IEEE 1849-2023): one trace a case, written as it is read."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import BinaryIO

from lxml import etree

from webapp.documents.event_logs.instants import utc
from workflows.mined import MinedCase, MinedEvent

Attribute = tuple[str, str, str]
"""(type, key, value)"""

VERSION = "1849.2023"
"""The standard wants a number."""

EXTENSIONS = {
    "concept": ("Concept", "http://www.xes-standard.org/concept.xesext"),
    "lifecycle": ("Lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
    "org": ("Organizational", "http://www.xes-standard.org/org.xesext"),
    "time": ("Time", "http://www.xes-standard.org/time.xesext"),
}

GLOBALS: dict[str, list[Attribute]] = {
    "trace": [("string", "concept:name", "UNKNOWN")],
    "event": [
        ("string", "concept:name", "UNKNOWN"),
        ("string", "lifecycle:transition", "complete"),
        ("date", "time:timestamp", "1970-01-01T00:00:00.000000+00:00"),
    ],
}
"""What every trace and every event has, and of which type; what a classifier names must be among it."""


def write_xes(file: BinaryIO, name: str, cases: Iterable[MinedCase]) -> Generator[int]:
    """Write the log; yields how many events are in it after each case. Instants are UTC with microseconds."""
    count = 0
    with etree.xmlfile(file, encoding="utf-8") as xml:
        xml.write_declaration()
        with xml.element("log", {"xes.version": VERSION}):
            for head in _heads(name):
                xml.write(head)
            for case in cases:
                xml.write(_trace(case))
                count += len(case.events)
                yield count


def _heads(name: str) -> Iterator[etree._Element]:
    for prefix, (title, uri) in EXTENSIONS.items():
        yield etree.Element("extension", {"name": title, "prefix": prefix, "uri": uri})
    for scope, attributes in GLOBALS.items():
        declared = etree.Element("global", {"scope": scope})
        declared.extend(_attributes(attributes))
        yield declared
    yield etree.Element(
        "classifier", {"name": "Activity", "scope": "event", "keys": "concept:name lifecycle:transition"}
    )
    yield from _attributes([("string", "concept:name", name), ("string", "lifecycle:model", "standard")])


def _trace(case: MinedCase) -> etree._Element:
    trace = etree.Element("trace")
    trace.extend(_attributes(_of_case(case)))
    for event in case.events:
        etree.SubElement(trace, "event").extend(_attributes(_of_event(event)))
    return trace


def _of_case(case: MinedCase) -> Iterator[Attribute]:
    yield "string", "concept:name", case.code
    yield "string", "title", case.title
    for key in ("process", "unit", "campaign", "outcome", "deployment"):
        yield "string", key, getattr(case, key)


def _of_event(event: MinedEvent) -> Iterator[Attribute]:
    yield "string", "concept:name", event.activity
    yield "string", "lifecycle:transition", event.lifecycle
    yield "date", "time:timestamp", utc(event.at)
    yield "string", "org:resource", event.actor
    yield "string", "org:role", event.role
    yield "string", "org:group", event.group
    yield "string", "concept:instance", event.instance
    yield "string", "id", event.id
    yield "string", "type", event.type
    yield "string", "element", event.element
    yield "string", "principal", event.principal
    yield "string", "decision", event.decision
    yield "int", "number", str(event.number)
    yield "int", "round", str(event.round)


def _attributes(attributes: Iterable[Attribute]) -> Iterator[etree._Element]:
    return (etree.Element(kind, {"key": key, "value": value}) for kind, key, value in attributes if value)
