"""The worker is killed all through an act on many tasks: each is done exactly once, and the result names every one."""

from collections import Counter

import pytest
from sqlalchemy import select

from tests.deciding import begun, registered, taken_by_the_colleague
from tests.installation import installed
from tests.proven import faults
from tests.webapp.jobs.test_kills import dying, types, unkept
from webapp import eventlog
from webapp.extensions import db
from webapp.models import BulkItem, Case, Task

FEW, MANY = 3, 120
KILLS = 4
DONE_BETWEEN = 23
"""Tasks that are done before the next kill; no multiple of a piece."""


def results(act):
    """What came of each task, by the code of its case; the act has ended once, with these numbers."""
    db.session.rollback()
    items = db.session.execute(
        select(Case.code, BulkItem.state)
        .join(Task, Task.id == BulkItem.task_id)
        .join(Case, Case.id == Task.case_id)
    ).all()
    told = [event for event in eventlog.read_stream(db.session(), "bulk") if event.type == "bulk_ended"]
    counts = Counter(state for _code, state in items)
    ended = [{name: event.fields[name] for name in ("bulk", "state", "done", "failed")} for event in told]
    assert ended == [{"bulk": act, "state": "done", "done": counts["done"], "failed": counts["failed"]}]
    return dict(items)


def done_once(states):
    """Who was accepted was so by one event and one promise kept; who was not, by none."""
    for code, state in states.items():
        told = Counter(types(code))
        assert told["task_completed"] == (2 if state == "done" else 1)
        assert told["effect_done"] == (1 if state == "done" else 0)
    assert unkept() == []
    assert faults() == []


def test_killed_all_through_an_act(app, office, settings):
    office.open_campaign()
    codes = registered(office, FEW)
    act = begun(office)
    taken_by_the_colleague(office, 1)
    db.session.remove()
    assert dying(settings, "settle") > 2
    states = results(act)
    assert states == dict(zip(codes, ["failed", "done", "done"], strict=True))
    done_once(states)


@pytest.mark.soak
def test_killed_again_and_again_in_an_act_of_many(app, office, settings):
    office.open_campaign()
    codes = registered(office, MANY)
    act = begun(office)
    db.session.remove()

    def done():
        db.session.rollback()
        return len(db.session.scalars(select(BulkItem.id).where(BulkItem.state == "done")).all())

    with installed(settings) as installation:
        for kill in range(1, KILLS + 1):
            installation.start("worker")
            installation.wait_until(lambda enough=kill * DONE_BETWEEN: done() >= enough)
            installation.kill("worker")
            assert done() < MANY
        installation.start("worker")
        installation.wait_until(lambda: done() == MANY)
        installation.wait_until(lambda: "bulk_ended" in logged())
    states = results(act)
    assert sorted(states) == sorted(codes)
    dying(settings, "settle")
    done_once(states)


def logged():
    db.session.rollback()
    return [event.type for event in eventlog.read_stream(db.session(), "bulk")]
