"""A person's tasks: the lists of the inbox and what is in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, and_, case, false, func, or_, select, true, union_all
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Task, Unit
from webapp.queries.delegated_tasks import delegated, not_for_others
from webapp.queries.plans import milestone_of, plans_of
from webapp.queries.session_of_task import session_code
from webapp.queries.standing import Standing, own, takable
from webapp.queries.task_marks import Mark, mark_of
from webapp.queries.units import unit_names
from workflows.plan import Plan
from workflows.values import VIETNAM, local_day

Tab = Literal["mine", "common", "delegated", "done"]
PAGE_SIZE = 25
SOON_DAYS = 2
LOOKED_AT = 5_000


@dataclass(frozen=True)
class Wanted:
    """Which list, narrowed to what. ``kind`` is process.element, ``due`` is overdue or soon, ``session`` the code of a
    council session; empty: all. ``group`` is campaign, session or kind; empty: not grouped.
    """

    tab: Tab = "mine"
    campaign: str = ""
    kind: str = ""
    unit: str = ""
    due: str = ""
    session: str = ""
    group: str = ""


@dataclass(frozen=True)
class TaskRow:
    """One line of a list. ``kind`` is process.element, ``process`` the root of the case, ``unit`` who submits it, or
    which unit of a campaign it is about.

    ``campaign`` is the whole title, ``campaign_short`` what lists call it; ``milestone`` the review or award round that
    a task of a campaign is about; ``mark`` how far the reader has come with it.
    """

    public_id: str
    kind: str
    name: str
    round: int
    code: str
    process: str
    title: str
    unit: str
    campaign: str | None
    due: dt.datetime | None
    closed_at: dt.datetime | None
    mark: Mark
    campaign_short: str
    milestone: str


@dataclass(frozen=True)
class Facets:
    """What a list can be narrowed to, each as (value, text)."""

    campaigns: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Position:
    """What the order of open lists goes by."""

    due: dt.datetime | None
    row_id: int


def task_rows(
    session: Session,
    standing: Standing,
    wanted: Wanted,
    now: dt.datetime,
    page: int,
    first: tuple[ColumnElement[Any], ...] = (),
) -> list[TaskRow]:
    """One page of a list (from 1): open ones by due, those without a due last; done ones by newest.

    ``first`` is what the order goes by before that. What else a line shows is looked up for the lines of the page only.
    """
    order = (*first, *list_order(wanted.tab))
    cut = within(select(Task.id), standing, wanted, now).order_by(*order)
    rows = session.execute(_lines(standing, cut.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE), order)).all()
    names = unit_names(session, (row.items for row in rows))
    plans = plans_of(session, (row.plan_version_id for row in rows))
    return [_row(row, plans.get(row.plan_version_id), names) for row in rows]


def _lines(
    standing: Standing, cut: Select[int], order: tuple[ColumnElement[Any], ...]
) -> Select[*tuple[Any, ...]]:
    """What the lines of one page show, in their order; the columns are those of TaskRow, then what more it needs."""
    found = cut.subquery()
    return (
        select(
            Task.public_id,
            Task.process + "." + Task.element,
            Task.name,
            Task.round,
            Case.code,
            Case.process,
            Case.title,
            Unit.name,
            Campaign.title,
            Task.due,
            Task.closed_at,
            mark_of(standing.person_id),
            Campaign.plan_version_id,
            Task.items,
        )
        .join(found, found.c.id == Task.id)
        .join(Case, Case.id == Task.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
        .order_by(*order)
    )


def _row(row: Row[Any], plan: Plan | None, names: Mapping[str, str]) -> TaskRow:
    """A line; what a campaign asks about one of many units bears the name of that unit."""
    told = (plan.short_title, plan.milestone_name(milestone_of(row.items))) if plan else ("", "")
    given: list[Any] = [*row[:-2], *told]
    line = TaskRow(*given)
    if line.process != "campaign":
        return line
    return replace(line, unit=names.get(row.items.get("unit", ""), line.unit))


def suspended_cases(session: Session, standing: Standing) -> Sequence[Row[str, str, str]]:
    """Code, process and title of the suspended dossiers whose tasks would stand in the person's lists.

    PAGE_SIZE of them at most, those suspended last first.
    """
    hidden = select(Task.id).where(Task.case_id == Case.id, or_(_own(standing), _common(standing)))
    return session.execute(
        select(Case.code, Case.process, Case.title)
        .where(Case.state == "frozen", hidden.exists())
        .order_by(Case.frozen_at.desc(), Case.id)
        .limit(PAGE_SIZE)
    ).all()


def task_facets(session: Session, standing: Standing, tab: Tab) -> Facets:
    """Campaigns, kinds of task and units that occur among the first LOOKED_AT of a list, in one statement."""
    first = (
        select(Task.id).where(listed(standing, tab)).order_by(*list_order(tab)).limit(LOOKED_AT).subquery()
    )
    found = (
        select(Task.process, Task.element, func.max(Task.name).label("name"), Case.campaign_id, Case.unit_id)
        .join(first, first.c.id == Task.id)
        .join(Case, Case.id == Task.case_id)
        .group_by(Task.process, Task.element, Case.campaign_id, Case.unit_id)
        .subquery()
    )
    rows = session.execute(
        select(
            found.c.process,
            found.c.element,
            found.c.name,
            Campaign.code,
            Campaign.title,
            Unit.code,
            Unit.name,
        )
        .join(Unit, Unit.id == found.c.unit_id)
        .outerjoin(Campaign, Campaign.id == found.c.campaign_id)
        .order_by(Unit.sort_key)
    ).all()
    return Facets(
        campaigns=tuple({row[3]: row[4] for row in rows if row[3]}.items()),
        kinds=tuple({f"{row.process}.{row.element}": row.name for row in rows}.items()),
        units=tuple({row[5]: row[6] for row in rows}.items()),
    )


def listed(standing: Standing, tab: Tab) -> ColumnElement[bool]:
    """Condition on Task: it is in this list of the person. Tasks of a suspended dossier are in no list of open ones."""
    if tab == "done":
        return and_(Task.status == "done", Task.closed_by_id == standing.person_id)
    kept = {"mine": _own, "common": _common, "delegated": delegated}[tab](standing)
    return and_(kept, Task.case_id.not_in(suspended()))


def _common(standing: Standing) -> ColumnElement[bool]:
    return and_(Task.status == "open", Task.holder_id.is_(None), takable(standing))


def _own(standing: Standing) -> ColumnElement[bool]:
    mine = union_all(*(select(Task.id).where(part) for part in own_parts(standing)))
    # Within CASE, so that no database begins with all tasks that one may act on.
    return and_(Task.id.in_(mine), case((own(standing), true()), else_=false()))


def own_parts(standing: Standing) -> list[ColumnElement[bool]]:
    """The own list in parts of which none shares a task with another, each out of one index."""
    me = standing.person_id
    return [
        and_(Task.status == "open", Task.holder_id == me, *not_for_others(standing)),
        and_(Task.status == "open", Task.person_id == me, Task.holder_id.is_(None)),
    ]


def suspended() -> Select[int]:
    """Ids of the cases in which nothing can be done for now."""
    return select(Case.id).where(Case.state == "frozen")


def narrowed(wanted: Wanted, now: dt.datetime) -> list[ColumnElement[bool]]:
    """Conditions on Task: it fits the filters."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.campaign:
        cases = select(Case.id).join(Campaign, Campaign.id == Case.campaign_id)
        conditions.append(Task.case_id.in_(cases.where(Campaign.code == wanted.campaign)))
    if wanted.kind:
        process, _, element = wanted.kind.partition(".")
        conditions += [Task.process == process, Task.element == element]
    if wanted.unit:
        cases = select(Case.id).join(Unit, Unit.id == Case.unit_id)
        conditions.append(Task.case_id.in_(cases.where(Unit.code == wanted.unit)))
    if wanted.session:
        conditions.append(session_code() == wanted.session)
    if wanted.due == "overdue":
        conditions.append(Task.due < now)
    if wanted.due == "soon":
        conditions += [Task.due >= now, Task.due < _end_of_soon(now)]
    return conditions


def _end_of_soon(now: dt.datetime) -> dt.datetime:
    day = local_day(now) + dt.timedelta(days=SOON_DAYS + 1)
    return dt.datetime.combine(day, dt.time(), VIETNAM)


def within(
    columns: Select[*tuple[Any, ...]], standing: Standing, wanted: Wanted, now: dt.datetime
) -> Select[Any]:
    """A statement on Task, kept within the list and its filters."""
    return columns.where(listed(standing, wanted.tab), *narrowed(wanted, now))


def list_order(tab: Tab) -> tuple[ColumnElement[Any], ...]:
    """Done tasks by newest; open ones by due, those without a due last."""
    if tab == "done":
        return Task.closed_at.desc(), Task.id.desc()
    return Task.due.asc().nulls_last(), Task.id.asc()
