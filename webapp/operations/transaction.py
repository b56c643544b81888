"""One write, one transaction: locks first, and no change of state without its event."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, inspect, select
from sqlalchemy import event as sqlalchemy_event
from sqlalchemy.orm import ORMExecuteState, Session, undefer

from webapp import eventlog
from webapp.extensions import db
from webapp.models import (
    ApiToken,
    BulkItem,
    Campaign,
    Case,
    CaseRoute,
    CheckpointMail,
    ChosenColumns,
    Delegation,
    EndedSession,
    FlagExamination,
    FormDraft,
    IdempotencyKey,
    ListExport,
    LogVerification,
    Mail,
    MovedCase,
    Notice,
    OutboxItem,
    Person,
    Preference,
    PrintPortion,
    PrintRun,
    RedFlag,
    RowImportLine,
    SavedView,
    StageForecast,
    StageVisit,
    StartView,
    SystemFact,
    TakenRoute,
    Task,
    TaskRead,
    Unit,
    WaitingPaper,
)
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import NotFound
from workflows.happening import Happening
from workflows.values import local_day

UNLOGGED = (
    ApiToken,
    CheckpointMail,
    ChosenColumns,
    BulkItem,
    CaseRoute,
    EndedSession,
    FlagExamination,
    FormDraft,
    IdempotencyKey,
    ListExport,
    LogVerification,
    Mail,
    MovedCase,
    Notice,
    OutboxItem,
    Preference,
    PrintPortion,
    PrintRun,
    RedFlag,
    RowImportLine,
    SavedView,
    StageForecast,
    StageVisit,
    StartView,
    SystemFact,
    TakenRoute,
    TaskRead,
    WaitingPaper,
)
"""Rows that are not the state of a procedure: drafts, notices, e-mails, views, the machine's own bookkeeping."""

LOG = frozenset({"event", "event_private"})
OPEN = "operation is open"
JOINED = "operations write in the open one"
Holdable = Campaign | Delegation | Person | Unit

_log = logging.getLogger(__name__)

_FRESH = {"populate_existing": True}
_CASE_OF_TASK = select(Task.case_id).where(Task.public_id == bindparam("task"))
_FRESH_TASK = select(Task).where(Task.public_id == bindparam("task")).execution_options(**_FRESH)
_LOCKED_CASE = (
    select(Case)
    .where(Case.id == bindparam("case"))
    .options(undefer(Case.snapshot))
    .with_for_update(
        of=Case, key_share=True
    )  # rows that only refer to it need not wait: a merger notes very many
    .execution_options(**_FRESH)
)


class Transaction:
    """The hands of an operation: its session, its actor, its instant, its pen for the log."""

    def __init__(self, session: Session, actor: Actor, now: Now) -> None:
        self.session = session
        self.actor = actor
        self.now = now
        self.principal_id: int | None = None
        self.logged = 0
        self.changed: set[str] = set()
        self.promised = False
        self.read: list[Any] = []

    def act_for(self, principal_id: int | None, principal: str | None) -> None:
        """What is done and logged from here on is done for this person (with their public id), or for oneself."""
        self.principal_id = principal_id
        self.actor = replace(self.actor, principal=principal)

    @property
    def day(self) -> dt.date:
        """The business day of the act, in Việt Nam."""
        return local_day(self.now.at)

    def log(self, stream: str, happening: Happening, **parts: Any) -> eventlog.Written:
        """Append an event to a stream; ``parts``: given, deployment, state_hash, private."""
        written = eventlog.append(
            self.session,
            stream,
            happening,
            actor=self.actor.public_id,
            principal=self.actor.principal,
            at=self.now.at,
            recorded_at=self.now.wall,
            **parts,
        )
        self.logged += 1
        return written

    def log_case(self, case: Case, happening: Happening, **parts: Any) -> eventlog.Written:
        """Append an event to the stream of a case."""
        return self.log(eventlog.case_stream(case.code), happening, **parts)

    def lock_case(self, case_id: int) -> Case:
        """The case, locked and fresh. Several cases are locked in ascending id."""
        self.read.clear()  # whoever held the lock before may have changed it
        case = self.session.scalar(_LOCKED_CASE, {"case": case_id})
        if case is None:
            raise NotFound
        return case

    def lock_task(self, public_id: str) -> Task:
        """The task with its case locked; the task is read after the lock, so it is as it stands now."""
        case_id = self.session.scalar(_CASE_OF_TASK, {"task": public_id})
        if case_id is None:
            raise NotFound
        self.lock_case(case_id)
        return self.session.execute(_FRESH_TASK, {"task": public_id}).scalar_one()

    def hold(self, model: type[Holdable], row_id: int | None) -> None:
        """Let everybody else who wants to hold this row wait until the end of this transaction.

        For what must be judged by one at a time beyond one case. Held after a case, never before one.
        """
        self.read.clear()
        self.session.execute(select(model.id).where(model.id == row_id).with_for_update(key_share=True))

    def promise(self, kind: str, payload: Mapping[str, Any], **address: Any) -> OutboxItem:
        """Put a row into the outbox; it is carried out after the commit, once."""
        item = OutboxItem(kind=kind, payload=dict(payload), due_at=self.now.wall, **address)
        self.session.add(item)
        self.promised = True
        return item


