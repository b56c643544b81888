"""Transfer of office: roles go from one person to another from a day on, and open work goes along on that day.

What belongs to a seat in a council never goes along: a seat is no office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import or_, select

from webapp.extensions import db
from webapp.models import Case, FormDraft, Handover, Notice, Person, RoleHolding, Task
from webapp.operations.acting import Actor, Now
from webapp.operations.administering import people_in_reach, unit_in_reach
from webapp.operations.refusals import InvalidForm, NotFound
from webapp.operations.transaction import Transaction, write
from webapp.queries.ownership import handed_tasks
from webapp.queries.people import holders_in
from workflows.events import RoleEnded, RoleGiven
from workflows.forms import Fault
from workflows.office_events import CaseHandedOver, OfficeHandedOver, TaskHandedOver
from workflows.values import local_day

Own = Literal["taker", "officers", "stay"]
ONE_DAY = dt.timedelta(days=1)
GIVEN, TAKEN = "office_given", "office_taken"
"""Notices to the two."""


@dataclass(frozen=True)
class NewHandover:
    """Who hands over to whom (public ids) from which day; ``roles`` are row ids of roles the giver holds.

    ``own`` says where the cases go that the giver brought in and that are under way: to the taker, to the officers of
    their units, or nowhere.
    """

    giver: str
    taker: str
    day: dt.date
    roles: Sequence[int]
    own: Own = "stay"


def hand_over(new: NewHandover, *, actor: Actor, now: Now) -> bool:
    """Enter a transfer; True when its day has come and the work has moved, False when it will on its day.

    Raises NotFound for somebody or a role not administered, InvalidForm for a taker who cannot sign in, a day before
    a role began, a unit without an officer, and for nothing at all.
    """
    with write(actor, now) as transaction:
        return hand_over_in(transaction, new)


def hand_over_in(transaction: Transaction, new: NewHandover) -> bool:
    """The same within a transaction that is already open and has held nobody yet."""
    giver, taker = _both(transaction, new)
    offices = _offices(transaction, giver, new)
    cases = [] if new.own == "stay" else _own_cases(transaction, giver)
    if not offices and not cases:
        raise InvalidForm([Fault("/roles", "nothing_handed")])
    row = Handover(
        giver_id=giver.id,
        taker_id=taker.id,
        day=new.day,
        roles=[[held.role, held.unit_id] for held in offices],
        cases=[[code, new.own] for code in cases],
        made_by_id=transaction.actor.person_id,
        made_at=transaction.now.at,
    )
    come = new.day <= transaction.day
    tasks = _locked(transaction, row) if come else []
    for person in sorted((giver, taker), key=lambda each: each.id):
        transaction.hold(Person, person.id)
    for held in offices:
        _pass_on(transaction, held, giver, taker, new.day)
    transaction.session.add(row)
    transaction.session.flush()
    if come:
        _move(transaction, row, giver, taker, tasks)
    _tell(transaction, row, giver, taker)
    return come


def carry_out_handovers(*, actor: Actor, now: Now) -> int:
    """Let the work of transfers move whose day has come, each in a transaction of its own; returns how many.

    A taker who cannot sign in any more gets nothing: it is given back to the common list.
    """
    waiting = select(Handover.id).where(Handover.carried_at.is_(None), Handover.day <= local_day(now.at))
    found = db.session.scalars(waiting.order_by(Handover.id)).all()
    for row_id in found:
        with write(actor, now) as transaction:
            row = transaction.session.get_one(Handover, row_id)
            tasks = _locked(transaction, row) if row.taker.is_active else []
            transaction.session.refresh(row)
            if row.carried_at is None:
                _move(transaction, row, row.giver, row.taker, tasks)
    return len(found)


def _both(transaction: Transaction, new: NewHandover) -> tuple[Person, Person]:
    if new.giver == new.taker:
        raise InvalidForm([Fault("/taker", "same_person")])
    people = people_in_reach(transaction, [new.giver, new.taker])
    if not people[new.taker].is_active:
        raise InvalidForm([Fault("/taker", "cannot_sign_in")])
    return people[new.giver], people[new.taker]


def _offices(transaction: Transaction, giver: Person, new: NewHandover) -> list[RoleHolding]:
    """The roles that move; each is held on the day before."""
    held = select(RoleHolding).where(RoleHolding.id.in_(new.roles), RoleHolding.person_id == giver.id)
    offices = list(transaction.session.scalars(held.order_by(RoleHolding.id)))
    if {each.id for each in offices} != set(new.roles):
        raise NotFound
    for office in offices:
        unit_in_reach(transaction, office.unit.code)
        if office.from_date >= new.day:
            raise InvalidForm([Fault("/day", "before_beginning", {"day": office.from_date + ONE_DAY})])
        if office.to_date is not None and office.to_date < new.day - ONE_DAY:
            raise InvalidForm([Fault("/day", "office_ended", {"day": office.to_date})])
    return offices


def _own_cases(transaction: Transaction, giver: Person) -> list[str]:
    own = select(Case.code).where(Case.registrant_id == giver.id, Case.state != "ended")
    return list(transaction.session.scalars(own.order_by(Case.id)))


def _locked(transaction: Transaction, row: Handover) -> list[str]:
    """The tasks that move, their cases locked in the order of their ids."""
    session, codes = transaction.session, [code for code, _own in row.cases]
    tasks = handed_tasks(session, row.giver_id, [(role, unit) for role, unit in row.roles], codes)
    cases = set(session.scalars(select(Case.id).where(Case.code.in_(codes)))) if codes else set()
    for case_id in sorted({case for case, _task in tasks} | cases):
        transaction.lock_case(case_id)
    return [task for _case, task in tasks]


def _pass_on(transaction: Transaction, held: RoleHolding, giver: Person, taker: Person, day: dt.date) -> None:
    """The role ends for one and begins for the other, who keeps an end that was set."""
    until, held.to_date = held.to_date, day - ONE_DAY
    unit, role = held.unit.code, held.role
    before = until.isoformat() if until else ""
    ended = RoleEnded(giver.public_id, role, unit, held.to_date.isoformat(), before_date=before)
    transaction.log(f"person/{giver.public_id}", ended)
    again = select(RoleHolding.id).where(
        RoleHolding.person_id == taker.id,
        RoleHolding.role == role,
        RoleHolding.unit_id == held.unit_id,
        RoleHolding.from_date <= day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= (until or dt.date.max)),
    )
    if transaction.session.scalar(again.limit(1)) is not None:
        return
    transaction.session.add(
        RoleHolding(person_id=taker.id, role=role, unit_id=held.unit_id, from_date=day, to_date=until)
    )
    given = RoleGiven(person=taker.public_id, role=role, unit=unit, from_date=day.isoformat())
    transaction.log(f"person/{taker.public_id}", given)


def _move(
    transaction: Transaction, row: Handover, giver: Person, taker: Person, tasks: Sequence[str]
) -> None:
    """Let tasks and cases go to who takes over, and note in the log of both that they have."""
    own = dict(row.cases)
    for code in own if taker.is_active else ():
        _move_case(transaction, code, own[code], giver, taker)
    moving = select(Task).where(Task.public_id.in_(tasks), Task.status == "open").order_by(Task.id)
    moved = transaction.session.scalars(moving).all()
    for task in moved:
        to_officers = task.person_id is not None and own.get(task.case.code) == "officers"
        _move_task(transaction, task, giver, None if to_officers else taker)
    row.carried_at, row.tasks = transaction.now.at, len(moved)
    happening = OfficeHandedOver(
        person=giver.public_id,
        taker=taker.public_id,
        from_date=row.day.isoformat(),
        roles=len(row.roles),
        cases=len(row.cases),
    )
    for person in (giver, taker):
        transaction.log(f"person/{person.public_id}", happening)


def _move_case(transaction: Transaction, code: str, to: str, giver: Person, taker: Person) -> None:
    """The case is henceforth as if the taker, or an officer of its unit, had brought it in."""
    case = transaction.session.execute(select(Case).where(Case.code == code)).scalar_one()
    if case.registrant_id != giver.id or case.state == "ended":
        return
    if to == "officers" and not _officers(transaction, case.unit_id) - {giver.id}:
        raise InvalidForm([Fault("/own", "no_officer", {"unit": case.unit.name})])
    case.registrant_id = taker.id if to == "taker" else None
    brought = CaseHandedOver(person=giver.public_id, taker=taker.public_id if to == "taker" else "")
    transaction.log_case(case, brought)


def _officers(transaction: Transaction, unit_id: int) -> set[int]:
    """Who can act as an officer of a unit today."""
    found = holders_in(transaction.session, [unit_id], ("officer",), transaction.day)
    active = select(Person.id).where(Person.id.in_(found), Person.active, Person.password_hash.is_not(None))
    return set(transaction.session.scalars(active))


def _move_task(transaction: Transaction, task: Task, giver: Person, taker: Person | None) -> None:
    """Put it into the taker's hands with what was typed, or on the list of the officers of the case's unit."""
    task.principal_id = None
    if task.person_id is None:
        task.holder_id, task.taken_at = (taker.id, transaction.now.at) if taker else (None, None)
    elif taker:
        task.person_id = taker.id
        task.holder_id = taker.id if task.holder_id else None
    else:
        task.person_id = task.holder_id = task.taken_at = None
        task.role, task.unit_id = "officer", task.case.unit_id
    if taker:
        _pass_draft(transaction, task, giver, taker)
    handed = TaskHandedOver(
        task=task.public_id,
        element=task.element,
        person=giver.public_id,
        taker=taker.public_id if taker else "",
    )
    transaction.log_case(task.case, handed)


def _pass_draft(transaction: Transaction, task: Task, giver: Person, taker: Person) -> None:
    """What was half typed goes along, unless the taker has typed something there already."""
    drafts = transaction.session.scalars(select(FormDraft).where(FormDraft.task_id == task.id)).all()
    of = {draft.person_id: draft for draft in drafts}
    if giver.id in of and taker.id not in of:
        of[giver.id].person_id = taker.id


def _tell(transaction: Transaction, row: Handover, giver: Person, taker: Person) -> None:
    """A notice to each of the two, naming the other and the day."""
    for to, other, template in ((giver, taker, GIVEN), (taker, giver, TAKEN)):
        values = {"code": row.public_id, "title": other.name, "due": row.day.isoformat()}
        transaction.session.add(
            Notice(person_id=to.id, template=template, values=values, created_at=transaction.now.at)
        )
