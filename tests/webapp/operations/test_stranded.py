"""Tasks whose holder can do nothing about them any more go back to the common list."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.delegating import accepted
from tests.offices import scene
from tests.proven import faults
from webapp import eventlog
from webapp.extensions import db
from webapp.models import RoleHolding, Task
from webapp.operations import accounts, people, tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.refusals import NotNow
from webapp.operations.stranded import give_back_stranded


@scene
def taken(office):
    """A dossier whose check an officer has taken; returns the task's id."""
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    task = office.task("check_dossier", code).public_id
    tasks.take_task(task, actor=office.actor("officer"), now=office.now)
    return task


def end_role(office, to_date, username="officer"):
    person = office.person(username)
    held = db.session.scalar(select(RoleHolding.id).where(RoleHolding.person_id == person.id))
    people.end_role(person.public_id, held, to_date, actor=SYSTEM, now=office.now)


def holder_of(task):
    db.session.rollback()
    return db.session.scalar(select(Task.holder_id).where(Task.public_id == task))


def last_event(office, task):
    code = db.session.scalar(select(Task).where(Task.public_id == task)).case.code
    return eventlog.read_stream(db.session(), f"case/{code}")[-1]


def test_closed_account_holds_no_task(office, taken):
    accounts.close_account(office.person("officer").public_id, actor=SYSTEM, now=office.now)
    assert holder_of(taken) is None
    assert last_event(office, taken).type == "task_given_back"
    assert faults() == []


@pytest.mark.parametrize(("days", "kept"), [(-1, False), (0, True), (5, True)])
def test_task_is_kept_until_the_last_day_of_the_role(office, taken, days, kept):
    end_role(office, office.at.date() + dt.timedelta(days=days))
    assert (holder_of(taken) is not None) == kept


def test_what_a_role_held_until_a_day_is_given_back_after_it(office, taken):
    end_role(office, office.at.date() + dt.timedelta(days=2))
    office.move(days=3)
    assert holder_of(taken) is not None
    give_back_stranded(actor=SYSTEM, now=office.now)
    assert holder_of(taken) is None


def test_before_it_is_given_back_it_is_not_done_in_a_right_that_has_ended(office, taken):
    """What the officer delegates to the colleague opens the task again, but not as the colleague's own."""
    actors = {username: office.actor(username) for username in ("officer", "colleague")}
    tasks.give_back_task(taken, actor=actors["officer"], now=office.now)
    tasks.take_task(taken, actor=actors["colleague"], now=office.now)
    accepted(office, "officer", "colleague")
    end_role(office, office.today, "colleague")
    office.move(days=1)
    with pytest.raises(NotNow, match="acts_for_other"):
        tasks.complete_task(taken, {"decision": "complete"}, actor=actors["colleague"], now=office.now)
    give_back_stranded(actor=SYSTEM, now=office.now)
    tasks.complete_task(taken, {"decision": "complete"}, actor=actors["colleague"], now=office.now)
    assert last_event(office, taken).principal == actors["officer"].public_id


def test_task_of_somebody_at_work_stays_theirs(office, taken):
    accounts.close_account(office.person("specialist").public_id, actor=SYSTEM, now=office.now)
    assert holder_of(taken) == office.person("officer").id