class SilentChange(RuntimeError):
    """State was changed and nothing was logged: a fault of the operation."""


class WriteWithinWrite(RuntimeError):
    """An operation was called within an operation, and would have committed half of it."""


@contextmanager
def write(actor: Actor, now: Now) -> Iterator[Transaction]:
    """Open the one transaction of an operation; commit at the end, roll back on any exception.

    What was read before belongs to an older transaction and is read anew. On SQLite the transaction locks at once;
    on PostgreSQL the operation locks its case first.
    """
    session = db.session()
    if outer := session.info.get(JOINED):
        yield outer
        return
    if session.info.get(OPEN):
        raise WriteWithinWrite
    if session.new or session.dirty or session.deleted:
        raise SilentChange("changes were pending before the operation began")
    transaction = Transaction(session, actor, now)
    try:
        session.commit()
        session.info[OPEN] = transaction
        session.connection(execution_options={"writes": True})
        yield transaction
        session.flush()
        if transaction.changed - LOG and not transaction.logged:
            raise SilentChange(f"changed without an event: {sorted(transaction.changed)}")
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(OPEN, None)
    if transaction.promised:
        _ring()


@contextmanager
def joined(transaction: Transaction) -> Iterator[None]:
    """Operations called inside write in this transaction instead of one of their own: all is committed, or nothing."""
    transaction.session.info[JOINED] = transaction
    try:
        yield
    finally:
        transaction.session.info.pop(JOINED, None)


def _note(session: Session, kinds: Iterable[type]) -> None:
    """Note which tables the open transaction changes, by rows or by statements."""
    transaction = session.info.get(OPEN)
    if transaction is not None:
        changed = (kind for kind in kinds if not issubclass(kind, UNLOGGED))
        transaction.changed |= {inspect(kind).local_table.name for kind in changed}


@sqlalchemy_event.listens_for(db.session, "after_flush")
def _flushed(session: Session, _context: Any) -> None:
    _note(session, (type(row) for row in (*session.new, *session.deleted)))
    _note(session, (type(row) for row in session.dirty if session.is_modified(row)))


@sqlalchemy_event.listens_for(db.session, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and state.bind_mapper is not None:
        _note(state.session, [state.bind_mapper.class_])


@sqlalchemy_event.listens_for(db.session, "loaded_as_persistent")
def _loaded(session: Session, row: Any) -> None:
    """Hold what the transaction has read until it ends: the session forgets it otherwise, and reads it again."""
    transaction = session.info.get(OPEN)
    if transaction is not None:
        transaction.read.append(row)


_bells: list[Callable[[], None]] = []


def on_promise(bell: Callable[[], None]) -> None:
    """Register what is called after a commit that promised something; it replaces the one before."""
    _bells[:] = [bell]


def _ring() -> None:
    """Ring for the worker. What was promised is committed already, so a broken bell must not look like a failure."""
    for bell in _bells:
        try:
            bell()
        except Exception:  # noqa: BLE001 -- whatever a queue raises: the act is done
            _log.warning("the worker was not rung for; its next sweep finds the promise", exc_info=True)
