"""What hangs on units that change, and what became of a unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import (
    OWN_PROCESSES,
    Campaign,
    Case,
    Cluster,
    ClusterMember,
    Council,
    CouncilMembership,
    MovedCase,
    Nominee,
    Person,
    RoleHolding,
    Task,
    Unit,
    UnitSuccession,
)
from workflows.values import UNIT_ITEMS

SITTING = "council_vote"


@dataclass(frozen=True)
class LeftIn:
    """What keeps a unit from being closed."""

    cases: int
    tasks: int
    below: int
    roles: int

    @property
    def holds(self) -> bool:
        return bool(self.cases or self.tasks or self.below)


def left_in(session: Session, unit: Unit) -> LeftIn:
    """Open cases and tasks of a unit, units below it that are not closed, roles without an end; five statements."""
    below = Unit.parent_id == unit.id, Unit.to_date.is_(None)
    counted = (
        select(func.count()).select_from(Case).where(Case.state != "ended", touching([unit.id])),
        select(func.count()).select_from(Task).where(Task.status == "open", Task.unit_id == unit.id),
        select(func.count()).select_from(Unit).where(*below),
        select(func.count())
        .select_from(RoleHolding)
        .where(RoleHolding.unit_id == unit.id, RoleHolding.to_date.is_(None)),
    )
    cases, *others = (session.execute(query).scalar_one() for query in counted)
    return LeftIn(cases + coming_over(session, [unit.id]), *others)


def touching(units: Collection[int]) -> ColumnElement[bool]:
    """Condition on Case: one of its units is among these."""
    columns = (Case.unit_id, Case.organiser_id, Case.district_id, Case.province_id)
    return or_(false(), *(column.in_(units) for column in columns))


def coming_over(session: Session, units: Collection[int]) -> int:
    """How many cases under way have yet to go over to units from those that were before them."""
    query = (
        select(func.count(MovedCase.id.distinct()))
        .join(Case, Case.id == MovedCase.case_id)
        .join(UnitSuccession, UnitSuccession.change_id == MovedCase.change_id)
        .where(MovedCase.state != "done", Case.state != "ended", UnitSuccession.successor_id.in_(units))
    )
    return session.scalar(query) or 0


def is_sitting(session: Session, units: Collection[int]) -> bool:
    """Whether a session of a council of one of the units is under way."""
    query = select(Case.id).where(
        Case.process == SITTING, Case.state != "ended", Case.organiser_id.in_(units)
    )
    return session.scalar(query.limit(1)) is not None


def subtree(session: Session, units: Sequence[Unit]) -> list[Unit]:
    """The units and all below them that are not closed, those above first."""
    below = [
        or_(Unit.code == unit.code, Unit.code.startswith(unit.code + "/", autoescape=True)) for unit in units
    ]
    found = session.scalars(select(Unit).where(or_(*below), Unit.to_date.is_(None)))
    return sorted(found, key=lambda unit: (unit.code.count("/"), unit.code))


def asked_by_name(items: Mapping[str, Any]) -> bool:
    """Whether a task with these items is one of many that each unit was asked for: its answer stands in its name."""
    return bool(UNIT_ITEMS & items.keys())


@dataclass(frozen=True)
class RoleAt:
    """A role held in a unit that changes."""

    id: int
    person: str
    role: str
    unit: str


@dataclass(frozen=True)
class CaseAt:
    """A case under way of a unit that changes."""

    code: str
    process: str
    title: str
    unit: str
    tasks: int


@dataclass(frozen=True)
class Affected:
    """What a merger or a split moves; ``named`` tasks stay with the old unit's name, for whoever comes after it.

    ``sitting``: a session of a council is under way there, which has to end first; so have ``coming`` cases to go over.
    """

    cases: Sequence[CaseAt]
    beside: int
    tasks: int
    named: int
    roles: Sequence[RoleAt]
    below: Sequence[Unit]
    nominees: int
    campaigns: int
    seats: int
    clusters: Sequence[str]
    sitting: bool
    coming: int


def affected(session: Session, units: Sequence[Unit], day: dt.date) -> Affected:
    """What hangs on units that are to be merged or split on a day; ten statements."""
    tree = subtree(session, units)
    ids, roots = [unit.id for unit in tree], [unit.id for unit in units]
    open_cases = select(Case.id).where(Case.state != "ended", touching(ids))
    tasks = session.scalars(
        select(Task.items).where(Task.status == "open", Task.unit_id.in_(ids), Task.person_id.is_(None))
    ).all()
    named = sum(asked_by_name(items) for items in tasks)
    cases = _cases(session, ids)
    return Affected(
        cases=cases,
        beside=_count(session, open_cases) - len(cases),
        tasks=len(tasks) - named,
        named=named,
        roles=_roles(session, roots, day),
        below=[unit for unit in tree if unit.id not in roots],
        nominees=_count(session, select(Nominee.id).where(Nominee.unit_id.in_(ids))),
        campaigns=_count(session, _campaigns(ids)),
        seats=_count(session, _seats(ids)),
        clusters=list(session.scalars(_clusters(ids))),
        sitting=is_sitting(session, ids),
        coming=coming_over(session, ids),
    )


def _count(session: Session, query: Any) -> int:
    return session.execute(select(func.count()).select_from(query.subquery())).scalar_one()


def _cases(session: Session, units: Collection[int]) -> list[CaseAt]:
    rows = session.execute(
        select(Case.code, Case.process, Case.title, Unit.name, func.count(Task.id))
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Task, (Task.case_id == Case.id) & (Task.status == "open"))
        .where(Case.state != "ended", Case.unit_id.in_(units))
        .group_by(Case.id, Case.code, Case.process, Case.title, Unit.name)
        .order_by(Case.id)
    )
    return [CaseAt(*row) for row in rows]


def _roles(session: Session, units: Collection[int], day: dt.date) -> list[RoleAt]:
    rows = session.execute(
        select(RoleHolding.id, Person.name, RoleHolding.role, Unit.name)
        .join(Person, Person.id == RoleHolding.person_id)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(RoleHolding.unit_id.in_(units), Person.active, _not_ended(RoleHolding.to_date, day))
        .order_by(Unit.sort_key, RoleHolding.role, Person.sort_key)
    )
    return [RoleAt(*row) for row in rows]


def _not_ended(column: Any, day: dt.date) -> ColumnElement[bool]:
    return or_(column.is_(None), column >= day)


def _campaigns(units: Collection[int]) -> Any:
    own = aliased(Case)
    ended = select(own.id).where(
        own.campaign_id == Campaign.id, own.process.in_(OWN_PROCESSES), own.state == "ended"
    )
    return select(Campaign.id).where(Campaign.unit_id.in_(units), ~ended.exists())


def _seats(units: Collection[int]) -> Any:
    return (
        select(CouncilMembership.id)
        .join(Council, Council.id == CouncilMembership.council_id)
        .where(Council.unit_id.in_(units), CouncilMembership.to_date.is_(None))
    )


def _clusters(units: Collection[int]) -> Any:
    return (
        select(Cluster.name)
        .join(ClusterMember, ClusterMember.cluster_id == Cluster.id)
        .where(ClusterMember.unit_id.in_(units), ClusterMember.to_date.is_(None))
        .distinct()
    )
