"""A list of tasks in groups: by campaign, by council session, by kind of task. And what has come into it since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Campaign, Case, Task
from webapp.queries.inbox import Wanted, within
from webapp.queries.session_of_task import session_code
from webapp.queries.standing import Standing

GROUPS = ("campaign", "session", "kind")
_case, _campaign, _held = aliased(Case), aliased(Campaign), aliased(Case)


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
    key = _key(wanted.group).label("key")
    rows = within(select(key, Task.due, Task.closed_at, Task.name), standing, wanted, now).subquery()
    first = func.max(rows.c.closed_at).desc() if wanted.tab == "done" else func.min(rows.c.due).asc()
    name = _name(wanted.group, rows.c.key, func.max(rows.c.name))
    found = session.execute(
        select(rows.c.key, name, func.count())
        .group_by(rows.c.key)
        .order_by(rows.c.key.is_(None), first.nulls_last(), rows.c.key)
    )
    return [Group(key or "", name or "", count) for key, name, count in found]


def group_order(wanted: Wanted, groups: Sequence[Group]) -> tuple[ColumnElement[Any], ...]:
    """What the order of a grouped list goes by first."""
    places = {group.value: place for place, group in enumerate(groups) if group.value}
    return (case(places, value=_key(wanted.group), else_=len(groups)),) if places else ()


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


def _name(group: str, key: ColumnElement[Any], task: ColumnElement[Any]) -> ColumnElement[Any]:
    """What a group is called: the title of its campaign, the number of its session, the name of its tasks."""
    if group == "kind":
        return task
    if group == "session":
        return select(func.max(_held.title)).where(_held.code == key).scalar_subquery()
    return select(func.max(Campaign.title)).where(Campaign.code == key).scalar_subquery()
