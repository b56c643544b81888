"""The worker is killed all through dossiers that go over to a new unit: each does so exactly once, and none is left."""

from collections import Counter

import pytest
from sqlalchemy import select

from tests.deciding import registered
from tests.installation import installed
from tests.merging import NEW, merge
from tests.people import AN_CU
from tests.proven import faults
from tests.webapp.jobs.test_kills import dying, types, unkept
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case, MovedCase, Task, Unit
from webapp.operations import long_work

FEW, MANY = 3, 120
KILLS = 4
MOVED_BETWEEN = 23
"""Dossiers that go over before the next kill; no multiple of a piece."""


@pytest.fixture
def merged(office, monkeypatch):
    """Registers so many in An Cư and merges it; nothing has gone over."""

    def act(number):
        office.open_campaign()
        codes = registered(office, number)
        monkeypatch.setattr(long_work, "PIECE", 0)
        merge(office)
        monkeypatch.undo()
        assert {office.case(code).unit.code for code in codes} == {AN_CU}
        db.session.remove()
        return codes

    return act


def moved_once(office, codes):
    """Each dossier lies at the new unit with its task, by one event; the end was told once."""
    db.session.rollback()
    found = db.session.execute(
        select(Case.code, Unit.code)
        .join(Task, Task.case_id == Case.id)
        .join(Unit, Unit.id == Task.unit_id)
        .where(Case.code.in_(codes), Task.status == "open", Case.unit_id == Task.unit_id)
    ).all()
    assert dict(found) == dict.fromkeys(codes, NEW)
    assert {Counter(types(code))["case_moved"] for code in codes} == {1}
    ended = [
        event for event in eventlog.read_stream(db.session(), "units") if event.type == "cases_move_ended"
    ]
    assert [(event.fields["moved"], event.fields["failed"]) for event in ended] == [(len(codes), 0)]
    assert unkept() == []
    assert faults() == []


def test_killed_all_through_a_merger(app, office, settings, merged):
    codes = merged(FEW)
    assert dying(settings, "settle") > 2
    moved_once(office, codes)


@pytest.mark.soak
def test_killed_again_and_again_in_a_merger_of_many(app, office, settings, merged):
    codes = merged(MANY)

    def done():
        db.session.rollback()
        return len(db.session.scalars(select(MovedCase.id).where(MovedCase.state == "done")).all())

    with installed(settings) as installation:
        for kill in range(1, KILLS + 1):
            installation.start("worker")
            installation.wait_until(lambda enough=kill * MOVED_BETWEEN: done() >= enough)
            installation.kill("worker")
            assert done() < MANY
        installation.start("worker")
        installation.wait_until(lambda: done() == MANY)
    dying(settings, "settle")
    moved_once(office, codes)
