"""Carries out acts on many tasks, each task in a transaction of its own: nothing is done twice.

Whoever dies in the middle leaves what was not done waiting, and the next worker goes on with it.
"""

from __future__ import annotations

import logging
from typing import Any

from sqlalchemy import select

from webapp.extensions import db
from webapp.models import BulkAct, BulkItem, Task
from webapp.operations import steps
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.bulk import ASSIGN, DECIDE, TAKE, end_bulk
from webapp.operations.notices import tell
from webapp.operations.refusals import AlreadyDone, HeldByOther, InvalidForm, NotFound, NotNow, Refused
from webapp.operations.stand_ins import act_again_for, hold_task
from webapp.operations.tasks import actable_task, complete_in
from webapp.operations.transaction import Transaction, write
from workflows.bulk import UNDO
from workflows.bulk_events import DecisionUndone, TaskAssigned
from workflows.events import TaskTaken
from workflows.values import NotWaiting

CHUNK = 50
AT_ONCE = 20
"""So many tasks are done before the page answers; more are left to the worker."""

_log = logging.getLogger(__name__)


def carry_bulk(now: Now, public_id: str = "") -> int:
    """Do the next tasks of the oldest act that waits, or of this one; returns how many were tried, 0 for none."""
    session = db.session()
    running = select(BulkAct).where(BulkAct.state == "running").order_by(BulkAct.id).limit(1)
    made = session.scalar(running.where(BulkAct.public_id == public_id) if public_id else running)
    if made is None:
        return 0
    bulk_id, actor = made.id, Actor.of(made.person)
    waiting = select(BulkItem.id).where(BulkItem.bulk_id == bulk_id, BulkItem.state == "waiting")
    items = list(session.scalars(waiting.order_by(BulkItem.id).limit(CHUNK)))
    for item_id in items:
        _carry(bulk_id, item_id, actor, now)
    if not items:
        _finish(bulk_id, now)
    return len(items) or 1


def carry_few(public_id: str, now: Now) -> None:
    """Do an act at once that is for few tasks; one for many is the worker's."""
    session = db.session()
    query = select(BulkItem.id).join(BulkAct).where(BulkAct.public_id == public_id)
    if len(session.scalars(query.limit(AT_ONCE + 1)).all()) <= AT_ONCE:
        while carry_bulk(now, public_id):
            pass


def _finish(bulk_id: int, now: Now) -> None:
    with write(SYSTEM, now) as transaction:
        made = transaction.session.get_one(BulkAct, bulk_id, with_for_update=True, populate_existing=True)
        if made.state == "running":
            end_bulk(transaction, made, "done")


def _carry(bulk_id: int, item_id: int, actor: Actor, now: Now) -> None:
    """Do it for one task, or note why it cannot be done."""
    try:
        with write(actor, now) as transaction:
            item = _waiting(transaction, item_id)
            made = transaction.session.get_one(BulkAct, bulk_id, populate_existing=True)
            if item is None or made.state != "running":
                return  # somebody else has done it, or it was cancelled
            ACTS[made.act](transaction, made, item)
            item.state = "done"
    except Refused as refusal:
        _note(item_id, _fault(refusal), now)
    except Exception:  # noqa: BLE001 -- whatever an engine or a database raises is the matter of this task
        _log.exception("item %s of act %s cannot be done", item_id, bulk_id)
        _note(item_id, {"refusal": "broken"}, now)


def _note(item_id: int, fault: dict[str, Any], now: Now) -> None:
    with write(SYSTEM, now) as transaction:
        item = _waiting(transaction, item_id)
        if item is not None:
            item.state, item.fault = "failed", fault


def _waiting(transaction: Transaction, item_id: int) -> BulkItem | None:
    """The item, locked, unless somebody else has it or has done it."""
    query = select(BulkItem).where(BulkItem.id == item_id, BulkItem.state == "waiting")
    found: BulkItem | None = transaction.session.scalar(
        query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    )
    return found


