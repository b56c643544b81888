"""Instances: how they stand, their events, their diagrams."""

import pytest
from defusedxml.ElementTree import fromstring

from tests.offices import scene
from webapp.eventlog import case_stream, read_stream
from webapp.extensions import db

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"


@scene
def code(office):
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return code


def test_says_how_an_instance_stands(program, office, code):
    case = office.case(code)
    instance = program("officer").get(f"/instances/{code}")
    assert (instance["process"], instance["state"], instance["stage"]) == ("nomination", "active", "commune")
    assert instance["deployment"] == case.deployment_digest
    assert instance["state_hash"] == case.state_hash


def test_events_are_those_of_the_log(program, code):
    events = program("officer").get(f"/instances/{code}/events")["items"]
    recorded = read_stream(db.session(), case_stream(code))
    assert [event["hash"] for event in events] == [event.hash for event in recorded]
    assert [event["number"] for event in events] == list(range(1, len(events) + 1))
    assert events[0]["type"] == "case_opened"


def test_events_can_be_read_on_from_a_number(program, code):
    officer = program("officer")
    every = officer.get(f"/instances/{code}/events")["items"]
    assert officer.get(f"/instances/{code}/events", after=2)["items"] == every[2:]
    assert officer.get(f"/instances/{code}/events", after=len(every))["items"] == []
    for after in ("-1", "x", str(2**40)):
        officer.get(f"/instances/{code}/events", status=422, after=after)


def test_events_hold_no_personal_values(program, code):
    assert "Nguyễn Văn Nông" not in str(program("officer").get(f"/instances/{code}/events"))


def test_the_diagram_is_that_of_the_deployment(program, code):
    officer = program("officer")
    drawn = fromstring(officer.get(f"/instances/{code}/diagram"))
    assert drawn.find(f"{BPMN}process").get("id") == "nomination"
    called = fromstring(officer.get(f"/instances/{code}/diagram", process="commune_assessment"))
    assert called.find(f"{BPMN}process").get("id") == "commune_assessment"


def test_a_process_the_instance_does_not_call_is_not_found(program, code):
    program("officer").get(f"/instances/{code}/diagram", status=404, process="council_vote")
    program("officer").get(f"/instances/{code}/diagram", status=404, process="../../secret_key")


@pytest.mark.parametrize("path", ["", "/events", "/diagram"])
def test_an_instance_of_another_unit_is_not_found(program, code, path):
    program("other_officer").get(f"/instances/{code}{path}", status=404)
    program("officer").get(f"/instances/HS-1999-0001{path}", status=404)


def test_that_an_auditor_reads_is_noted_and_others_are_not(program, office, code):
    program("officer").get(f"/instances/{code}/events")
    assert office.access("dossier_read") == []
    program("auditor").get(f"/instances/{code}/events")
    assert [event.fields["case"] for event in office.access("dossier_read")] == [code]
