"""Acting for another by their delegation: in whose name a task is done, and what forbids it."""

from __future__ import annotations

from dataclasses import replace

from webapp.models import Delegation, Person, Task
from webapp.operations.refusals import HeldByOther, NotFound, NotNow
from webapp.operations.transaction import Transaction
from webapp.queries.conflicts_of_delegates import conflict_of
from webapp.queries.standing import Standing, acts_again, acts_by, lent_again, may_act, standing_of

CONFLICT = "conflict_of_delegate_"


def act_in_name(transaction: Transaction, task: Task, *, judged: bool = True) -> None:
    """Act on a locked task in one's own right, or by a delegation: then what is done and logged names both.

    The delegation is held until the end of the transaction: whoever revokes it waits, or is waited for. Raises
    NotFound, HeldByOther, and NotNow when the right in which it was taken has ended, or when the actor or the principal
    has a conflict of interest; ``judged`` is false for who only lets go of it.
    """
    standing = _standing(transaction)
    if not may_act(standing, task):
        raise NotFound
    lent = acts_by(standing, task) if task.status == "open" else None
    if lent is not None:
        transaction.hold(Delegation, lent.delegation_id)
        standing = _standing(transaction)
        lent = acts_by(standing, task)
        if lent is None:
            raise NotNow("delegation_over")
    elif task.status == "open" and task.holder_id not in (None, standing.person_id):
        raise HeldByOther(task.holder.name if task.holder else "")
    elif not may_act(standing.alone(), task):
        raise NotNow("acts_for_other")
    if judged and task.status == "open" and (reason := conflict_of(transaction.session, standing, task)):
        raise NotNow(f"{CONFLICT}{reason}")
    transaction.act_for(*((lent.principal_id, lent.principal) if lent else (None, None)))


def act_again_for(transaction: Transaction, task: Task) -> None:
    """Act once more for whom a closed task was done, in the same right. Raises NotNow when it has ended."""
    standing = _standing(transaction)
    if not acts_again(standing, task):
        raise NotNow("delegation_over" if task.principal_id else "undo_over")
    if lent := lent_again(standing, task):
        transaction.hold(Delegation, lent.delegation_id)
        if lent not in _standing(transaction).lent:
            raise NotNow("delegation_over")
        transaction.act_for(lent.principal_id, lent.principal)


def hold_task(transaction: Transaction, task: Task) -> None:
    """Let the actor hold a task, for whom they act for."""
    task.holder_id, task.taken_at = transaction.actor.person_id, transaction.now.at
    task.principal_id = transaction.principal_id


def let_go(task: Task) -> None:
    """Put a task back on the common list."""
    task.holder_id = task.taken_at = task.principal_id = None


def _standing(transaction: Transaction) -> Standing:
    person = transaction.session.get(Person, transaction.actor.person_id)
    if person is None:
        raise NotFound
    standing = standing_of(transaction.session, person, transaction.day)
    return replace(standing, lent=()) if transaction.actor.alone else standing