def _task(transaction: Transaction, item: BulkItem) -> Task:
    """The task, locked, to be acted on for whom it was selected for: a delegation may have ended since."""
    public_id = transaction.session.execute(
        select(Task.public_id).where(Task.id == item.task_id)
    ).scalar_one()
    try:
        task = actable_task(transaction, public_id)
    except NotFound as fault:
        if item.principal_id is None:
            raise
        raise NotNow("delegation_over") from fault
    if transaction.principal_id != item.principal_id:
        raise NotNow("delegation_over" if item.principal_id else "acts_for_other")
    return task


def _take(transaction: Transaction, _made: BulkAct, item: BulkItem) -> None:
    task = _task(transaction, item)
    if task.holder_id != transaction.actor.person_id:
        hold_task(transaction, task)
        transaction.log_case(task.case, TaskTaken(task=task.public_id, element=task.element))


def _assign(transaction: Transaction, made: BulkAct, item: BulkItem) -> None:
    task = _task(transaction, item)
    if item.principal_id is not None:
        raise NotFound  # what is delegated to one is not given on
    assert made.receiver is not None
    task.holder_id, task.taken_at = made.receiver_id, transaction.now.at
    happening = TaskAssigned(task=task.public_id, element=task.element, person=made.receiver.public_id)
    transaction.log_case(task.case, happening)
    tell(transaction, task.case, [made.receiver.id], "task_assigned")


def _decide(transaction: Transaction, made: BulkAct, item: BulkItem) -> None:
    data = {**made.form, "decision": made.decision}
    task = _task(transaction, item)
    timed = steps.can_wait(transaction, task.case, UNDO)
    item.undo_until = complete_in(transaction, task, data, in_bulk=timed).undo_until


def _undo(transaction: Transaction, _made: BulkAct, item: BulkItem) -> None:
    undo_in(transaction, item.task_id)


ACTS = {TAKE: _take, ASSIGN: _assign, DECIDE: _decide, UNDO: _undo}


def undo_decision(task_id: str, *, actor: Actor, now: Now) -> None:
    """Undo a decision that the actor took for many, in this one dossier. Raises NotFound, NotNow("undo_over")."""
    with write(actor, now) as transaction:
        row_id = transaction.session.scalar(select(Task.id).where(Task.public_id == task_id))
        if row_id is None:
            raise NotFound
        undo_in(transaction, row_id)


def undo_in(transaction: Transaction, task_id: int) -> None:
    """Let a case go back to the task whose decision is undone; whoever locks the case first wins, this or the timer."""
    session, actor, now = transaction.session, transaction.actor, transaction.now
    task = transaction.lock_task(
        session.execute(select(Task.public_id).where(Task.id == task_id)).scalar_one()
    )
    query = (
        select(BulkItem)
        .join(BulkAct)
        .where(
            BulkItem.task_id == task_id,
            BulkItem.undo_until.is_not(None),
            BulkAct.person_id == actor.person_id,
        )
        .execution_options(populate_existing=True)
    )
    item = session.scalar(query)
    if item is None:
        raise NotFound
    act_again_for(transaction, task)
    steps.refuse_unless_active(task.case)
    if item.undone_at is not None or item.undo_until is None or now.at > item.undo_until:
        raise NotNow("undo_over")
    try:
        given, step = steps.advance(transaction, task.case, "deliver", target=UNDO)
    except NotWaiting as fault:
        raise NotNow("undo_over") from fault
    item.undone_at = now.at
    happening = DecisionUndone(task=task.public_id, element=task.element, moves=steps.moves_of(step))
    steps.log_step(transaction, task.case, happening, given, step)


def _fault(refusal: Refused) -> dict[str, Any]:
    """What a page says of a task for which it could not be done."""
    match refusal:
        case InvalidForm():
            first = refusal.faults[0]
            return {"pointer": first.pointer, "code": first.code, "params": dict(first.params)}
        case AlreadyDone():
            at = refusal.at.isoformat() if refusal.at else None
            return {"refusal": refusal.code, "by": refusal.by, "at": at}
        case HeldByOther():
            return {"refusal": refusal.code, "by": refusal.holder}
    return {"refusal": refusal.code}
