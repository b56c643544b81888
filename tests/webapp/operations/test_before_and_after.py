"""What an administrator replaces stands in the event that replaces it."""

import datetime as dt

from sqlalchemy import select

from tests.people import AN_CU
from webapp import eventlog
from webapp.extensions import db
from webapp.models import RoleHolding
from webapp.operations import imports, people
from webapp.operations.acting import SYSTEM
from workflows.shipped import shipped_deployments
from workflows.values import Deployment


def newest(stream):
    db.session.rollback()
    return eventlog.read_stream(db.session(), stream)[-1]


def test_a_diagram_names_the_one_it_replaces(office):
    shipped = shipped_deployments()["replication"]
    path = "diagrams/replication/replication.bpmn"
    named = shipped.files[path].replace("Nhân rộng điển hình".encode(), "Nhân rộng gương tốt".encode())
    assert newest("deployment/replication").fields["before"] == ""
    imports.deploy(Deployment("replication", {**shipped.files, path: named}), actor=SYSTEM, now=office.now)
    replaced = newest("deployment/replication").fields
    assert replaced["before"] == shipped.digest
    assert replaced["digest"] != shipped.digest


def test_a_role_that_ends_on_another_day_names_the_day_before(office):
    person = office.person("officer")
    holding = office.read(select(RoleHolding.id).where(RoleHolding.person_id == person.id))[0]
    days = [office.today + dt.timedelta(days=30), office.today + dt.timedelta(days=10)]
    for day in days:
        people.end_role(person.public_id, holding, day, actor=office.actor("admin"), now=office.now)
    first, second = [
        event.fields
        for event in eventlog.read_stream(db.session(), f"person/{person.public_id}")
        if event.type == "role_ended"
    ]
    assert (first["before_date"], first["to_date"]) == ("", days[0].isoformat())
    assert (second["before_date"], second["to_date"]) == (days[0].isoformat(), days[1].isoformat())
    assert first["unit"] == AN_CU
