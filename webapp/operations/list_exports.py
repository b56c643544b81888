"""Writes long files in the worker: begun by a page, carried out step by step, cancelled, kept for some days.

What is in a file, and in which words, is known to the page it was asked for on: that page says how it is written.
"""

from __future__ import annotations

import datetime as dt
import logging
import tempfile
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import func, or_, select, update

from webapp.extensions import db
from webapp.models import ListExport, Person
from webapp.operations.access import record_access
from webapp.operations.acting import SYSTEM, Actor, Now
from webapp.operations.long_work import Work
from webapp.operations.papers import file_store
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import Transaction, write
from webapp.operations.turns import let_others
from webapp.queries.list_exports import under_way
from webapp.queries.standing import Standing, standing_of
from workflows.happening import Happening
from workflows.values import local_day

LEASE = dt.timedelta(minutes=10)
KEPT = dt.timedelta(days=7)
MOST_AT_ONCE = 3
LARGEST = 500 * 2**20

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What is to be written, and for whom."""

    standing: Standing
    query: str
    language: str
    now: Now


class _Files(Work[ListExport]):
    """Of one person only so many are written at once, those that are tried again among them."""

    def again(self, transaction: Transaction, made: ListExport) -> bool:
        if made.state == "failed":
            _refuse_too_many(transaction)
        return super().again(transaction, made)


FILES = _Files(made=ListExport, over="export_ended")
"""Files that are written, as work that can be left."""


def _refuse_too_many(transaction: Transaction) -> None:
    """Raises NotNow("too_many_exports") while as many files of the actor as may be are written or wait."""
    transaction.hold(
        Person, transaction.actor.person_id
    )  # two that ask at once are counted one after the other
    under_way = select(func.count()).where(
        ListExport.person_id == transaction.actor.person_id, ListExport.state.in_(("waiting", "running"))
    )
    if (transaction.session.scalar(under_way) or 0) >= MOST_AT_ONCE:
        raise NotNow("too_many_exports")


@dataclass(frozen=True)
class FileKind:
    """``write`` fills the file and yields how much of its total is in it; ``endpoint`` is where it was asked for."""

    endpoint: str
    write: Callable[[Asked, BinaryIO], Generator[int]]


_kinds: dict[str, FileKind] = {}


def made_by(page: str, kind: FileKind) -> None:
    """Let the files of a page be made so."""
    _kinds[page] = kind


def asked_on(made: ListExport) -> str:
    """The endpoint of the page on which a file was asked for."""
    return _kinds[made.page].endpoint


@dataclass(frozen=True)
class NewExport:
    """A file as the address of its page describes it, in a language, with so many rows; what the log is told of it.

    ``once``: while it is written, or waits, it is not begun again.
    """

    page: str
    query: str
    language: str
    rows: int
    file_name: str
    told: Happening
    once: bool = False


def begin_export(new: NewExport, *, actor: Actor, now: Now) -> str:
    """Let the worker write a file; returns its public id. Raises NotNow("too_many_exports").

    Of one that is written once, two who ask for it at the same instant get the same.
    """
    record_access(new.told, actor=actor, now=now)
    with write(actor, now) as transaction:
        transaction.hold(Person, actor.person_id)
        begun = under_way(transaction.session, actor.person_id, new.page, new.query, new.language)
        if new.once and begun:
            return begun
        _refuse_too_many(transaction)
        made = ListExport(
            person_id=actor.person_id,
            page=new.page,
            query=new.query,
            language=new.language,
            total=new.rows,
            file_name=new.file_name,
            asked_at=now.wall,
        )
        transaction.session.add(made)
        transaction.session.flush()
        transaction.promised = True
        return made.public_id


def carry_exports(now: Callable[[], Now], between: Callable[[], object]) -> int:
    """Write the file that has waited longest, doing other work ``between`` its steps; returns 0 when none waits."""
    export_id = _leased(now())
    if export_id is None:
        return 0
    with tempfile.TemporaryFile() as file:
        try:
            with closing(_written(export_id, now(), file)) as steps:
                for rows in steps:
                    if not _goes_on(export_id, rows, now()):
                        return 1
                    let_others(between)
            _keep(export_id, file, now())
        except Exception:  # noqa: BLE001 -- whatever a list or a disk raises is the matter of this file
            _log.exception("the file of export %s cannot be written", export_id)
            db.session.rollback()
            _end(export_id, "failed", now())
    return 1


def _leased(now: Now) -> int | None:
    """Id of the file to be written next: one that waits, or whose writer has died."""
    free = or_(
        ListExport.state == "waiting", (ListExport.state == "running") & (ListExport.lease_until < now.wall)
    )
    if db.session.scalar(select(ListExport.id).where(free).limit(1)) is None:
        return None
    with write(SYSTEM, now) as transaction:
        query = select(ListExport).where(free).order_by(ListExport.id).limit(1)
        made = transaction.session.scalar(
            query.with_for_update(skip_locked=True).execution_options(populate_existing=True)
        )
        if made is None:
            return None
        made.state, made.written, made.lease_until = "running", 0, now.wall + LEASE
        return made.id


def _written(export_id: int, now: Now, file: BinaryIO) -> Generator[int]:
    session = db.session()
    made = session.get_one(ListExport, export_id)
    person = session.get_one(Person, made.person_id)
    standing = standing_of(session, person, local_day(now.at))
    asked = Asked(standing, made.query, made.language, now)
    return _kinds[made.page].write(asked, file)


def _goes_on(export_id: int, rows: int, now: Now) -> bool:
    """Note how far it has come; false when somebody has cancelled it."""
    with write(SYSTEM, now) as transaction:
        going = (
            update(ListExport)
            .where(ListExport.id == export_id, ListExport.state == "running")
            .values(written=rows, lease_until=now.wall + LEASE)
        )
        return bool(transaction.session.execute(going).rowcount)  # type: ignore[attr-defined]  # of an update


def _keep(export_id: int, file: BinaryIO, now: Now) -> None:
    file.seek(0)
    stored = file_store().put(file, LARGEST)
    with write(SYSTEM, now) as transaction:
        made = _running(transaction, export_id)
        if made is None:
            return
        FILES.end(transaction, made, "done")
        made.expires_at = now.wall + KEPT
        made.sha256, made.size, made.total = stored.sha256, stored.size, made.written


def _end(export_id: int, state: str, now: Now) -> None:
    with write(SYSTEM, now) as transaction:
        if made := _running(transaction, export_id):
            FILES.end(transaction, made, state)


def _running(transaction: Transaction, export_id: int) -> ListExport | None:
    query = select(ListExport).where(ListExport.id == export_id, ListExport.state == "running")
    found: ListExport | None = transaction.session.scalar(
        query.with_for_update().execution_options(populate_existing=True)
    )
    return found


def forget_exports(wall: dt.datetime) -> None:
    """Let go of the files that were kept long enough; the sweep removes them."""
    with write(SYSTEM, Now(wall, wall)) as transaction:
        over = ListExport.state == "done", ListExport.expires_at < wall
        transaction.session.execute(update(ListExport).where(*over).values(state="expired", sha256=None))
