"""Promises: carried out once, whoever runs them and whatever fails meanwhile."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.factories import LONG_AGO
from tests.offices import scene
from tests.people import POLICE
from tests.proven import faults
from tests.together import raised, together
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case, Notice, OutboxItem
from webapp.operations import hooks, outbox, people
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.interventions import freeze_case, resume_case, stop_case
from webapp.operations.outbox import HOLD, LEASE, MAX_ATTEMPTS, lease_due, run_item


def later(office, delta):
    return Now(office.at, office.now.wall + delta)


def items(**columns):
    db.session.rollback()
    wanted = [getattr(OutboxItem, name) == value for name, value in columns.items()]
    query = select(OutboxItem).where(*wanted).order_by(OutboxItem.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def kinds(code, type_="effect_done"):
    events = eventlog.read_stream(db.session(), f"case/{code}")
    return [event.fields.get("kind", event.fields.get("name")) for event in events if event.type == type_]


@scene
def rejected(office):
    """A rejected registration: its notice is promised and not yet given."""
    office.open_campaign()
    code = office.register()
    office.do("officer", "fill_on_behalf", code)
    office.do("officer", "check_registration", code, decision="reject")
    assert [item.kind for item in items(status="pending")] == ["notify"]
    return code


@scene
def submitted(office):
    """A direct nomination on a batch that has been received: a message waits to be delivered to it."""
    office.open_campaign()
    people.give_role(
        office.person("stranger").public_id, "commune_chair", POLICE, LONG_AGO, actor=SYSTEM, now=office.now
    )
    nomination = office.nominate("police", submitting_unit=POLICE)
    office.do("police", "prepare_on_behalf", nomination)
    batch = office.start("police", "submission", round="nam-2019")
    office.do("police", "prepare_submission", batch, nominations=[nomination])
    office.do("stranger", "sign_submission", batch, decision="sign")
    office.work()
    lines = [{"nomination": nomination, "line": "received"}]
    office.do("specialist", "receive_submission", batch, lines=lines)
    (effect,) = lease_due(office.now)
    run_item(effect, office.now)
    (message,) = items(status="pending")
    assert message.kind == "submission_result"
    return nomination


def test_what_is_leased_is_not_leased_again(app, office, rejected):
    first = lease_due(office.now)
    assert len(first) == 1
    assert lease_due(later(office, LEASE / 2)) == []


def test_a_worker_may_take_some_kinds_only(app, office, rejected):
    assert lease_due(office.now, only={"render"}) == lease_due(office.now, without={"notify"}) == []
    assert len(lease_due(office.now, only={"notify"}, without={"render"})) == 1


def test_a_lease_runs_out(app, office, rejected):
    first = lease_due(office.now)
    again = later(office, LEASE + dt.timedelta(seconds=1))
    assert lease_due(again) == first
    run_item(first[0], again)
    assert kinds(rejected) == ["notify"]
    assert lease_due(later(office, LEASE * 3)) == []


def test_two_workers_with_one_promise_keep_it_once(app, office, rejected):
    """The lease of the first ran out while it was at work, and a second took it."""
    (item,) = lease_due(office.now)
    now = office.now
    assert raised(together(app, [lambda: run_item(item, now)] * 4)) == []
    assert kinds(rejected) == ["notify"]
    told = db.session.scalars(select(Notice.person_id).where(Notice.outbox_item_id == item)).all()
    assert len(told) == len(set(told)) > 0
    assert faults() == []


def test_many_workers_share_what_is_due(app, office, campaign):
    codes = [office.register(nominee_name=f"Nguyễn Văn {each}") for each in "ABCDEFGH"]
    for code in codes:
        office.do("officer", "fill_on_behalf", code)
        office.do("officer", "check_registration", code, decision="reject")
    now = office.now

    def work():
        while due := lease_due(now, 2):
            for item in due:
                run_item(item, now)

    assert raised(together(app, [work] * 4)) == []
    assert [item.status for item in items()] == ["done"] * len(items())
    assert [kinds(code) for code in codes] == [["notify"]] * len(codes)
    assert faults() == []


def test_a_message_is_delivered_once_however_often_it_is_run(app, office, submitted):
    (item,) = lease_due(office.now)
    now = office.now
    assert raised(together(app, [lambda: run_item(item, now)] * 4)) == []
    run_item(item, later(office, LEASE * 2))
    assert kinds(submitted, "message_delivered") == ["submission_result"]
    assert office.task("appraise", submitted)
    assert faults() == []


def test_a_message_to_a_case_that_ended_is_dropped(app, office, submitted):
    stop_case(submitted, "Xin rút", actor=office.actor("police"), now=office.now)
    office.work()
    assert [item.status for item in items(kind="submission_result")] == ["dropped"]
    assert kinds(submitted, "message_delivered") == ["withdraw"]
    assert faults() == []


def test_a_message_to_a_frozen_case_waits_and_comes_after_it(app, office, submitted):
    freeze_case(submitted, "Có đơn tố cáo", actor=office.actor("specialist"), now=office.now)
    office.work()
    (held,) = items(kind="submission_result")
    assert (held.status, held.attempts) == ("held", 0)
    for _each in range(MAX_ATTEMPTS + 2):
        now = later(office, HOLD * (_each + 1) + dt.timedelta(minutes=_each + 1))
        assert lease_due(now) == [held.id]
        run_item(held.id, now)
    assert items(kind="submission_result")[0].status == "held"
    resume_case(submitted, "Đơn không có căn cứ", actor=office.actor("specialist"), now=office.now)
    office.work()
    assert items(kind="submission_result")[0].status == "done"
    assert office.task("appraise", submitted)
    assert faults() == []


def test_an_effect_of_a_frozen_case_waits(app, office, campaign):
    """The notice of a reminder falls due, and the case is suspended before anybody carries it out."""
    code = office.register()
    with_effect = office.case(code)
    with outbox.write(office.actor("officer"), office.now) as transaction:
        params = {"params": {"template": "rejected", "to": "officer"}, "data": {}, "element": "remind"}
        transaction.promise("notify", params, case_id=with_effect.id, effect_id="99/1")
    freeze_case(code, "Có đơn tố cáo", actor=office.actor("specialist"), now=office.now)
    office.work()
    assert [item.status for item in items(effect_id="99/1")] == ["held"]
    assert kinds(code) == []
    resume_case(code, "Xong", actor=office.actor("specialist"), now=office.now)
    office.work()
    assert kinds(code) == ["notify"]


@pytest.fixture
def failing(monkeypatch):
    """Lets an effect fail as often as is said."""
    left = {"times": 0}
    carry = hooks.carrying_hook("notify")

    def fail_first(carrying):
        if left["times"]:
            left["times"] -= 1
            raise OSError("no space left on device")
        return carry(carrying)

    monkeypatch.setitem(hooks._carrying, "notify", fail_first)
    return left


def test_a_failure_is_noted_and_tried_again(app, office, rejected, failing):
    failing["times"] = 1
    office.work()
    (item,) = items(kind="notify", status="pending")
    assert item.fault == "OSError: no space left on device"
    assert kinds(rejected) == []
    now = later(office, dt.timedelta(seconds=5))
    assert lease_due(now) == [item.id]
    run_item(item.id, now)
    assert kinds(rejected) == ["notify"]
    assert items(kind="notify")[0].fault is None
    assert faults() == []


def test_what_fails_too_often_is_given_up_and_says_so(app, office, rejected, failing):
    failing["times"] = MAX_ATTEMPTS
    for each in range(MAX_ATTEMPTS):
        now = later(office, dt.timedelta(hours=each))
        (item,) = lease_due(now)
        run_item(item, now)
    case_id = office.case(rejected).id
    assert [item.status for item in items(kind="notify", case_id=case_id)] == ["failed"]
    (failed,) = (
        e for e in eventlog.read_stream(db.session(), f"case/{rejected}") if e.type == "effect_failed"
    )
    assert failed.fields["attempts"] == MAX_ATTEMPTS
    assert faults() == []


def test_a_late_failure_does_not_reopen_what_is_done(app, office, rejected, monkeypatch):
    """A slow worker fails after another, which took over its lease, has kept the promise."""
    (item,) = lease_due(office.now)
    run_item(item, office.now)

    def broken(_item_id):
        raise OSError("too late")

    monkeypatch.setattr(outbox, "_prepare", broken)
    run_item(item, office.now)
    assert [(one.status, one.fault) for one in items(id=item)] == [("done", None)]
    assert kinds(rejected) == ["notify"]


def test_a_frozen_case_fires_no_timer(app, office):
    office.open_campaign(registration_days=4)
    code = office.register()
    freeze_case(code, "Có đơn tố cáo", actor=office.actor("specialist"), now=office.now)
    office.at += dt.timedelta(days=10)
    case_id = db.session.scalar(select(Case.id).where(Case.code == code))
    assert outbox.fire_due(case_id, office.now) is False
    assert office.case(code).state == "frozen"
