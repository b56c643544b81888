"""Delegations from the proposal to the end, and what they do to tasks."""

import datetime as dt
from functools import partial

import pytest
from sqlalchemy import select

from tests.delegating import DAY, accepted, propose
from tests.factories import CAMPAIGN
from tests.offices import scene
from tests.proven import faults
from tests.together import together
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Delegation, Notice, Task
from webapp.operations import accounts, delegations, tasks
from webapp.operations.acting import SYSTEM
from webapp.operations.refusals import InvalidForm, NotFound, NotNow
from webapp.operations.stranded import give_back_stranded


@scene
def checked(office):
    """The code of a nomination that the officer's side checks."""
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return code


def codes(refused):
    return [fault.code for fault in refused.value.faults]


def state(office, made):
    return office.read(select(Delegation.state).where(Delegation.public_id == made))


def taken(office, code, username="head"):
    task = office.task("check_dossier", code).public_id
    tasks.take_task(task, actor=office.actor(username), now=office.now)
    return task


def holder(office, task):
    [row] = office.read(select(Task).where(Task.public_id == task))
    return row.holder_id, row.principal_id


def last_event(code):
    return eventlog.read_stream(db.session(), f"case/{code}")[-1]


def test_nothing_holds_before_it_is_accepted(office, checked):
    made = propose(office)
    with pytest.raises(NotFound):
        taken(office, checked)
    delegations.decline(made, actor=office.actor("head"), now=office.now)
    with pytest.raises(NotFound):
        taken(office, checked)
    with pytest.raises(NotNow, match="delegation_answered"):
        delegations.accept(made, actor=office.actor("head"), now=office.now)


def test_only_the_delegate_accepts(office, checked):
    made = propose(office)
    for username in ("officer", "secretary"):
        with pytest.raises(NotFound):
            delegations.accept(made, actor=office.actor(username), now=office.now)


def test_both_are_told(office, checked):
    made = accepted(office)
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    told = office.read(select(Notice).where(Notice.template.startswith("delegation_")).order_by(Notice.id))
    assert [(each.person_id, each.template) for each in told] == [
        (office.person("head").id, "delegation_proposed"),
        (office.person("officer").id, "delegation_accepted"),
        (office.person("head").id, "delegation_revoked"),
    ]


def test_both_names_stand_in_the_log(office, checked):
    accepted(office)
    done = office.do("head", "check_dossier", checked, decision="complete")
    completed = next(
        event
        for event in eventlog.read_stream(db.session(), f"case/{checked}")
        if event.fields.get("element") == "check_dossier" and event.type == "task_completed"
    )
    principal = office.person("officer")
    assert (completed.actor, completed.principal) == (office.person("head").public_id, principal.public_id)
    assert (done.closed_by_id, done.principal_id) == (office.person("head").id, principal.id)
    assert faults() == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"delegate": "stranger"}, "no_delegate"),
        ({"delegate": "auditor"}, "no_delegate"),
        ({"delegate": "other_officer"}, "no_delegate"),
        ({"delegate": "officer"}, "no_delegate"),
        ({"role": "commune_chair"}, "not_yours"),
        ({"from_date": dt.date(2019, 12, 1)}, "day_over"),
        ({"to_date": dt.date(2019, 12, 1)}, "before_beginning"),
        ({"campaign": "khong-co"}, "oneOf"),
    ],
)
def test_what_cannot_be_proposed(office, checked, changed, fault):
    with pytest.raises(InvalidForm) as refused:
        propose(office, **changed)
    assert codes(refused) == [fault]


def test_somebody_whose_account_is_closed_cannot_be_asked(office, checked):
    accounts.close_account(office.person("head").public_id, actor=SYSTEM, now=office.now)
    with pytest.raises(InvalidForm) as refused:
        propose(office)
    assert codes(refused) == ["no_delegate"]


CHECK, MEETING = ("commune_assessment.check_dossier",), ("commune_assessment.record_meeting",)


