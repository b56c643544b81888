"""A person's tasks: the lists of the inbox and what is in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, case, false, or_, select, true, union_all
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

    ``assigned``: it is for one person alone; ``holder_id`` is who has taken it, ``deployment`` its diagrams (digest).
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
    assigned: bool
    holder_id: int | None
    deployment: str
    campaign_short: str
    milestone: str


@dataclass(frozen=True)
class Position:
    """What the order of open lists goes by."""

    due: dt.datetime | None
    row_id: int


def task_rows(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime, page: int
) -> list[TaskRow]:
    """One page of a list (from 1): open ones by due, those without a due last; done ones by newest."""
    cut = first_ids(standing, wanted.tab, narrowed(wanted, now), PAGE_SIZE, (page - 1) * PAGE_SIZE)
    return rows_in(session, standing, cut.subquery(), *list_order(wanted.tab))


def rows_in(session: Session, standing: Standing, cut: Subquery, *order: ColumnElement[Any]) -> list[TaskRow]:
    """The lines of the tasks whose ids ``cut`` holds; what else a line shows is looked up for these only."""
    rows = session.execute(_lines(standing, cut).order_by(*order)).all()
    names = unit_names(session, (row.items for row in rows))
    plans = plans_of(session, (row.plan_version_id for row in rows))
    return [_row(row, plans.get(row.plan_version_id), names) for row in rows]


def _lines(standing: Standing, found: Subquery) -> Select[*tuple[Any, ...]]:
    """What the lines of one page show; the columns are those of TaskRow, then what more it needs."""
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
            Task.person_id.is_not(None),
            Task.holder_id,
            Case.deployment_digest,
            Campaign.plan_version_id,
            Task.items,
        )
        .join(found, found.c.id == Task.id)
        .join(Case, Case.id == Task.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
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


def parts(standing: Standing, tab: Tab) -> list[ColumnElement[bool]]:
    """The condition of `listed` in parts of which none shares a task with another, each out of one index.

    What a database would read whole and sort as one condition it reads from each index in the order of the list.
    """
    if tab == "mine":
        each = [and_(part, own(standing)) for part in own_parts(standing)]
    elif tab == "common":
        free = and_(Task.status == "open", Task.holder_id.is_(None), Task.person_id.is_(None))
        places = sorted({(held.role, held.unit_id) for held in standing.every})
        each = [and_(free, Task.role == role, Task.unit_id == unit) for role, unit in places] or [false()]
    else:
        return [listed(standing, tab)]
    return [and_(part, Task.case_id.not_in(suspended())) for part in each]


def first_ids(
    standing: Standing, tab: Tab, narrower: Sequence[ColumnElement[bool]], limit: int, offset: int = 0
) -> Select[Any]:
    """Ids of tasks of a list, in its order, ``limit`` of them; each part is read no further than that."""
    order = list_order(tab)
    by = Task.closed_at if tab == "done" else Task.due
    found = [select(Task.id, by).where(part, *narrower) for part in parts(standing, tab)]
    firsts = (each.order_by(*order).limit(limit + offset).subquery() for each in found)
    every = union_all(*(select(each) for each in firsts)).subquery()
    return select(every.c.id).order_by(*list_order(tab, every.c)).limit(limit).offset(offset)


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


def list_order(tab: Tab, of: Any = Task) -> tuple[ColumnElement[Any], ...]:
    """Done tasks by newest; open ones by due, those without a due last."""
    if tab == "done":
        return of.closed_at.desc(), of.id.desc()
    return of.due.asc().nulls_last(), of.id.asc()
