"""Long work: begun by somebody, carried on in pieces while nobody waits for it, left, cancelled, tried again, ended.

Work on many items does each in a transaction of its own, in which the item is marked: whoever dies in the middle leaves
what was not done waiting, and nothing is done twice. Between two pieces everything else has its turn.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from webapp.extensions import db
from webapp.models import (
    BulkAct,
    BulkItem,
    ListExport,
    MovedCase,
    Person,
    PrintPortion,
    PrintRun,
    RowImport,
    RowImportLine,
    UnitChange,
)
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.refusals import (
    AlreadyDone,
    HeldByOther,
    InvalidForm,
    NotFound,
    NotNow,
    Refused,
    Unprintable,
)
from webapp.operations.transaction import Transaction, write
from workflows.happening import Happening

Made = TypeVar("Made", BulkAct, RowImport, ListExport, UnitChange, PrintRun)
Owned = TypeVar("Owned", BulkAct, RowImport, ListExport)
Item = TypeVar("Item", BulkItem, RowImportLine, MovedCase, PrintPortion)

PIECE = 20
"""So many items are done before other work has its turn."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Work(Generic[Made]):
    """A kind of long work: the table of those begun; ``over`` is the refusal of who cancels what has ended."""

    made: type[Made]
    over: str

    def end(self, transaction: Transaction, made: Made, state: str) -> None:
        """Note that nothing more is done of it."""
        made.state, made.ended_at = state, transaction.now.wall

    def again(self, _transaction: Transaction, made: Made) -> bool:
        """Let it wait once more, if it failed."""
        failed = made.state == "failed"
        if failed:
            made.state, made.ended_at = "waiting", None
        return failed


@dataclass(frozen=True)
class ItemWork(Work[Made], Generic[Made, Item]):
    """Work on many items, each of which points at it by the column ``of``; ``do`` does one, or raises why not.

    ``person``: in whose name; None for what follows from an act by itself, whatever becomes of who did it.
    ``begun`` (how many wait) and ``ended`` (state, done, failed) are what is told of it in the log's ``stream``.
    ``prepare`` is the slow part, which only reads: it comes before any lock is taken, and ``do`` keeps what it made.
    ``piece``: so many items are done before other work has its turn, if not as many as usual.
    """

    item: type[Item]
    of: Any
    stream: str
    begun: Callable[[Made, int], Happening]
    ended: Callable[[Made, str, int, int], Happening]
    do: Callable[[Transaction, Made, Item, Any], None]
    person: Callable[[Made], Person | None]
    prepare: Callable[[Session, Made, Item], Any] | None = None
    piece: int | None = None

    @property
    def most(self) -> int:
        """How many items are done at once."""
        return PIECE if self.piece is None else self.piece

    def begin(self, transaction: Transaction, made: Made, items: Iterable[Mapping[str, Any]]) -> str:
        """Take it in for the worker, with what is known of each item; returns its public id."""
        session = transaction.session
        session.add(made)
        session.flush()
        rows = [self.item(**{self.of.key: made.id}, fault={}, **each) for each in items]
        session.add_all(rows)
        self.tell_begun(transaction, made, len(rows))
        return made.public_id

    def end(self, transaction: Transaction, made: Made, state: str) -> None:
        made.state, made.ended_at = state, transaction.now.at
        done, failed = (self.count(transaction, made, each) for each in ("done", "failed"))
        transaction.log(self.stream, self.ended(made, state, done, failed))

    def again(self, transaction: Transaction, made: Made) -> bool:
        """Let the items wait that failed, if there are any."""
        failed = update(self.item).where(self.of == made.id, self.item.state == "failed")
        waits = failed.values(state="waiting", fault={})
        if made.state != "done" or not transaction.session.execute(waits).rowcount:  # type: ignore[attr-defined]  # of an update
            return False
        made.state, made.ended_at = "running", None
        self.tell_begun(transaction, made, self.count(transaction, made, "waiting"))
        return True

    def tell_begun(self, transaction: Transaction, made: Made, waiting: int) -> None:
        """Note that the worker has so many items to do."""
        transaction.log(self.stream, self.begun(made, waiting))
        transaction.promised = True

    def count(self, transaction: Transaction, made: Made, state: str) -> int:
        """How many items are in a state."""
        query = select(func.count(self.item.id)).where(self.of == made.id, self.item.state == state)
        return transaction.session.scalar(query) or 0


