"""The counts of a person's lists of tasks: exact, and read from indexes alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from webapp.models import Task
from webapp.queries.inbox import Wanted, narrowed, parts
from webapp.queries.standing import Standing


@dataclass(frozen=True)
class Counts:
    """Open tasks held, open tasks to take, rows of the list as narrowed, and open tasks delegated by others."""

    mine: int
    common: int
    listed: int
    delegated: int = 0


def task_counts(session: Session, standing: Standing, wanted: Wanted, now: dt.datetime) -> Counts:
    """All numbers of the inbox in one statement; what is counted for its tab is not counted again."""
    wanted = replace(wanted, group="")
    lent = [Wanted("delegated")] if standing.lent else []
    asked = list(dict.fromkeys((Wanted("mine"), Wanted("common"), *lent, wanted)))
    row = session.execute(select(*(_count(standing, each, now) for each in asked))).one()
    counts = dict(zip(asked, row, strict=True))
    mine, common = counts[Wanted("mine")], counts[Wanted("common")]
    return Counts(mine, common, counts[wanted], counts.get(Wanted("delegated"), 0))


def _count(standing: Standing, wanted: Wanted, now: dt.datetime) -> ColumnElement[int]:
    rows = (
        select(func.count()).select_from(Task).where(part, *narrowed(wanted, now))
        for part in parts(standing, wanted.tab)
    )
    return sum((each.scalar_subquery() for each in rows), literal(0))
