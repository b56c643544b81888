"""What an act on many tasks does to each of them, and undoing it; each task in a transaction of its own."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, literal, select

from webapp.models import BulkAct, BulkItem, Task, TaskRead
from webapp.operations import steps
from webapp.operations.acting import Actor, Now
from webapp.operations.long_work import ItemWork
from webapp.operations.notices import tell
from webapp.operations.refusals import NotFound, NotNow
from webapp.operations.stand_ins import act_again_for, hold_task
from webapp.operations.tasks import actable_task, complete_in
from webapp.operations.transaction import Transaction, write
from webapp.queries.law import deadline_clock
from workflows.bulk import UNDO
from workflows.bulk_events import BulkBegun, BulkEnded, DecisionUndone, TaskAssigned
from workflows.events import TaskTaken
from workflows.values import NotWaiting

TAKE, ASSIGN, DECIDE = "take", "assign", "decide"


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


_OPEN_AGAIN = select(Task).where(
    Task.case_id == bindparam("case"), Task.element == bindparam("element"), Task.status == "open"
)


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
    task.holder_id, task.taken_at, task.principal_id = made.receiver_id, transaction.now.at, None
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


def _begun(made: BulkAct, tasks: int) -> BulkBegun:
    return BulkBegun(
        bulk=made.public_id, act=made.act, decision=made.decision, tasks=tasks, digest=made.digest
    )


def _ended(made: BulkAct, state: str, done: int, failed: int) -> BulkEnded:
    return BulkEnded(bulk=made.public_id, state=state, done=done, failed=failed)


BULK = ItemWork(
    made=BulkAct,
    over="bulk_ended",
    item=BulkItem,
    of=BulkItem.bulk_id,
    stream="bulk",
    begun=_begun,
    ended=_ended,
    do=lambda transaction, made, item, _prepared: ACTS[made.act](transaction, made, item),
    person=lambda made: made.person,
)
"""Acts on many tasks, as work that can be left."""


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
        given, step = steps.advance(
            transaction,
            task.case,
            "deliver",
            target=UNDO,
            clocks=deadline_clock(task),
            once_since=task.opened_at,
        )
    except NotWaiting as fault:
        raise NotNow("undo_over") from fault
    item.undone_at = now.at
    happening = DecisionUndone(task=task.public_id, element=task.element, moves=steps.moves_of(step))
    steps.log_step(transaction, task.case, happening, given, step)
    _come_back(transaction, task)


def _come_back(transaction: Transaction, task: Task) -> None:
    """What is undone waits since it first came and is due when it was; whoever has opened it has opened it."""
    session = transaction.session
    for again in session.scalars(_OPEN_AGAIN, {"case": task.case_id, "element": task.element}).all():
        again.opened_at = task.opened_at
        again.due = again.due or task.due  # the timer of what is over-due has run out already
        read = select(TaskRead.person_id, literal(again.id), TaskRead.read_at)
        read = read.where(TaskRead.task_id == task.id)
        session.execute(insert(TaskRead).from_select(["person_id", "task_id", "read_at"], read))
