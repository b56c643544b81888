"""Moves the demo's business clock."""

from __future__ import annotations

import datetime as dt

from webapp.clock import OFFSET, mark_of
from webapp.models import SystemFact
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.due import next_due
from workflows.events import ClockMoved

STEP_BEYOND = dt.timedelta(seconds=1)


def set_clock(at: dt.datetime, *, actor: Actor, now: Now) -> None:
    """Let business time be ``at`` from now on; never earlier than it was."""
    if at < now.at:
        raise NotNow("clock_backwards")
    with write(actor, now) as transaction:
        _move(transaction, at - now.wall)
        transaction.log("system", ClockMoved(seconds=int((at - now.at).total_seconds())))


def advance_to_next_due(mark: str = "", *, actor: Actor, now: Now) -> dt.datetime:
    """Move business time to just beyond the next due instant and return it.

    Raises NotNow("nothing_due"), and NotNow("clock_moved") when ``mark`` is not that of the clock any more: a button
    pressed twice moves it once.
    """
    with write(actor, now) as transaction:
        if mark and mark != mark_of(transaction.session):
            raise NotNow("clock_moved")
        instant = next_due(transaction.session, now.at)
        if instant is None:
            raise NotNow("nothing_due")
        instant += STEP_BEYOND
        _move(transaction, instant - now.wall)
        transaction.log("system", ClockMoved(seconds=int((instant - now.at).total_seconds())))
        return instant


def _move(transaction: Transaction, delta: dt.timedelta) -> None:
    """Keep the offset, and let the worker be rung for: timers may be due now."""
    transaction.session.merge(SystemFact(name=OFFSET, value=repr(delta.total_seconds())))
    transaction.promised = True
