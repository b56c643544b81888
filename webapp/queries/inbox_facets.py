"""What a list of tasks can be narrowed to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Task, Unit
from webapp.queries.inbox import Tab, first_ids
from webapp.queries.standing import Standing
from webapp.text import sort_key

LOOKED_AT = 5_000


@dataclass(frozen=True)
class Facets:
    """What a list can be narrowed to, each as (value, text)."""

    campaigns: Sequence[tuple[str, str]]
    kinds: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]


def task_facets(session: Session, standing: Standing, tab: Tab) -> Facets:
    """Campaigns, kinds of task and units that occur among the first LOOKED_AT of a list, in one statement."""
    first = first_ids(standing, tab, (), LOOKED_AT).subquery()
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
        campaigns=_by_text({row[3]: row[4] for row in rows if row[3]}),
        kinds=_by_text({f"{row.process}.{row.element}": row.name for row in rows}),
        units=tuple({row[5]: row[6] for row in rows}.items()),
    )


def _by_text(texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """In the order of the alphabet; what is called alike by its value."""
    return tuple(sorted(texts.items(), key=lambda each: (sort_key(each[1]), each[0])))
