"""Exemplars: the list of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Unit
from webapp.queries.replications import applied_to
from webapp.queries.standing import Standing, visible

PAGE_SIZE = 25
STATES = ("verification", "fostering", "selection", "introduction", "introduced", "closed")


@dataclass(frozen=True)
class Wanted:
    """Which exemplars; empty: all. ``state`` is one of STATES: a stage, introduced to its end, ended otherwise."""

    campaign: str = ""
    unit: str = ""
    state: str = ""


@dataclass(frozen=True)
class ExemplarRow:
    """One line of the list; ``applied`` units apply it."""

    code: str
    name: str
    unit: str
    campaign: str
    stage: str | None
    state: str
    outcome: str | None
    opened_at: dt.datetime
    applied: int


state_column = case(
    (Case.state != "ended", Case.stage), (Case.outcome == "introduced", "introduced"), else_="closed"
)


def exemplar_rows(session: Session, standing: Standing, wanted: Wanted, page: int) -> list[ExemplarRow]:
    """One page of the list, from 1, the newest first."""
    columns = (
        Case.code,
        Case.title,
        Unit.name,
        Campaign.title,
        Case.stage,
        Case.state,
        Case.outcome,
        Case.opened_at,
        applied_to(Case).scalar_subquery(),
    )
    query = _found(*columns, standing=standing, wanted=wanted)
    if wanted.state:
        query = query.where(state_column == wanted.state)
    query = query.order_by(Case.opened_at.desc(), Case.id.desc())
    found = session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return [ExemplarRow(*row) for row in found]


def exemplar_counts(session: Session, standing: Standing, wanted: Wanted) -> dict[str, int]:
    """How many there are in each of STATES, whatever state is asked for."""
    query = _found(state_column, func.count(), standing=standing, wanted=wanted).group_by(state_column)
    return {row[0]: row[1] for row in session.execute(query)}


def _found(*columns: Any, standing: Standing, wanted: Wanted) -> Select[Any]:
    query = (
        select(*columns)
        .select_from(Case)
        .join(Unit, Unit.id == Case.unit_id)
        .join(Campaign, Campaign.id == Case.campaign_id)
        .where(Case.process == "exemplar", visible(standing))
    )
    if wanted.campaign:
        query = query.where(Campaign.code == wanted.campaign)
    if wanted.unit:
        query = query.where(Unit.code == wanted.unit)
    return query
