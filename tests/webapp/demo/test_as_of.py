"""The past of the demo by its tables is its past by running the log again: at random instants, and as a verdict."""

import datetime as dt
import random

from sqlalchemy import select

from webapp import eventlog
from webapp.eventlog import case_stream
from webapp.extensions import db
from webapp.models import Case, Task
from webapp.queries.as_of import Span, due_at, open_within
from webapp.queries.replays import rerun_of, verdicts
from webapp.queries.standing import Held, Standing
from webapp.queries.tracking_as_of import WantedThen, tracking_then

CASES, INSTANTS = 70, 60


def test_open_tasks_and_stages_are_those_of_running_the_log_again(demo, pytestconfig):
    chance = random.Random(20191210)
    session = db.session()
    codes = list(session.scalars(select(Case.code).order_by(Case.id)))
    drawn = codes if pytestconfig.getoption("--soak") else chance.sample(codes, CASES)
    events = {code: eventlog.read_stream(session, case_stream(code)) for code in drawn}
    steps = {code: rerun_of(session, code, events[code], trusted=True).report.steps for code in drawn}
    every = sorted(step.at for each in steps.values() for step in each)
    at_steps = chance.sample(every, INSTANTS // 2)
    between = [
        at + dt.timedelta(seconds=chance.randrange(1, 90_000)) for at in chance.sample(every, INSTANTS // 2)
    ]
    compared = 0
    for at in at_steps + between:
        rows = _open_rows(at)
        stages = _stages(at)
        for code, of_case in steps.items():
            reached = [step for step in of_case if step.at <= at]
            again = {task.id: task for task in reached[-1].open_tasks} if reached else {}
            open_then = rows.get(code, {})
            assert open_then.keys() == again.keys(), (code, at)
            for public_id, (due, closed) in open_then.items():
                due_then = due_at(events[code], public_id, due, at, closed)
                # The engine forgets a deadline that is over; its row keeps it.
                assert again[public_id].due in (due_then, None), (code, at)
            if code in stages and not reached[-1].ended:
                assert stages[code] == (reached[-1].stage or "draft"), (code, at)
            compared += len(again)
    assert compared > INSTANTS


def _open_rows(at):
    query = select(Case.code, Task.public_id, Task.due, Task.closed_at).join(Task, Task.case_id == Case.id)
    found = {}
    for code, public_id, due, closed in db.session.execute(query.where(open_within(Span(at, at)))):
        found.setdefault(code, {})[public_id] = due, closed
    return found


def _stages(at):
    everything = Standing(0, (Held("auditor", 0, "an-giang"),))
    first = tracking_then(db.session(), everything, WantedThen(), at)
    pages = range(1, first.pages + 1)
    tables = (tracking_then(db.session(), everything, WantedThen(page=page), at) for page in pages)
    rows = [row for table in tables for row in table.rows]
    assert sum(first.counts.values()) == len(rows)
    return {row.code: row.phase for row in rows if row.outcome is None}


def test_a_task_time_that_was_changed_is_found(demo):
    session = db.session()
    [task] = session.scalars(select(Task).where(Task.status == "done").order_by(Task.id.desc()).limit(1))
    task.closed_at += dt.timedelta(minutes=1)
    session.flush()
    [(_code, verdict)] = verdicts(session, [task.case.code])
    assert verdict.deviations == ("task_times",)
    session.rollback()
