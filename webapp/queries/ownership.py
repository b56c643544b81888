"""What a person has in hand, and what of it nobody would own without them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, Person, RoleHolding, Task, Unit, UnitSuccession
from webapp.queries.administered import ADMIN, known_person
from webapp.queries.standing import Standing, at_or_below
from webapp.queries.units import predecessors

_other = aliased(RoleHolding)
_holder = aliased(Person)


@dataclass(frozen=True)
class HeldOffice:
    """A role in a unit that has not ended.

    ``open`` counts the open tasks for whoever holds it, ``taken`` those of them the person has taken; ``alone``: there
    is nobody else with an account who holds it.
    """

    id: int
    role: str
    unit_id: int
    unit: str
    from_date: dt.date
    to_date: dt.date | None
    open: int
    taken: int
    alone: bool

    @property
    def left(self) -> int:
        """Open tasks nobody could do without the person."""
        return self.open if self.alone else 0


@dataclass(frozen=True)
class OwnCase:
    """A case under way that the person brought in, with its open tasks that are theirs alone."""

    code: str
    process: str
    title: str
    unit: str
    tasks: int


@dataclass(frozen=True)
class InHand:
    """``ballots`` counts open tasks of a seat in a council or of a counting team, which is no office."""

    person_id: int
    offices: tuple[HeldOffice, ...]
    cases: tuple[OwnCase, ...]
    ballots: int

    @property
    def taken(self) -> int:
        """Tasks of roles the person has taken."""
        return sum(office.taken for office in self.offices)

    @property
    def left(self) -> bool:
        """Whether anything would be without an owner."""
        return bool(self.cases) or any(office.left for office in self.offices)


def in_hand(session: Session, person_id: int, day: dt.date) -> InHand:
    """What a person has in hand on a day; three statements."""
    seats = select(func.count()).where(
        Task.status == "open", Task.person_id == person_id, Task.membership_id.is_not(None)
    )
    return InHand(
        person_id,
        offices_of(session, person_id, day),
        _own_cases(session, person_id),
        session.scalar(seats) or 0,
    )


def person_in_hand(session: Session, standing: Standing, public_id: str, day: dt.date) -> InHand:
    """The same of somebody an administrator knows of, with the roles in the units administered alone."""
    person = known_person(session, standing, public_id, day)
    assert person is not None  # the page of the person was found
    hand = in_hand(session, person.id, day)
    units = select(Unit.id).where(at_or_below(standing, ADMIN))
    within = set(session.scalars(units.where(Unit.id.in_([office.unit_id for office in hand.offices]))))
    return replace(hand, offices=tuple(office for office in hand.offices if office.unit_id in within))


def offices_of(session: Session, person_id: int, day: dt.date) -> tuple[HeldOffice, ...]:
    """The roles of a person that have not ended by a day; one statement."""
    rows = session.execute(
        select(
            RoleHolding.id,
            RoleHolding.role,
            RoleHolding.unit_id,
            Unit.name,
            RoleHolding.from_date,
            RoleHolding.to_date,
            _tasks().scalar_subquery(),
            _tasks(Task.holder_id == person_id).scalar_subquery(),
            ~exists().where(*_by_another(person_id, day)),
        )
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(RoleHolding.person_id == person_id, _not_ended(RoleHolding, day))
        .order_by(Unit.sort_key, RoleHolding.id)
    )
    return tuple(HeldOffice(*row) for row in rows)


def tasks_left(session: Session, held: RoleHolding, day: dt.date) -> int:
    """How many open tasks nobody could do from a day on without who holds a role; one statement."""
    query = _tasks().where(
        RoleHolding.id == held.id, ~exists().where(*_by_another(held.person_id, day)).correlate(RoleHolding)
    )
    return session.scalar(query.correlate(None)) or 0


def _tasks(*conditions: ColumnElement[bool]) -> Select[int]:
    """How many open tasks are for whoever holds the role, those left by a unit that went over into its unit, too."""
    after = exists().where(
        UnitSuccession.successor_id == RoleHolding.unit_id, UnitSuccession.predecessor_id == Task.unit_id
    )
    return (
        select(func.count(Task.id))
        .where(
            Task.status == "open",
            Task.role == RoleHolding.role,
            or_(Task.unit_id == RoleHolding.unit_id, after),
            Task.person_id.is_(None),
            *conditions,
        )
        .correlate(RoleHolding)
    )


def _by_another(person_id: int, day: dt.date) -> tuple[ColumnElement[bool], ...]:
    """Somebody else who can sign in holds the same role on the day, or on the first one of a role that begins later."""
    on = case((RoleHolding.from_date > day, RoleHolding.from_date), else_=day)
    return (
        _other.role == RoleHolding.role,
        _other.unit_id == RoleHolding.unit_id,
        _other.person_id != person_id,
        _other.from_date <= on,
        or_(_other.to_date.is_(None), _other.to_date >= on),
        _holder.id == _other.person_id,
        _holder.active.is_(True),
        _holder.password_hash.is_not(None),
    )


def _not_ended(holding: type[RoleHolding], day: dt.date) -> ColumnElement[bool]:
    return or_(holding.to_date.is_(None), holding.to_date >= day)


def _own_cases(session: Session, person_id: int) -> tuple[OwnCase, ...]:
    own = and_(Task.case_id == Case.id, Task.status == "open", Task.person_id == person_id)
    rows = session.execute(
        select(Case.code, Case.process, Case.title, Unit.name, func.count(Task.id))
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Task, and_(own, Task.membership_id.is_(None)))
        .where(Case.registrant_id == person_id, Case.state != "ended")
        .group_by(Case.id, Case.code, Case.process, Case.title, Unit.name)
        .order_by(Case.id)
    )
    return tuple(OwnCase(*row) for row in rows)


def handed_tasks(
    session: Session, person_id: int, roles: Collection[tuple[str, int]], cases: Collection[str]
) -> list[tuple[int, str]]:
    """Open tasks that go along with roles in units and with cases: (case id, task), as cases may be locked.

    Of a role those the person has taken; of a case those that are theirs alone. What belongs to a seat never does.
    """
    taken = [
        and_(Task.holder_id == person_id, Task.person_id.is_(None), Task.role == role, _at(unit))
        for role, unit in roles
    ]
    theirs = (
        [and_(Task.person_id == person_id, Task.membership_id.is_(None), Case.code.in_(cases))]
        if cases
        else []
    )
    if not taken and not theirs:
        return []
    rows = session.execute(
        select(Task.case_id, Task.public_id)
        .join(Case, Case.id == Task.case_id)
        .where(Task.status == "open", or_(*taken, *theirs))
        .order_by(Task.case_id, Task.id)
    )
    return [(case, task) for case, task in rows]


def _at(unit: int) -> ColumnElement[bool]:
    """Condition on Task: it is for a unit, or for one that went over into it."""
    return or_(Task.unit_id == unit, Task.unit_id.in_(predecessors(unit)))


@dataclass(frozen=True)
class HandedTask:
    """A task that goes along, as the page before a transfer lists it."""

    name: str
    code: str
    process: str
    title: str


def handed_rows(session: Session, tasks: Sequence[str]) -> list[HandedTask]:
    """The tasks of these public ids, in the order of their cases; one statement."""
    query = select(Task.name, Case.code, Case.process, Case.title).join(Case, Case.id == Task.case_id)
    rows = session.execute(query.where(Task.public_id.in_(tasks)).order_by(Task.case_id, Task.id))
    return [HandedTask(*row) for row in rows]
