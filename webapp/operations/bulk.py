"""Begins an act on many tasks: what was seen of them must still hold, and then each is done on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from webapp.models import BulkAct, BulkItem, Case, Person, Task
from webapp.operations.acting import Actor, Now
from webapp.operations.bulk_carrying import ASSIGN, BULK, DECIDE, TAKE
from webapp.operations.long_work import own
from webapp.operations.refusals import InvalidForm, NotFound, NotNow, Refused
from webapp.operations.transaction import Transaction, write
from webapp.queries.bulk_selection import MOST, Kind, colleagues, kind_of, marks_of, selected
from webapp.queries.standing import Standing, acts_again, acts_by, standing_of
from workflows.bulk import UNDO
from workflows.form_faults import validate
from workflows.record import digest


class StaleSelection(Refused):
    """Something has changed since the selection was looked at; ``changed`` are public ids. Nothing was done."""

    code = "stale_selection"

    def __init__(self, changed: Sequence[str]) -> None:
        super().__init__(self.code)
        self.changed = tuple(changed)


@dataclass(frozen=True)
class NewBulk:
    """An act as the check page asked for it. ``seen``: public id of a task → the mark of what was seen of it.

    ``receiver`` is the public id of who gets the tasks; ``form`` are the answers that go with the decision.
    """

    act: str
    seen: Mapping[str, str]
    decision: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    receiver: str = ""


def begin_bulk(new: NewBulk, *, actor: Actor, now: Now) -> str:
    """Take an act on many tasks in; returns its public id. The worker does it, task by task.

    Raises StaleSelection, InvalidForm, NotFound, NotNow("nothing_selected", "no_bulk").
    """
    with write(actor, now) as transaction:
        standing = acting(transaction)
        tasks = _as_seen(transaction, standing, new)
        receiver = None
        if new.act == DECIDE:
            _check_form(transaction, _kind(transaction, tasks), new)
        elif new.act == ASSIGN:
            receiver = _receiver(transaction, tasks, new.receiver)
        elif new.act != TAKE:
            raise NotFound
        made = BulkAct(
            act=new.act,
            decision=new.decision if new.act == DECIDE else None,
            form=dict(new.form),
            person_id=actor.person_id,
            receiver_id=receiver,
            digest=digest(dict(new.seen)),
            started_at=now.at,
        )
        items = [{"task_id": task.id, "principal_id": _principal(standing, task)} for task in tasks]
        return BULK.begin(transaction, made, items)


def _principal(standing: Standing, task: Task) -> int | None:
    """For whom a task is done; None in one's own right."""
    by = acts_by(standing, task)
    return by.principal_id if by else None


def _as_seen(transaction: Transaction, standing: Standing, new: NewBulk) -> list[Task]:
    """The tasks, when all stand as they were seen; their cases are held, so that two selections wait for each other."""
    if not 0 < len(new.seen) <= MOST:
        raise NotNow("nothing_selected")
    session = transaction.session
    held = select(Task.case_id).where(Task.public_id.in_(new.seen))
    cases = (
        select(Case.id).where(Case.id.in_(held)).order_by(Case.id).with_for_update(of=Case, key_share=True)
    )
    session.execute(cases).all()
    tasks = selected(session, standing, list(new.seen))
    marks, _busy = marks_of(session, standing, tasks)
    if changed := [each for each in new.seen if marks.get(each) != new.seen[each]]:
        raise StaleSelection(changed)
    return tasks


def acting(transaction: Transaction) -> Standing:
    """What the actor holds on the day of the act."""
    person = transaction.session.get(Person, transaction.actor.person_id)
    if person is None:
        raise NotFound
    return standing_of(transaction.session, person, transaction.day)


def _kind(transaction: Transaction, tasks: Sequence[Task]) -> Kind:
    if len({(task.process, task.element) for task in tasks}) != 1:
        raise NotNow("no_bulk")
    return kind_of(transaction.session, tasks)


def _check_form(transaction: Transaction, kind: Kind, new: NewBulk) -> None:
    if new.decision not in kind.decisions:
        raise NotNow("no_bulk")
    asked = kind.asked(new.decision)
    if faults := validate(asked, new.form, transaction.day):
        raise InvalidForm(faults, asked)


def _receiver(transaction: Transaction, tasks: Sequence[Task], public_id: str) -> int:
    assert transaction.actor.person_id is not None
    able = colleagues(transaction.session, tasks, transaction.actor.person_id, transaction.day)
    found = next((person.id for person in able if person.public_id == public_id), None)
    if found is None:
        raise NotNow("nobody_to_give_to")
    return found


def undo_bulk(public_id: str, *, actor: Actor, now: Now) -> str:
    """Undo what can still be undone of an act, task by task; returns the public id of the act that does it.

    Raises NotFound, NotNow("undo_over").
    """
    with write(actor, now) as transaction:
        made = own(transaction, BulkAct, public_id)
        query = (
            select(Task)
            .join(BulkItem, BulkItem.task_id == Task.id)
            .where(BulkItem.bulk_id == made.id, BulkItem.undone_at.is_(None), BulkItem.undo_until > now.at)
            .options(joinedload(Task.case))
        )
        standing = acting(transaction)
        found = transaction.session.scalars(query.order_by(Task.id))
        tasks = [task for task in found if acts_again(standing, task)]
        if not tasks:
            raise NotNow("undo_over")
        seen = digest([task.public_id for task in tasks])
        undoing = BulkAct(act=UNDO, form={}, person_id=actor.person_id, digest=seen, started_at=now.at)
        items = [{"task_id": task.id, "principal_id": task.principal_id} for task in tasks]
        return BULK.begin(transaction, undoing, items)
