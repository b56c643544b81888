"""Dossiers under way of units that ended go over to the successors: one by one, each in a transaction of its own.

The change itself is one fact, recorded at once. Until a dossier has gone over it lies where it lay: whoever holds a
role at the successor sees it and acts on it there (``Standing.past``).
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import insert, literal, select, update

from webapp.models import (
    Campaign,
    Case,
    MovedCase,
    Nomination,
    Nominee,
    Registration,
    RegistrationList,
    Submission,
    Task,
    Unit,
    UnitChange,
)
from webapp.models.types import JsonText
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import unit_in_reach
from webapp.operations.long_work import ItemWork, carry_at_once, try_again
from webapp.operations.refusals import NotFound
from webapp.operations.successors import Lying, Moving, moving_again
from webapp.operations.transaction import Transaction, write
from webapp.queries.unit_changes import asked_by_name, touching
from workflows.office_events import CaseMoved, CasesMoveBegun, CasesMoveEnded

PLACES = ("unit_id", "district_id", "province_id", "organiser_id")
ORGANISER = "organiser_id"


def begin_moves(moving: Moving) -> int:
    """Let the cases under way go over; returns how many."""
    number = _enter(moving.transaction, moving.change, moving.ids)
    if number:
        moving.change.state = "running"
    return number


def retry_moves(public_id: str, *, actor: Actor, now: Now) -> None:
    """Try those cases again that could not go over by a change.

    Raises NotFound unless the actor administers its unit, NotNow("nothing_to_retry").
    """
    with write(actor, now) as transaction:
        change = transaction.session.scalar(
            select(UnitChange).where(UnitChange.public_id == public_id).with_for_update()
        )
        if change is None:
            raise NotFound
        unit_in_reach(transaction, change.unit.code)
        try_again(transaction, MOVES, change)
    carry_at_once(MOVES, public_id, now)


def move_nominees(moving: Moving) -> None:
    """Let nominees go over, but for those of a case that has yet to: they go with it."""
    beside = [
        Nominee.id.not_in(
            select(link.nominee_id)
            .join(MovedCase, MovedCase.case_id == link.case_id)
            .where(MovedCase.change_id == moving.change.id, MovedCase.state != "done")
        )
        for link in (Nomination, Registration)
    ]
    for old in moving.ids:
        new = moving.successor(old, moving.default)
        theirs = update(Nominee).where(Nominee.unit_id == old, *beside)
        moving.transaction.session.execute(theirs.values(unit_id=new.id))


class _Moves(ItemWork[UnitChange, MovedCase]):
    """Ends once no case is left at the units that were: one of them may have opened another one meanwhile."""

    def end(self, transaction: Transaction, made: UnitChange, state: str) -> None:
        moving = moving_again(transaction, made)
        if not _enter(transaction, made, moving.ids):
            move_nominees(moving)
            super().end(transaction, made, state)


def _enter(transaction: Transaction, change: UnitChange, units: Collection[int]) -> int:
    """Note the cases under way of units that are not noted yet; returns how many wait."""
    known = select(MovedCase.case_id).where(MovedCase.change_id == change.id)
    found = (
        select(literal(change.id), Case.id, literal("waiting"), literal({}, JsonText))
        .where(Case.state != "ended", touching(units), Case.id.not_in(known))
        .order_by(Case.id)
    )
    noted = insert(MovedCase).from_select(["change_id", "case_id", "state", "fault"], found)
    transaction.session.execute(noted)
    return MOVES.count(transaction, change, "waiting")


def _move(transaction: Transaction, change: UnitChange, item: MovedCase, _prepared: None) -> None:
    """Let a case go over with its open tasks and what stands beside it; one that has ended stays."""
    session, case = transaction.session, transaction.lock_case(item.case_id)
    if case.state == "ended":
        return
    moving, lying = moving_again(transaction, change), _lying(transaction, case)
    old, after = case.unit, dict[int, Unit]()
    for column in PLACES:
        if (before := getattr(case, column)) in moving.roots:
            after[before] = moving.heir(before, lying, organises=column == ORGANISER)
            setattr(case, column, after[before].id)
    open_tasks = select(Task).where(Task.case_id == case.id, Task.status == "open")
    for task in session.scalars(open_tasks.where(Task.unit_id.in_(moving.roots))):
        if task.unit_id is not None and not asked_by_name(task.items):
            unit = after.get(task.unit_id) or moving.heir(task.unit_id, lying, organises=False)
            task.unit_id = unit.id
    if case.title == old.name and old.id in after:
        case.title = after[old.id].name
    for predecessor, unit in after.items():
        left = session.get_one(Unit, predecessor)
        moved = CaseMoved(unit=unit.code, predecessor=left.code, change=change.public_id)
        transaction.log_case(case, moved)
    if case.unit_id != old.id:
        _move_beside(transaction, case, old.id)


def _lying(transaction: Transaction, case: Case) -> Lying:
    campaign = transaction.session.get(Campaign, case.campaign_id) if case.campaign_id else None
    return Lying(case.code, case.unit_id, case.organiser_id, campaign.unit_id if campaign else None)


def _move_beside(transaction: Transaction, case: Case, old: int) -> None:
    """What stands beside a case with its unit: the batch, the list, who is nominated or registered."""
    session = transaction.session
    for model in (Submission, RegistrationList):
        of_case = update(model).where(model.case_id == case.id, model.unit_id == old)
        session.execute(of_case.values(unit_id=case.unit_id))
    for link in (Nomination, Registration):
        nominees = select(link.nominee_id).where(link.case_id == case.id)
        of_them = update(Nominee).where(Nominee.id.in_(nominees), Nominee.unit_id == old)
        session.execute(of_them.values(unit_id=case.unit_id))


MOVES = _Moves(
    made=UnitChange,
    over="nothing_to_retry",
    item=MovedCase,
    of=MovedCase.change_id,
    stream="units",
    begun=lambda change, cases: CasesMoveBegun(change=change.public_id, cases=cases),
    ended=lambda change, _state, moved, failed: CasesMoveEnded(
        change=change.public_id, moved=moved, failed=failed
    ),
    do=_move,
    person=lambda _change: None,
)
"""Dossiers that go over to successors, as work that can be left."""
