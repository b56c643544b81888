"""What the demo shows of itself: how much waits for each account, and where its tour leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Case, Person, RoleHolding, Task, Unit
from webapp.queries.inbox import suspended


@dataclass(frozen=True)
class Falling:
    """A case in which something falls due."""

    code: str
    process: str
    title: str


def waiting_tasks(session: Session, usernames: Collection[str], day: dt.date) -> Mapping[str, int]:
    """How many tasks each account has in hand or may take; only accounts that are there. One statement."""
    query = (
        select(Person.username, func.count(Task.id))
        .outerjoin(Task, _waits_for_person(day))
        .where(Person.username.in_(usernames))
        .group_by(Person.username)
    )
    return {username: count for username, count in session.execute(query) if username}


def first_tasks(
    session: Session, wanted: Collection[tuple[str, str]], day: dt.date
) -> Mapping[tuple[str, str], str]:
    """For each (account, task of the diagram) the open task that is due first. One statement."""
    usernames = {username for username, _ in wanted}
    elements = {element for _, element in wanted}
    query = (
        select(Person.username, Task.element, Task.public_id)
        .join(Task, _waits_for_person(day))
        .join(Case, Case.id == Task.case_id)
        .where(Person.username.in_(usernames), Task.element.in_(elements), Case.state == "active")
        .order_by(Task.due.is_(None), Task.due, Task.id)
    )
    found: dict[tuple[str, str], str] = {}
    for username, element, public_id in session.execute(query):
        found.setdefault((username or "", element), public_id)
    return found


def longest_awarded(session: Session) -> str | None:
    """Code of the awarded nomination with the most steps: the one most worth replaying."""
    query = select(Case.code).where(Case.process == "nomination", Case.outcome == "awarded")
    return session.scalar(query.order_by(Case.inputs.desc(), Case.id).limit(1))


def unit_names(session: Session, codes: Collection[str]) -> Mapping[str, str]:
    """Names of units by code."""
    return dict(session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes))).all())


def falling_due(session: Session, after: dt.datetime, until: dt.datetime) -> list[Falling]:
    """Cases with a timer between two instants, in the order of their codes."""
    query = (
        select(Case.code, Case.process, Case.title)
        .where(Case.state == "active", Case.next_due >= after, Case.next_due < until)
        .order_by(Case.code)
    )
    return [Falling(*row) for row in session.execute(query)]


def _waits_for_person(day: dt.date) -> ColumnElement[bool]:
    """Condition on Task and Person: it is in one of the open lists of this person's inbox."""
    held = exists().where(
        RoleHolding.person_id == Person.id,
        RoleHolding.role == Task.role,
        RoleHolding.unit_id == Task.unit_id,
        RoleHolding.from_date <= day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
    )
    return and_(
        Task.status == "open",
        Task.case_id.not_in(suspended()),
        or_(Task.holder_id.is_(None), Task.holder_id == Person.id),
        or_(Task.person_id == Person.id, and_(Task.person_id.is_(None), held)),
    )
