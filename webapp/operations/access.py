"""Notes reads and refused acts in the access stream of the day: never in the stream of a case."""

from __future__ import annotations

import datetime as dt

from webapp import eventlog
from webapp.extensions import db
from webapp.operations.acting import Actor, Now
from webapp.operations.transaction import write
from workflows.happening import Happening
from workflows.values import local_day

FOLD = dt.timedelta(hours=1)


def record_access(happening: Happening, *, actor: Actor, now: Now) -> bool:
    """Note a read or a refused act in a short transaction of its own; True when it was written.

    The same act of the same person within an hour by the wall clock is noted once, so that nobody can fill
    the log by loading a page again and again.
    """
    stream = eventlog.access_stream(local_day(now.at))
    last = eventlog.last_at(db.session(), stream, happening.type(), actor.public_id, happening.fields())
    if last is not None and now.wall - last < FOLD:
        return False
    with write(actor, now) as transaction:
        transaction.log(stream, happening)
    return True
