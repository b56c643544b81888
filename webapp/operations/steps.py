"""Moves a locked case by one recorded input and stores all that follows from it."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, bindparam, or_, select, update

from webapp import eventlog
from webapp.models import Case, CouncilMembership, OutboxItem, Task, Unit
from webapp.operations import hooks
from webapp.operations.refusals import CaseEnded, CaseFrozen
from webapp.operations.stage_visits import enter_stage
from webapp.operations.transaction import Transaction
from webapp.queries.deployments import load_deployment
from webapp.queries.law import clocks_after_pause as moved_clocks
from webapp.queries.law import clocks_for
from workflows import engine
from workflows.bulk import UNDO
from workflows.events import TaskLapsed
from workflows.happening import Happening
from workflows.values import UNIT_ITEMS, Effect, Input, InputKind, OpenTask, Step

_OPEN = select(Task).where(Task.case_id == bindparam("case"), Task.status == "open").order_by(Task.id)
_items = cast(Table, OutboxItem.__table__)  # as a table: no row that is held lies in the session
_RELEASE = (
    update(_items)
    .where(
        or_(_items.c.receiver_id == bindparam("case"), _items.c.case_id == bindparam("case")),
        _items.c.status == "held",
    )
    .values(status="pending", due_at=bindparam("due_at"))
)


def refuse_unless_active(case: Case) -> None:
    """Raises CaseFrozen or CaseEnded."""
    if case.state == "frozen":
        raise CaseFrozen
    if case.state == "ended":
        raise CaseEnded


def advance(
    transaction: Transaction,
    case: Case,
    kind: InputKind,
    *,
    target: str | None = None,
    data: Mapping[str, Any] | None = None,
    clocks: Mapping[str, str] | None = None,
    once_since: dt.datetime | None = None,
) -> tuple[Input, Step]:
    """Run the engine over one input and store state and effects. The caller logs the event.

    ``clocks`` run out when they say, and not as if they began now. ``once_since``: what the case has asked for since
    then is not asked for again. Raises the engine's refusals (TaskNotOpen, NotWaiting); nothing is stored then.
    """
    deployment = load_deployment(transaction.session, case.deployment_digest)
    given = Input(
        kind=kind,
        case=case.code,
        number=case.inputs + 1,
        at=transaction.now.at,
        target=target,
        data=data or {},
        clocks=clocks_for(transaction.session, case, transaction.now.at) | dict(clocks or {}),
    )
    step = engine.advance(deployment, None if kind == "open" else case.snapshot, given)
    _store(transaction, case, step, once_since)
    return dataclasses.replace(given, clocks=step.clocks), step


def log_step(
    transaction: Transaction, case: Case, happening: Happening, given: Input, step: Step, **parts: Any
) -> None:
    """Write the event of a step with its input, store its tasks, and log each that lapsed by it."""
    transaction.log_case(
        case,
        happening,
        given=given.as_json() | {"number": given.number},
        deployment=case.deployment_digest,
        state_hash=step.state_hash,
        **parts,
    )
    for task in _exchange_tasks(transaction, case, step):
        transaction.log_case(case, TaskLapsed(task=task.public_id, element=task.element))


def can_wait(transaction: Transaction, case: Case, clock: str) -> bool:
    """Whether the rules of a case know how long a clock runs."""
    return clock in clocks_for(transaction.session, case, transaction.now.at)


def undo_until(step: Step) -> dt.datetime | None:
    """Until when the decision of a step can be undone; None where the case does not wait for that."""
    return dt.datetime.fromisoformat(step.clocks[UNDO]) if UNDO in step.waiting_for else None


def moves_of(step: Step) -> list[list[str | None]]:
    """The moves of a step as the log keeps them: [process, element, flow]."""
    return [[move.process, move.element, move.flow] for move in step.moves]


def _store(transaction: Transaction, case: Case, step: Step, once_since: dt.datetime | None) -> None:
    case.inputs += 1
    case.snapshot = step.snapshot
    case.state_hash = step.state_hash
    case.next_due = step.next_due
    if step.ended:
        enter_stage(transaction, case, None)
    elif step.stage != case.stage:
        case.stage, case.stage_since = step.stage, transaction.now.at
        enter_stage(transaction, case, step.stage)
    asked = _asked_since(transaction, case, once_since) if once_since and step.effects else ()
    for effect in step.effects:
        if (effect.process, effect.element) not in asked:
            _promise_effect(transaction, case, effect)
    _release_held(transaction, case)
    if step.ended:
        case.state, case.outcome, case.ended_at = "ended", step.outcome, transaction.now.at
        case.next_due = None
        if hook := hooks.ended_hook(case.process):
            hook(transaction, case)


def _release_held(transaction: Transaction, case: Case) -> None:
    """The case has moved: what was held for it may be welcome now."""
    released = transaction.session.connection().execute(
        _RELEASE, {"case": case.id, "due_at": transaction.now.wall}
    )
    transaction.promised |= released.rowcount > 0


def _asked_since(transaction: Transaction, case: Case, since: dt.datetime) -> set[tuple[str, str]]:
    """What the case has gone through since an instant: (process, element)."""
    events = eventlog.read_stream(transaction.session, eventlog.case_stream(case.code))
    moves = (move for event in events if event.at >= since for move in event.fields.get("moves", ()))
    return {(process, element) for process, element, _flow in moves}


def _promise_effect(transaction: Transaction, case: Case, effect: Effect) -> None:
    payload = {"params": dict(effect.params), "data": dict(effect.data), "element": effect.element}
    transaction.promise(effect.kind, payload, case_id=case.id, effect_id=effect.id)


def _exchange_tasks(transaction: Transaction, case: Case, step: Step) -> list[Task]:
    """Add what the step opened, and close what it took away by an interrupting event; returns what lapsed."""
    before = transaction.session.scalars(_OPEN, {"case": case.id}).all()
    known, still = {task.public_id for task in before}, {found.id for found in step.open_tasks}
    transaction.session.add_all(
        _task(transaction, case, found) for found in step.open_tasks if found.id not in known
    )
    lapsed = [task for task in before if task.public_id not in still]
    for task in lapsed:
        close(task, "lapsed", transaction.now.at)
    return lapsed


def _task(transaction: Transaction, case: Case, found: OpenTask) -> Task:
    task = Task(
        public_id=found.id,
        case_id=case.id,
        process=found.process,
        element=found.element,
        name=found.name,
        round=found.round,
        items=dict(found.items),
        role=found.role,
        unit_id=_unit_id(transaction, case, found),
        status="open",
        opened_at=transaction.now.at,
        due=found.due,
    )
    if seat := found.items.get("membership") or found.items.get("counter"):
        membership = transaction.session.execute(
            select(CouncilMembership).where(CouncilMembership.public_id == seat)
        ).scalar_one()
        task.membership_id, task.person_id = membership.id, membership.person_id
    elif found.role == "registrant" and found.place == "submitter":
        task.person_id = case.registrant_id
        task.role = "registrant" if case.registrant_id else "officer"
    elif found.role == "auditor":
        task.person_id = case.registrant_id  # who raised the finding concludes on it
    return task


def _unit_id(transaction: Transaction, case: Case, found: OpenTask) -> int:
    if found.place == "each":
        code = next(value for name, value in found.items.items() if name in UNIT_ITEMS)
        return transaction.session.execute(select(Unit.id).where(Unit.code == code)).scalar_one()
    places = {
        "submitter": case.unit_id,
        "district": case.district_id,
        "organiser": case.organiser_id,
        "province": case.province_id,
    }
    return places[found.place] or case.organiser_id


def close(
    task: Task, status: str, at: dt.datetime, person_id: int | None = None, decision: str | None = None
) -> None:
    """Mark a task as no longer open."""
    task.status, task.closed_at, task.closed_by_id, task.decision = status, at, person_id, decision


def clocks_after_pause(
    transaction: Transaction, case: Case, stopped: dt.datetime
) -> dict[str, dict[str, str]]:
    """Where the clocks of the rules that a case waits for go when it has stood still since ``stopped``."""
    deployment = load_deployment(transaction.session, case.deployment_digest)
    assert case.snapshot is not None  # it has been opened
    waiting = engine.waiting_clocks(deployment, case.snapshot)
    return moved_clocks(transaction.session, case, waiting, stopped, transaction.now.at)


def postpone_tasks(transaction: Transaction, case: Case, step: Step) -> None:
    """The open tasks of a case are due when the engine, having moved its timers, says; what is over stays so."""
    due = {found.id: found.due for found in step.open_tasks}
    for task in transaction.session.scalars(_OPEN, {"case": case.id}):
        task.due = due[task.public_id] or task.due
