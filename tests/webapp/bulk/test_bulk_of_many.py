"""An act on many tasks of which some cannot be done: each for itself, left and found again, killed and gone on with."""

from threading import Event

import pytest
from sqlalchemy import func, select, update

from tests.deciding import begun, registered, taken_by_the_colleague
from tests.offices import scene
from tests.proven import faults
from tests.together import PATIENCE, raised, together
from webapp import eventlog
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import BulkAct, BulkItem, Registration, Task
from webapp.operations import accounts, bulk_carrying
from webapp.operations.acting import SYSTEM
from webapp.operations.bulk import NewBulk, begin_bulk
from webapp.operations.bulk_carrying import BULK, DECIDE
from webapp.operations.long_work import PIECE, cancel, carry, carry_each, retry
from webapp.operations.refusals import NotNow
from webapp.queries.bulk_selection import marks_of, selected
from webapp.queries.standing import standing_of

FAILING = 20


@scene
def some(office):
    office.open_campaign()
    return registered(office, PIECE + 5)


def carried(office):
    db.session.remove()
    while carry_each(BULK, lambda: office.now):
        db.session.remove()


def count(state):
    db.session.rollback()
    return db.session.scalar(select(func.count(BulkItem.id)).where(BulkItem.state == state))


def done_of(act):
    db.session.rollback()
    return db.session.scalar(
        select(func.count(BulkItem.id))
        .join(BulkAct)
        .where(BulkAct.public_id == act, BulkItem.state == "done")
    )


@pytest.mark.mostly_on("sqlite")
@pytest.mark.parametrize("many", [45, pytest.param(500, marks=pytest.mark.soak)])
def test_20_of_many_fail(signed_in, office, many):
    office.open_campaign(registration_days=60)
    registered(office, many)
    act = begun(office)
    taken_by_the_colleague(office, FAILING)  # between the check and the worker
    carried(office)
    assert (count("done"), count("failed")) == (many - FAILING, FAILING)
    page = signed_in("officer").get(f"/bulk/{act}")
    assert f"{many - FAILING} / {many}" in page.text
    assert "20 chưa được" in page.text
    failed = page.all("table")[0]
    assert len(failed.select("tbody tr")) == FAILING
    assert failed.get_text().count("Phạm Thị Đồng Nghiệp đang xử lý việc này") == FAILING
    assert (
        len(office.read(select(Task).where(Task.element == "check_registration", Task.status == "open")))
        == FAILING
    )
    assert faults() == []


def test_a_kill_between_tasks_loses_and_doubles_nothing(office, some):
    act = begun(office)
    db.session.remove()
    assert carry(BULK, act, office.now) == PIECE
    assert (count("done"), count("waiting")) == (PIECE, 5)
    carried(office)
    assert count("done") == len(some)
    for code in some:
        told = [each.type for each in eventlog.read_stream(db.session(), f"case/{code}")]
        assert told.count("task_completed") == 2


def test_a_short_act_does_not_wait_for_the_end_of_a_long_one(office, some):
    """A colleague's few tasks, asked for later, are done while most of the long act still waits."""
    few = registered(office, 3)
    long, short = begun(office, some), begun(office, few, "colleague")
    db.session.remove()
    run.turn(lambda: office.now)
    assert done_of(long) == PIECE
    assert done_of(short) == len(few)
    run.settle(lambda: office.now)
    assert done_of(long) == len(some)


def test_what_is_promised_does_not_wait_for_the_end_of_a_long_one(office, some):
    begun(office, some)
    db.session.remove()
    run.turn(lambda: office.now)
    run.drain(lambda: office.now)
    registered_now = select(func.count(Registration.id)).where(Registration.registered_at.is_not(None))
    assert db.session.scalar(registered_now) == PIECE


def test_it_is_cancelled_and_what_is_done_stays(signed_in, office, some):
    act = begun(office)
    db.session.remove()
    carry(BULK, act, office.now)
    browser = signed_in("officer")
    browser.get(f"/bulk/{act}")
    page = browser.submit(f"form[action='/bulk/{act}/cancel']")
    assert "5 giữ nguyên" in page.text
    carried(office)
    assert (count("done"), count("waiting")) == (PIECE, 5)
    with pytest.raises(NotNow, match="bulk_ended"):
        cancel(BULK, act, actor=office.actor("officer"), now=office.now)


def test_whoever_cancels_waits_for_the_task_at_hand_and_counts_it(app, office, some, monkeypatch):
    act, officer = begun(office), office.actor("officer")
    at_hand, cancelled = Event(), Event()
    decide = bulk_carrying.ACTS[DECIDE]

    def slowly(*of):
        decide(*of)
        if not at_hand.is_set():
            at_hand.set()
            cancelled.wait(1)

    def cancel_it():
        at_hand.wait(PATIENCE)
        cancel(BULK, act, actor=officer, now=office.now)
        cancelled.set()

    monkeypatch.setitem(bulk_carrying.ACTS, DECIDE, slowly)
    assert raised(together(app, [lambda: carry(BULK, act, office.now), cancel_it])) == []
    done = count("done")
    assert done
    [told] = [each for each in eventlog.read_stream(db.session(), "bulk") if each.type == "bulk_ended"]
    assert told.fields["done"] == done


def test_nothing_is_done_in_the_name_of_a_closed_account(office, some):
    act = begun(office)
    db.session.remove()
    carry(BULK, act, office.now)
    accounts.close_account(office.person("officer").public_id, actor=SYSTEM, now=office.now)
    carried(office)
    assert (count("done"), count("failed")) == (PIECE, 5)


def test_the_failed_are_tried_again(office, some):
    act = begun(office)
    taken_by_the_colleague(office, 3)
    carried(office)
    assert count("failed") == 3
    db.session.execute(update(Task).where(Task.status == "open").values(holder_id=None))
    db.session.commit()
    retry(BULK, act, actor=office.actor("officer"), now=office.now)
    carried(office)
    assert (count("done"), count("failed")) == (len(some), 0)
    with pytest.raises(NotNow, match="nothing_to_retry"):
        retry(BULK, act, actor=office.actor("officer"), now=office.now)


def test_what_waits_in_one_act_is_not_taken_into_another(office, some):
    begun(office)
    with pytest.raises(NotNow, match="nothing_selected"):
        begin_bulk(NewBulk("decide", {}, "accept"), actor=office.actor("officer"), now=office.now)
    session, person = db.session(), office.person("officer")
    ids = [office.task("check_registration", code).public_id for code in some[:2]]
    standing = standing_of(session, person, office.today)
    _marks, busy = marks_of(session, standing, selected(session, standing, ids))
    assert len(busy) == 2
