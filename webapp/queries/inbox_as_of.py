"""The inbox of a person as it was within a span of the past, with what became of each task."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from webapp.models import Campaign, Case, Person, Task, Unit
from webapp.queries.as_of import (
    DEADLINES,
    HANDS,
    MOVED,
    PAUSES,
    Hand,
    Span,
    Told,
    due_at,
    frozen_at,
    hand_at,
    moved_after,
    open_within,
    told_of,
    told_of_all,
)
from webapp.queries.lending import Lent
from webapp.queries.standing import Standing, own, visible
from webapp.queries.standing_then import standing_then

PAGE_SIZE = 50
Right = Literal["name", "role", "lent"]

_closer, _closed_for = aliased(Person), aliased(Person)


@dataclass(frozen=True)
class TaskThen:
    """A task that was open for a person. ``right``: by name, by a role, or ``lent`` by ``lender``.

    ``holder`` is the name of who had taken it and ``mine`` whether that was the person; ``due`` is as of then. What
    became of it: ``status``, ``closed_at``, ``closed_by`` and in whose name, ``closed_here``: within the span.
    """

    public_id: str
    kind: str
    name: str
    round: int
    code: str
    process: str
    title: str
    unit: str
    role: str
    right: Right
    lender: str
    opened_at: dt.datetime
    due: dt.datetime | None
    holder: str
    mine: bool
    taken_at: dt.datetime | None
    frozen: bool
    status: str
    closed_at: dt.datetime | None
    closed_by: str
    closed_for: str
    closed_here: bool


@dataclass(frozen=True)
class InboxThen:
    """``roles`` are those the person held, each with the name of its unit, ``lent`` those of others with their names.

    ``moved`` are cases that have left one of these units since: their tasks lie in the other unit now and are not
    listed here.
    """

    person: Person
    roles: tuple[tuple[str, str], ...]
    lent: tuple[tuple[str, str], ...]
    rows: tuple[TaskThen, ...]
    total: int
    page: int
    moved: tuple[str, ...]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def inbox_then(
    session: Session,
    standing: Standing,
    person: Person,
    span: Span,
    narrower: Sequence[ColumnElement[bool]] = (),
    page: int = 1,
) -> InboxThen:
    """One page of what was open for a person, in cases the reader may see; a fixed number of statements.

    ``narrower``: conditions on the case, its unit and its campaign.
    """
    then = standing_then(session, person, span)
    handed = told_of_all(session, {"task_handed_over"} | MOVED)
    wanted = (
        open_within(span),
        visible(standing),
        _theirs(then, _Handed.after(handed, span.last), person),
        *narrower,
    )
    query = _lines().where(*wanted)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = min(max(1, page), max(1, -(-total // PAGE_SIZE)))
    cut = query.order_by(Task.due.asc().nulls_last(), Task.id).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    found = session.execute(cut).all()
    told = told_of(session, {row[0].case.code for row in found}, HANDS | PAUSES | DEADLINES)
    tasks = [row[0] for row in found]
    hands = {task.id: hand_at(told.get(task.case.code, ()), task.public_id, span.last) for task in tasks}
    names = _names(session, hands.values())
    rows = (_row(row, then, person, span, told, hands[row[0].id], names) for row in found)
    return InboxThen(
        person,
        _roles(session, then),
        tuple((lent.role, lent.name) for lent in then.lent),
        tuple(rows),
        total,
        page,
        _moved(session, standing, then, handed, span),
    )


@dataclass(frozen=True)
class _Handed:
    """Tasks (public ids) that were handed over after an instant: ``by`` their first giver, and to the common list."""

    by: dict[str, str]
    freed: frozenset[str]

    @classmethod
    def after(cls, told: Told, at: dt.datetime) -> _Handed:
        by: dict[str, str] = {}
        freed = set()
        for event in (event for events in told.values() for event in events):
            if event.type == "task_handed_over" and event.at > at:
                by.setdefault(event.fields["task"], event.fields["person"])
                if not event.fields["taker"]:
                    freed.add(event.fields["task"])
        return cls(by, frozenset(freed))


def _theirs(then: Standing, handed: _Handed, person: Person) -> ColumnElement[bool]:
    """Condition on Task: the person could have acted on it.

    A task for one person alone was for the giver before it was handed over, whomever its row names now.
    """
    was_theirs = [task for task, giver in handed.by.items() if giver == person.public_id]
    named_since = and_(
        Task.public_id.in_(handed.by), or_(Task.person_id.is_not(None), Task.public_id.in_(handed.freed))
    )
    now_fits = or_(own(then), *(lent.opened() for lent in then.lent))
    return or_(and_(now_fits, ~named_since), and_(Task.public_id.in_(was_theirs), named_since))


def _roles(session: Session, then: Standing) -> tuple[tuple[str, str], ...]:
    ids = [held.unit_id for held in then.every]
    names = dict(session.execute(select(Unit.id, Unit.name).where(Unit.id.in_(ids))).all())
    return tuple((held.role, names[held.unit_id]) for held in then.every)


def _lines() -> Select[Task, str, str | None, str | None]:
    return (
        select(Task, Unit.name, _closer.name, _closed_for.name)
        .join(Task.case)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
        .outerjoin(_closer, _closer.id == Task.closed_by_id)
        .outerjoin(_closed_for, and_(_closed_for.id == Task.principal_id, Task.closed_by_id.is_not(None)))
        .options(contains_eager(Task.case))
    )


def _names(session: Session, hands: Iterable[Hand | None]) -> dict[str, str]:
    ids = {hand.holder for hand in hands if hand}
    query = select(Person.public_id, Person.name).where(Person.public_id.in_(ids))
    return dict(session.execute(query).all())


def _row(
    row: tuple[Task, str, str | None, str | None],
    then: Standing,
    person: Person,
    span: Span,
    told: Told,
    hand: Hand | None,
    names: dict[str, str],
) -> TaskThen:
    task, unit, closer, closed_for = row
    events = told.get(task.case.code, ())
    right, lender = _right(then, task)
    return TaskThen(
        public_id=task.public_id,
        kind=f"{task.process}.{task.element}",
        name=task.name,
        round=task.round,
        code=task.case.code,
        process=task.case.process,
        title=task.case.title,
        unit=unit,
        role=task.role,
        right=right,
        lender=lender,
        opened_at=task.opened_at,
        due=due_at(events, task.public_id, task.due, span.last, task.closed_at),
        holder=names.get(hand.holder, "") if hand else "",
        mine=hand is not None and hand.holder == person.public_id,
        taken_at=hand.since if hand else None,
        frozen=frozen_at(events, span.last) is not None,
        status=task.status,
        closed_at=task.closed_at,
        closed_by=closer or "",
        closed_for=closed_for or "",
        closed_here=task.closed_at is not None and task.closed_at <= span.last,
    )


def _right(then: Standing, task: Task) -> tuple[Right, str]:
    """By which right it was the person's: the own one goes first."""
    if task.person_id is not None:
        return "name", ""
    if any((held.role, held.unit_id) == (task.role, task.unit_id) for held in then.every):
        return "role", ""
    lent: Lent | None = next((each for each in then.lent if each.opens(task)), None)
    return ("lent", lent.name) if lent else ("name", "")


def _moved(session: Session, standing: Standing, then: Standing, told: Told, span: Span) -> tuple[str, ...]:
    """Codes of cases that lay in one of the person's units and have gone over since; those the reader may see."""
    units = {held.unit_code for held in then.every}
    codes = [code for code, unit in moved_after(told, span.last).items() if unit in units]
    if not codes:
        return ()
    query = select(Case.code).where(Case.code.in_(codes), visible(standing)).order_by(Case.id)
    return tuple(session.scalars(query))
