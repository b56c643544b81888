"""The one transaction of an operation: locks first, no change without its event, nothing half done."""

import logging

import pytest
from sqlalchemy import select, update

from tests.factories import CAMPAIGN
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Campaign, OutboxItem, Person, SystemFact
from webapp.operations.acting import SYSTEM
from webapp.operations.idempotency import once_done
from webapp.operations.transaction import SilentChange, WriteWithinWrite, joined, on_promise, write
from workflows.events import ClockMoved

HAPPENED = ClockMoved(seconds=1)


@pytest.fixture
def bells():
    """Registers a bell; none hangs afterwards."""
    yield on_promise
    on_promise(lambda: None)


def act(office, change, happening=None):
    """An operation that makes a change and logs what happened, if it says so."""
    with write(SYSTEM, office.now) as transaction:
        change(transaction)
        if happening is not None:
            transaction.log("system", happening)


def rename(transaction):
    transaction.session.scalar(select(Campaign).where(Campaign.code == CAMPAIGN)).title = "Khác"


def rename_by_statement(transaction):
    transaction.session.execute(update(Campaign).values(title="Khác"))


def enter(transaction):
    transaction.session.add(Person(name="Ai", sort_key="ai", search_key="ai"))


def promise(transaction):
    transaction.promise("notify", {})


def fail(_transaction):
    raise LookupError


def after(*changes):
    """One change after the other."""
    return lambda transaction: [change(transaction) for change in changes]


def log(transaction):
    transaction.log("system", HAPPENED)


def title():
    db.session.rollback()
    return db.session.scalar(select(Campaign.title).where(Campaign.code == CAMPAIGN))


@pytest.mark.parametrize(
    ("change", "table"), [(rename, "campaign"), (rename_by_statement, "campaign"), (enter, "person")]
)
def test_a_change_without_an_event_is_undone(office, change, table):
    before = title()
    with pytest.raises(SilentChange, match=table):
        act(office, change)
    assert title() == before
    assert db.session.scalar(select(Person.id).where(Person.name == "Ai")) is None


@pytest.mark.parametrize("change", [rename, rename_by_statement])
def test_with_its_event_the_change_stays(office, change):
    act(office, change, HAPPENED)
    assert title() == "Khác"


def test_the_machines_own_bookkeeping_needs_no_event(office):
    act(office, lambda transaction: transaction.session.merge(SystemFact(name="thử", value="1")))
    db.session.rollback()
    assert db.session.get(SystemFact, "thử").value == "1"


def test_an_event_is_undone_with_what_failed(office):
    before = len(eventlog.read_stream(db.session(), "system"))
    with pytest.raises(LookupError):
        act(office, after(log, fail))
    assert len(eventlog.read_stream(db.session(), "system")) == before


def test_changes_made_before_an_operation_are_refused(office):
    db.session.scalar(select(Campaign).where(Campaign.code == CAMPAIGN)).title = "Khác"
    with pytest.raises(SilentChange, match="pending"):
        act(office, log)
    assert title() != "Khác"


def test_an_operation_within_an_operation_is_refused(office):
    before = title()
    with pytest.raises(WriteWithinWrite):
        act(office, after(rename, log, lambda _transaction: act(office, log)))
    assert title() == before
    act(office, log)


def test_a_joined_operation_is_committed_or_undone_with_the_one_around_it(office):
    before, then = title(), {"actor": office.actor("officer"), "now": office.now}

    def join(transaction):
        with joined(transaction):
            act(office, after(rename, log))

    with pytest.raises(LookupError):
        act(office, after(join, fail))
    assert title() == before
    with pytest.raises(WriteWithinWrite):
        act(office, after(join, lambda _transaction: act(office, log)))
    assert title() == before
    answers = [
        once_done("k", "rename", lambda: act(office, after(rename, log)) or {"n": 1}, **then) for _ in "ab"
    ]
    assert (title(), answers) == ("Khác", [{"n": 1}] * 2)


def test_the_bell_rings_after_the_commit_and_only_for_promises(app, office, bells):
    heard = []

    def bell():
        with db.engine.connect() as other:
            heard.append(len(other.execute(select(OutboxItem.id)).all()))

    bells(bell)
    act(office, log)
    assert heard == []
    with pytest.raises(LookupError):
        act(office, after(promise, fail))
    assert heard == []
    act(office, promise)
    assert heard == [1]


def test_a_broken_bell_does_not_look_like_a_failed_act(office, bells, caplog):
    bells(lambda: fail(None))
    with caplog.at_level(logging.WARNING):
        act(office, promise)
    assert "its next sweep finds the promise" in caplog.text
    assert db.session.scalar(select(OutboxItem.status)) == "pending"
