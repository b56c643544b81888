"""One round of background work: promises and timers, whatever one of them is like."""

import datetime as dt
import logging

import pytest
from sqlalchemy import select

from tests.proven import faults, open_elements
from webapp import eventlog
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import Campaign, OutboxItem, SystemFact
from webapp.operations import cases
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.clock import set_clock
from webapp.queries.self_tests import self_tests
from workflows.values import WorkflowFault


def wait(office, **span):
    """Let time pass and nothing happen."""
    office.at += dt.timedelta(**span)
    set_clock(office.at, actor=SYSTEM, now=office.now)


def settle(office):
    run.settle(lambda: office.now)


def fact(name):
    db.session.rollback()
    row = db.session.get(SystemFact, name)
    return row.value if row else None


def test_promises_and_timers_until_nothing_is_left(office):
    """The deadline rejects a registration, and its notice is promised and given in the same round."""
    office.open_campaign(registration_days=4)
    code = office.register()
    wait(office, days=5)
    settle(office)
    assert office.case(code).outcome == "lapsed"
    assert db.session.scalar(select(Campaign.registration).where(Campaign.case.has())) == "closed"
    assert db.session.scalars(select(OutboxItem.status).distinct()).all() == ["done"]
    assert run.drain(lambda: office.now) == run.fire(lambda: office.now) == 0
    assert faults() == []


def test_a_case_that_cannot_be_fired_holds_up_no_other(office, monkeypatch, caplog):
    office.open_campaign(registration_days=4)
    broken, whole = office.register(nominee_name="Một"), office.register(nominee_name="Hai")
    wait(office, days=5)
    fire = cases.fire_timers

    def fire_but_one(transaction, case):
        if case.code == broken:
            raise WorkflowFault("no clock")
        fire(transaction, case)

    monkeypatch.setattr(cases, "fire_timers", fire_but_one)
    with caplog.at_level(logging.ERROR):
        settle(office)
    assert f"the timers of case {office.case(broken).id} cannot be fired" in caplog.text
    assert open_elements(broken) == ["fill_on_behalf"]
    assert office.case(whole).outcome == "lapsed"
    monkeypatch.undo()
    settle(office)
    assert office.case(broken).outcome == "lapsed"
    assert faults() == []


def test_a_case_that_stays_due_does_not_keep_the_worker(office, monkeypatch):
    """Whatever the reason: a round ends although something is due that does not move."""
    office.open_campaign(registration_days=4)
    code = office.register()
    due = office.case(code).next_due
    wait(office, days=5)
    monkeypatch.setattr(cases, "fire_timers", lambda transaction, case: None)
    settle(office)
    assert office.case(code).next_due == due


def test_many_timers_take_turns_with_promises(office, monkeypatch):
    """A wave of timers is fired a turn at a time: what people wait for is looked at in between."""
    monkeypatch.setattr(run, "TURN", 1)
    monkeypatch.setattr(run, "FEW", 0)
    office.open_campaign(registration_days=4)
    codes = [office.register(nominee_name=f"Người {place}") for place in range(3)]
    wait(office, days=5)
    assert run.fire(lambda: office.now) == 1
    settle(office)
    assert {office.case(code).outcome for code in codes} == {"lapsed"}
    assert faults() == []


def test_a_sign_of_life_is_left(office):
    wall = office.now.wall
    assert fact("worker_heartbeat") is None
    run.beat(wall)
    assert fact("worker_heartbeat") == wall.isoformat()


def test_daily_work_is_done_once_a_day(app, office, campaign, settings):

    def checkpoints():
        return len(list((settings.data_dir / "checkpoints").glob("*.json")))

    first = office.now
    for hours, made in [(0, 1), (1, 1), (19, 1), (21, 2), (22, 2)]:
        run.daily(Now(first.at, first.wall + dt.timedelta(hours=hours)))
        assert checkpoints() == made
    assert len(eventlog.checkpoints(db.session())) == 2
    assert len(self_tests(db.session(), 9)) == 2
    assert faults() == []


def test_the_proof_is_tested_at_once_where_it_never_was(office, campaign):
    """Whoever takes over this version in the afternoon need not wait for the night."""
    run._note(run.DAILY, office.now.wall)
    run.daily(office.now)
    assert len(self_tests(db.session(), 9)) == 1
    assert eventlog.checkpoints(db.session()) == []


@pytest.mark.parametrize("state", ["frozen", "ended"])
def test_a_case_that_rests_is_not_fired(office, state):
    office.open_campaign(registration_days=4)
    code = office.register()
    wait(office, days=5)
    case = office.case(code)
    case.state = state
    db.session.commit()
    run.fire(lambda: office.now)
    assert open_elements(code) == ["fill_on_behalf"]
