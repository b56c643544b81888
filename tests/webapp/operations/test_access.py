"""Reads and refused acts are noted, apart from the cases, and not without end."""

import datetime as dt

from webapp import eventlog
from webapp.extensions import db
from webapp.operations.access import record_access
from webapp.operations.acting import Now
from workflows.events import DossierRead, PaperRead


def read(office, username, happening, minutes=0):
    now = Now(office.at, office.now.wall + dt.timedelta(minutes=minutes))
    return record_access(happening, actor=office.actor(username), now=now)


def test_same_act_of_the_same_person_is_noted_once_an_hour(office):
    case = DossierRead(case="HS-2019-0001")
    assert [read(office, "auditor", case, minutes) for minutes in (0, 1, 59, 61, 62)] == [
        True,
        False,
        False,
        True,
        False,
    ]  # fmt: skip -- five answers to five readings
    assert len(office.access("dossier_read")) == 2


def test_other_people_and_other_things_are_noted_each(office):
    assert read(office, "auditor", DossierRead(case="HS-2019-0001"))
    assert read(office, "specialist", DossierRead(case="HS-2019-0001"))
    assert read(office, "auditor", DossierRead(case="HS-2019-0002"))
    assert read(office, "auditor", PaperRead(paper="HS-2019-0001"))


def test_it_lies_in_the_stream_of_the_day_and_no_case_knows_of_it(office):
    read(office, "auditor", DossierRead(case="HS-2019-0001"))
    office.move(days=1)
    read(office, "auditor", DossierRead(case="HS-2019-0001"))
    db.session.rollback()
    streams = [stream for stream, _number, _hash in eventlog.streams(db.session())]
    assert [stream for stream in streams if stream.startswith("access/")] == [
        "access/2019-12-02",
        "access/2019-12-03",
    ]
    assert "case/HS-2019-0001" not in streams
