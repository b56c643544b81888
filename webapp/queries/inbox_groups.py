"""A list of tasks in groups: by campaign, by council session, by kind of task. And what has come into it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, literal, literal_column, null, select, union_all
from sqlalchemy.orm import Session, aliased

from webapp.models import Campaign, Case, Task
from webapp.queries.inbox import (
    PAGE_SIZE,
    TaskRow,
    Wanted,
    first_ids,
    list_order,
    narrowed,
    parts,
    rows_in,
    within,
)
from webapp.queries.session_of_task import session_code
from webapp.queries.standing import Standing

GROUPS = ("campaign", "session", "kind")
_case, _campaign, _held, _newest = aliased(Case), aliased(Campaign), aliased(Case), aliased(Task)


@dataclass(frozen=True)
class Group:
    """A group of a list: ``value`` is what its filter is narrowed to, empty for those that belong to none."""

    value: str
    name: str
    count: int


def task_groups(session: Session, standing: Standing, wanted: Wanted, now: dt.datetime) -> list[Group]:
    """The groups of a list in their order: the one with the earliest due first; of done tasks the latest done.

    Nothing for a list that is not grouped. One statement.
    """
    if not wanted.group:
        return []
    kept = narrowed(wanted, now)
    told = (
        func.min(Task.due).label("due"),
        func.max(Task.closed_at).label("closed_at") if wanted.tab == "done" else null().label("closed_at"),
        func.max(Task.id).label("newest"),
        func.count().label("count"),
    )
    columns = (Task.process, Task.element) if wanted.group == "kind" else (literal_column("key"),)
    found = (
        select(_key(wanted.group).label("key"), *told).where(part, *kept).group_by(*columns)
        for part in parts(standing, wanted.tab)
    )
    rows = union_all(*found).subquery()
    whole = (
        select(
            rows.c.key,
            func.sum(rows.c.count).label("count"),
            func.max(rows.c.newest).label("newest"),
            func.min(rows.c.due).label("due"),
            func.max(rows.c.closed_at).label("closed_at"),
        )
        .group_by(rows.c.key)
        .subquery()
    )
    first = whole.c.closed_at.desc() if wanted.tab == "done" else whole.c.due.asc()
    counted = session.execute(
        select(whole.c.key, _name(wanted.group, whole.c.key, whole.c.newest), whole.c.count).order_by(
            whole.c.key.is_(None), first.nulls_last(), whole.c.key
        )
    )
    return [Group(key or "", name or "", int(count)) for key, name, count in counted]


def grouped_rows(
    session: Session,
    standing: Standing,
    wanted: Wanted,
    now: dt.datetime,
    page: int,
    groups: Sequence[Group],
) -> list[TaskRow]:
    """One page (from 1) of a grouped list: read from those groups only that reach into it."""
    start, begun = (page - 1) * PAGE_SIZE, 0
    cuts = []
    for place, group in enumerate(groups):
        offset = max(0, start - begun)
        limit = min(group.count, start + PAGE_SIZE - begun) - offset
        begun += group.count
        if limit > 0:
            within_group = [*narrowed(wanted, now), _in_group(wanted.group, group)]
            cut = first_ids(standing, wanted.tab, within_group, limit, offset).subquery()
            cuts.append(select(cut.c.id, literal(place).label("place")))
    if not cuts:
        return []
    found = union_all(*cuts).subquery()
    return rows_in(session, standing, found, found.c.place, *list_order(wanted.tab))


def _in_group(by: str, group: Group) -> ColumnElement[bool]:
    """Condition on Task: it belongs to a group."""
    if not group.value:
        return _key(by).is_(None)
    if by == "kind":
        process, _, element = group.value.partition(".")
        return and_(Task.process == process, Task.element == element)
    return _key(by) == group.value


def new_tasks(
    session: Session, standing: Standing, wanted: Wanted, now: dt.datetime, since: dt.datetime
) -> int:
    """How many tasks of a list have been opened after an instant."""
    rows = within(select(Task.id), standing, wanted, now).where(Task.opened_at > since).subquery()
    return session.execute(select(func.count()).select_from(rows)).scalar_one()


def _key(group: str) -> ColumnElement[Any]:
    """What the tasks of one group have in common, as the filter of that name takes it."""
    if group == "kind":
        return Task.process + "." + Task.element
    if group == "session":
        return session_code()
    return (
        select(_campaign.code)
        .join(_case, _case.campaign_id == _campaign.id)
        .where(_case.id == Task.case_id)
        .correlate(Task)
        .scalar_subquery()
    )


def _name(group: str, key: ColumnElement[Any], newest: ColumnElement[Any]) -> ColumnElement[Any]:
    """What a group is called: the title of its campaign, the number of its session, the name of its tasks."""
    if group == "kind":
        return select(_newest.name).where(_newest.id == newest).scalar_subquery()
    if group == "session":
        return select(func.max(_held.title)).where(_held.code == key).scalar_subquery()
    return select(func.max(Campaign.title)).where(Campaign.code == key).scalar_subquery()
