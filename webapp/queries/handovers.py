"""Transfers of office of a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Handover, Person

MOST = 20


@dataclass(frozen=True)
class Transfer:
    """A transfer as the page of one of the two shows it; ``tasks`` is empty until its day has come."""

    giver: str
    taker: str
    day: dt.date
    roles: int
    cases: int
    tasks: int | None


def transfers_of(session: Session, public_id: str) -> list[Transfer]:
    """The last transfers from or to a person, the latest first; one statement."""
    giver, taker = aliased(Person), aliased(Person)
    rows = session.execute(
        select(giver.name, taker.name, Handover.day, Handover.roles, Handover.cases, Handover.tasks)
        .join(giver, giver.id == Handover.giver_id)
        .join(taker, taker.id == Handover.taker_id)
        .where(or_(giver.public_id == public_id, taker.public_id == public_id))
        .order_by(Handover.day.desc(), Handover.id.desc())
        .limit(MOST)
    )
    return [
        Transfer(given, taken, day, len(roles), len(cases), tasks)
        for given, taken, day, roles, cases, tasks in rows
    ]
