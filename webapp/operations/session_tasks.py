"""The tasks of a council session by what they are for, completed without knowing their ids."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from webapp.models import Case, Person, Task
from webapp.operations.acting import Actor, Now
from webapp.operations.interventions import seen_case
from webapp.operations.refusals import Forbidden, NotFound, NotNow
from webapp.operations.tasks import Completed, actable_task, complete_in
from webapp.operations.transaction import Transaction, write
from webapp.queries.ballots import own_ballot
from webapp.queries.standing import may_act, standing_of

AGENDA = ("prepare_agenda", "reconvene")
OPENING = ("open_session", "open_correspondence")
TIES = ("decide_ties", "open_second_ballot")
NOT_OPEN: dict[tuple[str, ...], str] = {AGENDA: "no_agenda_due", OPENING: "not_to_be_opened", TIES: "no_ties"}
"""What is said while none of these tasks is open."""


def complete_open(
    code: str, elements: tuple[str, ...], data: Mapping[str, Any], *, actor: Actor, now: Now
) -> Completed:
    """Complete the open task of a session that is one of these elements.

    Raises as complete_task, NotFound for a session the actor may not know of, Forbidden when the task is somebody
    else's, and NotNow while none is open.
    """
    with write(actor, now) as transaction:
        case, _standing = seen_case(transaction, code, "council_vote")
        found = _open_tasks(transaction, case, elements)
        if not found:
            raise NotNow(NOT_OPEN[elements])
        return complete_in(transaction, actable_task(transaction, _own(transaction, found).public_id), data)


def cast_own_ballot(
    code: str, ballots: Any, sheet: str | None = None, *, actor: Actor, now: Now
) -> Completed:
    """Cast the actor's own ballot in a session: once, and for good. ``sheet`` is the task it was read from, if told.

    Raises NotFound to whoever is no member of it, AlreadyDone when it is cast, NotNow("not_voting") before the vote,
    NotNow("other_ballot") for the sheet of an earlier one, InvalidForm. Nothing of what was marked is kept beside it.
    """
    with write(actor, now) as transaction:
        case, _standing = seen_case(transaction, code, "council_vote")
        own = own_ballot(transaction.session, case.id, transaction.actor.person_id)
        if own is None:
            raise NotFound
        if own.task is None:
            raise NotNow("not_voting")
        if sheet is not None and sheet != own.task:
            raise NotNow("other_ballot")
        return complete_in(transaction, actable_task(transaction, own.task), {"ballots": ballots})


def _open_tasks(transaction: Transaction, case: Case, elements: Collection[str]) -> list[Task]:
    query = select(Task).where(Task.case_id == case.id, Task.element.in_(elements), Task.status == "open")
    return list(transaction.session.scalars(query.order_by(Task.id)))


def _own(transaction: Transaction, tasks: Collection[Task]) -> Task:
    person = transaction.session.get_one(Person, transaction.actor.person_id)
    standing = standing_of(transaction.session, person, transaction.day)
    own = next((task for task in tasks if may_act(standing, task)), None)
    if own is None:
        raise Forbidden
    return own