def own(transaction: Transaction, kind: type[Owned], public_id: str) -> Owned:
    """What the actor has begun, locked. Raises NotFound."""
    query = select(kind).where(kind.public_id == public_id, kind.person_id == transaction.actor.person_id)
    found: Owned | None = transaction.session.scalar(
        query.with_for_update().execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def cancel(work: Work[Owned], public_id: str, *, actor: Actor, now: Now) -> None:
    """Do no more of it; what is done stays. Raises NotFound, NotNow when it has ended."""
    with write(actor, now) as transaction:
        made = own(transaction, work.made, public_id)
        if made.state not in ("waiting", "running"):
            raise NotNow(work.over)
        work.end(transaction, made, "cancelled")


def retry(work: Work[Owned], public_id: str, *, actor: Actor, now: Now) -> None:
    """Try again what failed of it. Raises NotFound, NotNow("nothing_to_retry")."""
    with write(actor, now) as transaction:
        try_again(transaction, work, own(transaction, work.made, public_id))


def try_again(transaction: Transaction, work: Work[Made], made: Made) -> None:
    """Let what failed of it wait once more. Raises NotNow("nothing_to_retry")."""
    if not work.again(transaction, made):
        raise NotNow("nothing_to_retry")
    transaction.promised = True


def carry_each(work: ItemWork[Made, Item], now: Callable[[], Now]) -> int:
    """Do a piece of each that runs: none waits for the end of another. Returns how many items were tried."""
    running = select(work.made.public_id).where(work.made.state == "running").order_by(work.made.id)
    return sum(carry(work, public_id, now()) for public_id in db.session.scalars(running).all())


def carry(work: ItemWork[Made, Item], public_id: str, now: Now) -> int:
    """Do the next piece of one; returns how many items were tried, 0 once it has ended."""
    session, kind = db.session(), work.made
    made = session.scalar(select(kind).where(kind.public_id == public_id, kind.state == "running"))
    if made is None:
        return 0
    person = work.person(made)
    made_id, actor = made.id, Actor.of(person) if person else SYSTEM
    waiting = select(work.item.id).where(work.of == made_id, work.item.state == "waiting")
    items = list(session.scalars(waiting.order_by(work.item.id).limit(work.most)))
    for item_id in items:
        _carry_item(work, made_id, item_id, actor, now)
    if not items:
        _finish(work, made_id, now)
    return len(items) or 1


def carry_at_once(work: ItemWork[Made, Item], public_id: str, now: Now) -> None:
    """Do one at once that is no longer than a piece; a longer one is the worker's."""
    query = select(work.item.id).join(work.made).where(work.made.public_id == public_id)
    if len(db.session.scalars(query.limit(work.most + 1)).all()) <= work.most:
        while carry(work, public_id, now):
            pass


def _finish(work: ItemWork[Made, Item], made_id: int, now: Now) -> None:
    with write(SYSTEM, now) as transaction:
        made = transaction.session.get_one(work.made, made_id, with_for_update=True, populate_existing=True)
        if made.state == "running":
            work.end(transaction, made, "done")


def _carry_item(work: ItemWork[Made, Item], made_id: int, item_id: int, actor: Actor, now: Now) -> None:
    """Do one item, or note why it cannot be done."""
    try:
        prepared = _prepared(work, made_id, item_id)
        with write(actor, now) as transaction:
            item = _waiting(transaction, work.item, item_id)
            # Held together with others who do items of it: whoever cancels waits for these, and counts them.
            made = transaction.session.get_one(
                work.made, made_id, with_for_update={"read": True}, populate_existing=True
            )
            if item is None or made.state != "running":
                return  # somebody else has done it, or it was cancelled
            if (person := work.person(made)) and not person.active:
                raise NotFound  # nothing is done in the name of a closed account
            work.do(transaction, made, item, prepared)
            item.state = "done"
    except Refused as refusal:
        _note(work.item, item_id, fault_of(refusal), now)
    except Exception:  # noqa: BLE001 -- whatever an engine or a database raises is the matter of this item
        _log.exception("item %s of %s %s cannot be done", item_id, work.made.__tablename__, made_id)
        _note(work.item, item_id, {"refusal": "broken"}, now)


def _prepared(work: ItemWork[Made, Item], made_id: int, item_id: int) -> Any:
    """What is made of an item before its transaction; nothing where somebody else has done it."""
    if work.prepare is None:
        return None
    session = db.session()
    made, item = session.get_one(work.made, made_id), session.get_one(work.item, item_id)
    return work.prepare(session, made, item) if item.state == "waiting" and made.state == "running" else None


def _note(kind: type[Item], item_id: int, fault: dict[str, Any], now: Now) -> None:
    with write(SYSTEM, now) as transaction:
        item = _waiting(transaction, kind, item_id)
        if item is not None:
            item.state, item.fault = "failed", fault


def _waiting(transaction: Transaction, kind: type[Item], item_id: int) -> Item | None:
    """The item, locked, unless somebody else has it or has done it."""
    query = select(kind).where(kind.id == item_id, kind.state == "waiting")
    found: Item | None = transaction.session.scalar(
        query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
    )
    return found


def fault_of(refusal: Refused) -> dict[str, Any]:
    """What a page says of an item that could not be done."""
    match refusal:
        case InvalidForm():
            first = refusal.faults[0]
            return {"pointer": first.pointer, "code": first.code, "params": dict(first.params)}
        case AlreadyDone():
            at = refusal.at.isoformat() if refusal.at else None
            return {"refusal": refusal.code, "by": refusal.by, "at": at, "own": refusal.own}
        case HeldByOther():
            return {"refusal": refusal.code, "by": refusal.holder}
        case Unprintable():
            return {"refusal": refusal.code, "field": refusal.field, "bearer": refusal.bearer}
    return {"refusal": refusal.code}
