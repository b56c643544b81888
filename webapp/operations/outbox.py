"""Carries out what was promised: effects and messages, each in one transaction of its own.

The row is the promise; whoever runs it may die at any point and another run picks it up. What is for a frozen case,
and a message to a case that does not wait for it (yet), is held; it is tried again whenever that case has moved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import or_, select

from webapp.extensions import db
from webapp.models import Case, OutboxItem, Person
from webapp.operations import cases, hooks
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.refusals import CaseEnded, NotFound, NotNow
from webapp.operations.transaction import Transaction, write
from webapp.queries.jobs import RETRIED, jobs_of
from webapp.queries.standing import standing_of
from workflows.events import EffectDone, EffectFailed
from workflows.values import NotWaiting

LEASE = dt.timedelta(minutes=2)
HOLD = dt.timedelta(minutes=5)
MAX_ATTEMPTS = 8
FINISHED = ("done", "dropped")


def due_items(
    transaction: Transaction, limit: int, only: Collection[str] = (), without: Collection[str] = ()
) -> list[int]:
    """Lease up to ``limit`` due rows and return their ids, oldest first; ``only`` or ``without`` some kinds."""
    session = transaction.session
    wall = transaction.now.wall
    ready = or_(
        OutboxItem.status.in_(("pending", "held")) & (OutboxItem.due_at <= wall),
        (OutboxItem.status == "leased") & (OutboxItem.lease_until <= wall),
    )
    query = (
        select(OutboxItem).where(ready).order_by(OutboxItem.id).limit(limit).with_for_update(skip_locked=True)
    )
    query = query.where(OutboxItem.kind.in_(only)) if only else query
    query = query.where(OutboxItem.kind.not_in(without)) if without else query
    rows = list(session.scalars(query))
    for row in rows:
        row.status, row.lease_until, row.attempts = "leased", wall + LEASE, row.attempts + 1
    return [row.id for row in rows]


def lease_due(
    now: Now, limit: int = 20, only: Collection[str] = (), without: Collection[str] = ()
) -> list[int]:
    """Take a batch of due rows for this worker."""
    with write(SYSTEM, now) as transaction:
        return due_items(transaction, limit, only, without)


def run_item(item_id: int, now: Now) -> None:
    """Carry out one leased row. A failure is noted and tried again later, after MAX_ATTEMPTS no more."""
    try:
        prepared = _prepare(item_id)
        with write(SYSTEM, now) as transaction:
            _carry_out(transaction, item_id, prepared)
    except Exception as fault:  # noqa: BLE001 -- whatever an effect raises must not lose the promise
        _note_failure(item_id, fault, now)


def _prepare(item_id: int) -> Any:
    """The slow, reading part of an effect, before any lock is taken."""
    session = db.session()
    item = session.get_one(OutboxItem, item_id)
    if item.status in FINISHED:
        return None
    hook = hooks.preparing_hook(item.kind) if item.receiver_id is None else None
    return hook(session, session.get_one(Case, item.case_id), item.payload["params"]) if hook else None


def _locked(transaction: Transaction, item_id: int) -> OutboxItem:
    """The row as it stands, with the case locked that it is about: whoever else runs it has ended or not begun."""
    address = transaction.session.execute(
        select(OutboxItem.receiver_id, OutboxItem.case_id).where(OutboxItem.id == item_id)
    ).one()
    transaction.lock_case(address.receiver_id or address.case_id)
    return transaction.session.get_one(OutboxItem, item_id, populate_existing=True)


def _carry_out(transaction: Transaction, item_id: int, prepared: Any) -> None:
    item = _locked(transaction, item_id)
    case = transaction.session.get_one(Case, item.receiver_id or item.case_id)
    if item.status in FINISHED:
        return
    if case.state == "frozen":
        _hold(transaction, item)
    elif item.receiver_id is not None:
        _deliver(transaction, case, item)
    else:
        carried = hooks.carrying_hook(item.kind)(hooks.Carrying(transaction, case, item, prepared)) or {}
        if not hooks.is_quiet(item.kind):
            transaction.log_case(
                case, EffectDone(effect=item.effect_id or "", kind=item.kind, result=carried)
            )
        _finish(transaction, item, "done")


def _deliver(transaction: Transaction, case: Case, item: OutboxItem) -> None:
    try:
        cases.deliver(transaction, case, item.kind, item.message_id or "", item.payload)
    except NotWaiting:
        _hold(transaction, item)
    except CaseEnded:
        _finish(transaction, item, "dropped")
    else:
        _finish(transaction, item, "done")


def _hold(transaction: Transaction, item: OutboxItem) -> None:
    """Waiting is no failure: the attempts are counted anew."""
    item.status, item.due_at, item.attempts = "held", transaction.now.wall + HOLD, 0


def _finish(transaction: Transaction, item: OutboxItem, status: str) -> None:
    item.status, item.done_at, item.lease_until, item.fault = status, transaction.now.wall, None, None


def _note_failure(item_id: int, fault: Exception, now: Now) -> None:
    with write(SYSTEM, now) as transaction:
        item = _locked(transaction, item_id)
        if item.status in FINISHED:
            return
        last = item.attempts >= MAX_ATTEMPTS
        item.status, item.lease_until = ("failed" if last else "pending"), None
        item.due_at = now.wall + dt.timedelta(seconds=2**item.attempts)
        item.fault = f"{type(fault).__name__}: {fault}"[:2000]
        if last:
            case = transaction.session.get_one(Case, item.receiver_id or item.case_id)
            name = item.effect_id or item.message_id or ""
            failed = EffectFailed(effect=name, kind=item.kind, attempts=item.attempts)
            transaction.log_case(case, failed)


def retry_item(item_id: int, *, actor: Actor, now: Now) -> None:
    """Try a promise again at once, its attempts counted anew. Raises NotFound, NotNow("nothing_to_retry").

    Only who administers a unit of its case may ask for it.
    """
    with write(actor, now) as transaction:
        session = transaction.session
        person = session.get(Person, actor.person_id)
        standing = standing_of(session, person, transaction.day) if person else None
        if standing is None or not session.scalar(jobs_of(standing).where(OutboxItem.id == item_id)):
            raise NotFound
        item = _locked(transaction, item_id)
        if item.status not in RETRIED:
            raise NotNow("nothing_to_retry")
        item.status, item.due_at, item.attempts = "pending", now.wall, 0
        transaction.promised = True


def fire_due(case_id: int, now: Now) -> bool:
    """Fire what is due in one case; False when nothing moved: somebody else may have done it since it was listed."""
    with write(SYSTEM, now) as transaction:
        case = transaction.lock_case(case_id)
        due = case.next_due
        if case.state != "active" or due is None or due >= now.at:
            return False
        cases.fire_timers(transaction, case)
        return case.next_due != due
