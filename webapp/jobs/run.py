"""Carries out what is promised and due; used by the worker, the demo and tests alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from webapp.extensions import db
from webapp.models import SystemFact
from webapp.operations import outbox
from webapp.operations import procedures as _procedures
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.transaction import write
from webapp.queries.due import due_cases

assert _procedures  # registers what effects do

BATCH = 50


def drain(now: Callable[[], Now]) -> int:
    """Carry out promises until none is due; returns how many were run.

    A batch is leased, run one by one, and the next leased: promises that promises make are carried out as well.
    """
    done = 0
    while items := outbox.lease_due(now(), BATCH):
        for item in items:
            outbox.run_item(item, now())
            done += 1
        db.session.remove()
    return done


def fire(now: Callable[[], Now]) -> int:
    """Fire the timers of every case that is due; returns how many cases."""
    fired = 0
    while cases := due_cases(db.session(), now().at, BATCH):
        for case_id in cases:
            outbox.fire_due(case_id, now())
            fired += 1
        db.session.remove()
    return fired


def settle(now: Callable[[], Now]) -> None:
    """Promises and timers until nothing is left to do at this instant."""
    while drain(now) + fire(now):
        pass


def beat(wall: dt.datetime) -> None:
    """Leave a sign of life for the health page."""
    with write(SYSTEM, Now(wall, wall)) as transaction:
        transaction.session.merge(SystemFact(name="worker_heartbeat", value=wall.isoformat()))