@pytest.mark.parametrize(
    ("first", "second", "days", "free"),
    [
        ({}, {}, 7, False),
        ({}, {}, 8, True),
        ({"kinds": CHECK}, {}, 7, False),
        ({"kinds": CHECK}, {"kinds": CHECK + MEETING}, 0, False),
        ({"kinds": CHECK}, {"kinds": MEETING}, 0, True),
        ({"campaign": CAMPAIGN}, {}, 0, False),
        ({"campaign": CAMPAIGN}, {"campaign": CAMPAIGN}, 0, False),
        ({"campaign": CAMPAIGN, "kinds": CHECK}, {"campaign": CAMPAIGN, "kinds": MEETING}, 0, True),
    ],
)
def test_the_same_is_delegated_to_one_person_at_a_time(office, checked, first, second, days, free):
    propose(office, **first)
    begin = office.today + days * DAY
    again = partial(
        propose, office, delegate="specialist", from_date=begin, to_date=begin + 7 * DAY, **second
    )
    if free:
        assert again()
        return
    with pytest.raises(InvalidForm) as refused:
        again()
    assert codes(refused) == ["delegated_already"]


def test_what_is_over_can_be_delegated_again(office, checked):
    delegations.revoke(propose(office), actor=office.actor("officer"), now=office.now)
    assert propose(office)


def test_revoking_gives_back_what_the_delegate_holds(office, checked):
    made = accepted(office)
    task = taken(office, checked)
    assert holder(office, task) == (office.person("head").id, office.person("officer").id)
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    with pytest.raises(NotFound):
        office.do("head", "check_dossier", checked, decision="complete")
    give_back_stranded(actor=office.actor("officer"), now=office.now)
    assert holder(office, task) == (None, None)
    assert last_event(checked).type == "task_given_back"


def test_the_delegate_gives_a_delegation_up(office, checked):
    made = accepted(office)
    delegations.revoke(made, actor=office.actor("head"), now=office.now)
    assert state(office, made) == ["revoked"]
    with pytest.raises(NotFound):
        delegations.revoke(made, actor=office.actor("secretary"), now=office.now)


@pytest.mark.parametrize(("days", "kept"), [(7, True), (8, False)])
def test_after_the_last_day_the_tasks_go_back(office, checked, days, kept):
    made = accepted(office)
    task = taken(office, checked)
    office.at += days * DAY
    give_back_stranded(actor=SYSTEM, now=office.now)
    assert (holder(office, task) != (None, None)) == kept
    assert state(office, made) == ["accepted" if kept else "ended"]


@pytest.mark.parametrize("username", ["officer", "head"])
def test_a_closed_account_ends_the_delegation_for_good(office, checked, username):
    made = accepted(office)
    task = taken(office, checked)
    closed = office.person(username).public_id
    accounts.close_account(closed, actor=SYSTEM, now=office.now)
    assert (holder(office, task), state(office, made)) == ((None, None), ["ended"])
    accounts.reopen_account(closed, "mat-khau-moi-1", actor=SYSTEM, now=office.now)
    with pytest.raises(NotFound):
        taken(office, checked)


def test_what_a_colleague_holds_for_the_principal_goes_back_too(office, checked):
    """Also when the delegate has the role themselves: they took it over, they did not take it."""
    made = accepted(office, delegate="colleague")
    task = taken(office, checked, "officer")
    tasks.take_task(task, actor=office.actor("colleague"), now=office.now)
    delegations.revoke(made, actor=office.actor("officer"), now=office.now)
    give_back_stranded(actor=office.actor("officer"), now=office.now)
    assert holder(office, task) == (None, None)


def test_revoking_races_completing(app, office, checked):
    """Either it is completed in the principal's name, and then revoked, or revoked, and then not completed."""
    made = accepted(office)
    task = office.task("check_dossier", checked)
    head, officer, now = office.actor("head"), office.actor("officer"), office.now
    done, over = together(
        app,
        [
            partial(tasks.complete_task, task.public_id, {"decision": "complete"}, actor=head, now=now),
            partial(delegations.revoke, made, actor=officer, now=now),
        ],
    )
    assert over is None
    [row] = office.read(select(Task).where(Task.id == task.id))
    if isinstance(done, Exception):
        assert isinstance(done, NotFound | NotNow)
        assert row.status == "open"
    else:
        assert (row.status, row.principal_id) == ("done", officer.person_id)
    assert faults() == []
