"""Carries out what is promised and due; used by the worker, the demo and tests alike."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Collection

from webapp.extensions import db
from webapp.models import SystemFact
from webapp.operations import outbox
from webapp.operations import procedures as _procedures
from webapp.operations.acting import SYSTEM, Now
from webapp.operations.audit import make_checkpoint
from webapp.operations.bulk_carrying import BULK
from webapp.operations.erasing import ERASED_TABLES
from webapp.operations.erasure_records import keep_records
from webapp.operations.forecasts import count_forecasts
from webapp.operations.list_exports import carry_exports, forget_exports
from webapp.operations.log_verifications import carry_verification
from webapp.operations.long_work import carry_each
from webapp.operations.moving_cases import MOVES
from webapp.operations.payments import erase_payees
from webapp.operations.print_runs import PRINTS, forget_prints
from webapp.operations.purging import purge_waiting
from webapp.operations.red_flags import examine_again
from webapp.operations.rounds import destroy_spent_keys
from webapp.operations.row_imports import ROWS
from webapp.operations.self_tests import run_self_test
from webapp.operations.stage_visits import MOST, read_visits
from webapp.operations.sweeps import sweep_copies, sweep_files, sweep_papers, sweep_sessions
from webapp.operations.transaction import write
from webapp.queries.checkpoints import NIGHT
from webapp.queries.due import due_cases
from webapp.queries.self_tests import last_self_test

assert _procedures  # registers what effects do

PROMISES = 20
CASES = 1_000
TURN = 100
"""Cases whose timers are fired before promises, lists and acts on many tasks are looked at again."""
FEW = 20
PAUSE = 0.02
"""Seconds between the timers of more than a few cases: SQLite lets one write at a time, and people wait for pages."""
DAILY = "daily_work"
A_DAY = dt.timedelta(hours=20)
"""Less than a day, so that the hour does not wander."""

_log = logging.getLogger(__name__)


def drain(now: Callable[[], Now], without: Collection[str] = ()) -> int:
    """Carry out promises until none is due, but for some kinds; returns how many were run.

    A batch is leased, run one by one, and the next leased: promises that promises make are carried out as well.
    """
    done = 0
    while items := outbox.lease_due(now(), PROMISES, without=without):
        for item in items:
            outbox.run_item(item, now())
            done += 1
        db.session.remove()
    return done


def fire(now: Callable[[], Now]) -> int:
    """Fire the timers of cases that are due, of a turn at most; returns how many cases moved."""
    moved = 0
    for case_id in due_cases(db.session(), now().at, CASES):
        if moved >= TURN:
            break
        if moved >= FEW:
            time.sleep(PAUSE)
        moved += _fired(case_id, now())
    db.session.remove()
    return moved


def _fired(case_id: int, now: Now) -> bool:
    """A case whose timers cannot be fired is named in the worker's log and holds up no other."""
    try:
        return outbox.fire_due(case_id, now)
    except Exception:  # noqa: BLE001 -- whatever an engine or a database raises is the matter of this case
        _log.exception("the timers of case %s cannot be fired", case_id)
        return False


def turn(now: Callable[[], Now], without: Collection[str] = ()) -> int:
    """One turn of what waits: promises, but for some kinds, timers, a piece of each long work; 0 when nothing is left.

    Between the steps of a long file all else has its turns, and the worker gives its sign of life. At the end keys are
    destroyed.
    """

    def between() -> None:
        beat(now().wall)
        _short(now, without)

    moved = _short(now, without) + carry_exports(now, between) + carry_verification(now, between)
    if not moved:
        destroy_spent_keys(now())
    return moved


def _short(now: Callable[[], Now], without: Collection[str]) -> int:
    moved = drain(now, without) + fire(now)
    works = carry_each(ROWS, now) + carry_each(BULK, now) + carry_each(MOVES, now)
    return moved + works + carry_each(PRINTS, now)


def settle(now: Callable[[], Now], without: Collection[str] = ()) -> None:
    """Turn after turn until nothing is left."""
    while turn(now, without):
        pass


def beat(wall: dt.datetime) -> None:
    """Leave a sign of life for the health page."""
    _note("worker_heartbeat", wall)


def daily(now: Now) -> None:
    """Once a day: a signed checkpoint, what dossiers can be expected to take; what is over is put away.

    The proof is tested by itself: where this version is new, it need not wait for a day to pass.
    """
    _nightly(now)
    last = last_self_test(db.session())
    if last is None or now.wall - last.recorded_at >= A_DAY:
        run_self_test(actor=SYSTEM, now=now)


def _nightly(now: Now) -> None:
    last = db.session.get(SystemFact, DAILY)
    if last is not None and now.wall - dt.datetime.fromisoformat(last.value) < A_DAY:
        return
    make_checkpoint(actor=SYSTEM, now=now, occasion=NIGHT)
    read_visits(now, MOST)
    count_forecasts(now)
    examine_again(now)
    forget_exports(now.wall)
    forget_prints(now.wall)
    sweep_papers(now.wall)
    sweep_files(now.wall)
    sweep_sessions(now.wall)
    sweep_copies(now.wall)
    erase_payees(now)
    purge_waiting(*ERASED_TABLES, now=now)
    keep_records()
    _note(DAILY, now.wall)


def _note(name: str, wall: dt.datetime) -> None:
    with write(SYSTEM, Now(wall, wall)) as transaction:
        transaction.session.merge(SystemFact(name=name, value=wall.isoformat()))
