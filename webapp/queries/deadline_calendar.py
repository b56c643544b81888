"""What falls on the days of a month, as far as a person may know of it: tasks due, sessions, days of plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import Campaign, Case, CouncilSession, Task, Unit
from webapp.queries.office_days import calendar_of
from webapp.queries.plans import read_plan
from webapp.queries.standing import Standing, actable, visible_among, visible_campaign
from workflows.plan import Plan
from workflows.rules.deadlines import Calendar, end_of_day

LONGEST = 2000
"""So many tasks of a month are shown."""


@dataclass(frozen=True)
class DueTask:
    """One open task with its deadline."""

    public_id: str
    name: str
    process: str
    code: str
    title: str
    unit: str | None
    due: dt.datetime


def due_tasks(
    session: Session, standing: Standing, first: dt.date, last: dt.date, *, own: bool
) -> list[DueTask]:
    """Open tasks due from one day to another, the first due first: one's own, or all of the cases one knows of.

    What others have to vote is nobody's but theirs; what is suspended is not due.
    """
    columns: tuple[Any, ...] = (
        *(Task.public_id, Task.name, Case.process, Case.code, Case.title),
        *(Unit.name.label("unit"), Task.due),
    )
    rows = session.execute(
        select(*columns)
        .join_from(Task, Case, Case.id == Task.case_id)
        .outerjoin(Unit, Unit.id == Task.unit_id)
        .where(
            Task.status == "open",
            Case.state == "active",
            Task.due > end_of_day(first - dt.timedelta(days=1)),
            Task.due <= end_of_day(last),
            _reach(standing, own),
        )
        .order_by(Task.due, Task.id)
        .limit(LONGEST)
    )
    return [DueTask(*row) for row in rows]


def sessions_between(
    session: Session, standing: Standing, first: dt.date, last: dt.date
) -> list[tuple[dt.datetime, str, str]]:
    """(when, number, code) of the sessions of the council somebody knows of."""
    columns: tuple[Any, ...] = (CouncilSession.held_at, Case.title, Case.code)
    rows = session.execute(
        select(*columns)
        .join_from(CouncilSession, Case, Case.id == CouncilSession.case_id)
        .where(
            CouncilSession.held_at > end_of_day(first - dt.timedelta(days=1)),
            CouncilSession.held_at <= end_of_day(last),
            Case.outcome.is_distinct_from("cancelled"),
            visible_among(standing),
        )
        .order_by(CouncilSession.held_at)
    )
    return [(held_at, title, code) for held_at, title, code in rows]


def running_plans(
    session: Session, standing: Standing, first: dt.date, last: dt.date
) -> list[tuple[str, Plan, dt.datetime | None]]:
    """(code, plan, when registration closes) of the campaigns somebody knows of that run in these days."""
    query = (
        select(Campaign)
        .where(Campaign.starts_on <= last, Campaign.ends_on >= first, visible_campaign(standing))
        .options(joinedload(Campaign.plan_version))
        .order_by(Campaign.id)
    )
    return [
        (each.code, read_plan(each.plan_version.content), each.registration_closes)
        for each in session.scalars(query)
    ]


def calendar_for(session: Session, standing: Standing, year: int) -> Calendar:
    """The working days of the unit somebody works in; of several the first."""
    units: Mapping[str, int] = {held.unit_code: held.unit_id for held in standing.roles}
    return calendar_of(session, units[min(units)] if units else 0, year)


def _reach(standing: Standing, own: bool) -> ColumnElement[bool]:
    if own:
        return actable(standing)
    return and_(visible_among(standing), Task.membership_id.is_(None))
