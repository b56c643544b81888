"""Verifies the record in the worker, however long it is: asked for on a page, carried out while nobody waits."""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable

from flask import current_app
from sqlalchemy import delete, or_, select

from webapp import eventlog
from webapp.extensions import db
from webapp.models import LogVerification, Person
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.papers import file_store
from webapp.operations.transaction import write
from webapp.operations.turns import let_others
from webapp.queries.log_verifications import UNENDED
from webapp.queries.proof import Proof
from webapp.queries.snapshots import snapshot

LEASE = dt.timedelta(minutes=10)
KEPT, TOLD = 20, 500
"""So many verifications are kept, and so many findings of each."""
SPAN = 2.0
"""Seconds after which it is noted how far it has come, and other work has its turn."""

_log = logging.getLogger(__name__)


def begin_verification(*, actor: Actor, now: Now) -> None:
    """Let the worker verify the record; of two that ask, the second waits for what the first has begun."""
    with write(actor, now) as transaction:
        session = transaction.session
        transaction.hold(Person, actor.person_id)  # of two clicks the second sees what the first has begun
        if session.scalar(select(LogVerification.id).where(LogVerification.state.in_(UNENDED)).limit(1)):
            return
        newest = select(LogVerification.id).order_by(LogVerification.id.desc()).limit(KEPT - 1)
        session.execute(
            delete(LogVerification).where(LogVerification.id.not_in(session.scalars(newest).all()))
        )
        total = sum(number for _stream, number, _head in eventlog.streams(session))
        session.add(LogVerification(person_id=actor.person_id, asked_at=now.wall, total=total, findings=[]))
        transaction.promised = True


def carry_verification(now: Callable[[], Now], between: Callable[[], object]) -> int:
    """Carry out the verification that waits, doing other work ``between``; returns 0 when none waits."""
    verification_id = _leased(now())
    if verification_id is None:
        return 0
    try:
        _verify(verification_id, now, between)
    except Exception:  # noqa: BLE001 -- whatever a disk or a store of files raises is told on the page
        _log.exception("the record cannot be verified")
        db.session.rollback()
        _note(verification_id, now(), state="failed", ended_at=now().wall)
    return 1


def _leased(now: Now) -> int | None:
    """Id of the verification to carry out: one that waits, or whose worker has died."""
    dead = (LogVerification.state == "running") & (LogVerification.lease_until < now.wall)
    free = select(LogVerification).where(or_(LogVerification.state == "waiting", dead))
    if db.session.scalar(free.limit(1)) is None:
        return None
    with write(SYSTEM, now) as transaction:
        query = free.order_by(LogVerification.id).limit(1).with_for_update(skip_locked=True)
        made = transaction.session.scalar(query.execution_options(populate_existing=True))
        if made is None:
            return None
        made.state, made.events, made.lease_until = "running", 0, now.wall + LEASE
        return made.id


def _verify(verification_id: int, now: Callable[[], Now], between: Callable[[], object]) -> None:
    settings, begun, noted = current_app.config["SETTINGS"], time.monotonic(), time.monotonic()

    def come(events: int) -> None:
        nonlocal noted
        if time.monotonic() - noted >= SPAN:
            _note(verification_id, now(), events=events, lease_until=now().wall + LEASE)
            let_others(between)
            noted = time.monotonic()

    with snapshot(db.engine) as reading:
        proof = Proof(reading, settings.data_dir, file_store(), settings.checkpoint_dir, come=come)
        findings = [(each.kind, each.place, each.detail) for each in proof.findings()]
    _note(
        verification_id,
        now(),
        state="done",
        ended_at=now().wall,
        events=proof.events,
        streams=len(proof.streams),
        checkpoints=proof.checkpoints,
        papers=len(proof.papers),
        milliseconds=round((time.monotonic() - begun) * 1_000),
        faults=len(findings),
        findings=findings[:TOLD],
    )


def _note(verification_id: int, now: Now, **values: object) -> None:
    with write(SYSTEM, now) as transaction:
        made = transaction.session.get_one(LogVerification, verification_id, with_for_update=True)
        for name, value in values.items():
            setattr(made, name, value)
