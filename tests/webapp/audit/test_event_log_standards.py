"""The files for process mining keep the rules of their standards: IEEE 1849 (XES) and OCEL 2.0."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from lxml import etree

from tests.factories import CAMPAIGN

XSD = Path(__file__).parent / "schemas" / "xes.xsd"
TEXT = {"type": "string"}


def things(**properties):
    """JSON schema: a list of things that have these members; those in capitals need not be there."""
    named = {name.lower() if name.isupper() else name: rule for name, rule in properties.items()}
    needed = [name for name in properties if not name.isupper()]
    return {"type": "array", "items": {"type": "object", "properties": named, "required": needed}}


RELATED = things(objectId=TEXT, qualifier=TEXT)
KINDS = things(
    name=TEXT, attributes=things(name=TEXT, type={"enum": ["string", "time", "integer", "float", "boolean"]})
)
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$"}
"""A date-time of RFC 3339; of ours in UTC with microseconds."""
OCEL = {
    "type": "object",
    "properties": {
        "eventTypes": KINDS,
        "objectTypes": KINDS,
        "events": things(
            id=TEXT,
            type=TEXT,
            time=INSTANT,
            ATTRIBUTES=things(name=TEXT, value=TEXT),
            RELATIONSHIPS=RELATED,
        ),
        "objects": things(
            id=TEXT,
            type=TEXT,
            ATTRIBUTES=things(name=TEXT, value=TEXT, time=INSTANT),
            RELATIONSHIPS=RELATED,
        ),
    },
    "required": ["eventTypes", "objectTypes", "events", "objects"],
}
"""What the published schema of OCEL 2.0 asks for (section 8.2 of its specification)."""


@pytest.fixture
def export(app, tmp_path):
    def run(form, name, *more):
        path = tmp_path / name
        arguments = ["audit", "export", str(path), "--format", form, *(more or ("--campaign", CAMPAIGN))]
        done = app.test_cli_runner().invoke(args=arguments)
        assert done.exit_code == 0, done.output
        return path

    return run


@pytest.fixture
def xes(export, walked):
    return etree.parse(export("xes", "log.xes")).getroot()


def test_xes_is_valid(xes):
    etree.XMLSchema(etree.parse(XSD)).assertValid(xes)


def test_what_a_classifier_of_xes_names_every_event_has(xes):
    declared = set(xes.xpath("global[@scope='event']/*/@key"))
    for classifier in xes.findall("classifier"):
        assert set(classifier.get("keys").split()) <= declared
    events = xes.findall("trace/event")
    assert events
    assert all(declared <= set(event.xpath("*/@key")) for event in events)


def test_prefixes_of_xes_are_those_of_its_extensions(xes):
    prefixes = {key.partition(":")[0] for key in xes.xpath("//@key") if ":" in key}
    assert prefixes == set(xes.xpath("extension/@prefix"))


def test_ocel_is_valid_and_says_what_it_holds(export, walked):
    log = json.loads(export("ocel", "log.json").read_text("utf-8"))
    assert list(Draft7Validator(OCEL).iter_errors(log)) == []
    objects = {each["id"] for each in log["objects"]}
    for kinds, found in (("eventTypes", "events"), ("objectTypes", "objects")):
        declared = {kind["name"]: {one["name"] for one in kind["attributes"]} for kind in log[kinds]}
        assert {each["type"] for each in log[found]} == set(declared)
        assert len({each["id"] for each in log[found]}) == len(log[found])
        for each in log[found]:
            assert {one["name"] for one in each["attributes"]} <= declared[each["type"]]
            assert {one["objectId"] for one in each["relationships"]} <= objects


def test_both_forms_of_ocel_say_the_same(export, walked):
    log = json.loads(export("ocel", "log.json").read_text("utf-8"))
    with closing(sqlite3.connect(export("ocel", "log.sqlite"))) as file:
        file.execute("PRAGMA foreign_keys = ON")
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
        for table, of, found in (("event_object", "events", "event"), ("object_object", "objects", "object")):
            links = {
                (each["id"], one["objectId"], one["qualifier"])
                for each in log[of]
                for one in each["relationships"]
            }
            assert set(file.execute(f"SELECT * FROM {table}")) == links
            kinds = dict(file.execute(f"SELECT * FROM {found}_map_type"))
            assert set(kinds) == {each["type"] for each in log[of]}
            for kind, mapped in kinds.items():
                ids = {row[0] for row in file.execute(f'SELECT ocel_id FROM "{found}_{mapped}"')}
                assert ids == {each["id"] for each in log[of] if each["type"] == kind}
