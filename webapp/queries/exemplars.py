"""Exemplars: the list of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, exists, func, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Introduction, Unit
from webapp.queries.plans import short_titles
from webapp.queries.replications import applied_to
from webapp.queries.standing import Standing, visible

PAGE_SIZE = 25
STATES = ("verification", "fostering", "selection", "introduction", "introduced", "over", "closed")


@dataclass(frozen=True)
class Wanted:
    """Which exemplars; empty: all.

    ``state`` is one of STATES: a stage, ``introduction`` while its text is written and approved, ``introduced`` now to
    everybody, ``over`` when that came to its end, ``closed`` when it ended otherwise.
    """

    campaign: str = ""
    unit: str = ""
    state: str = ""


@dataclass(frozen=True)
class ExemplarRow:
    """One line of the list; ``phase`` is one of STATES, ``applied`` units apply it."""

    code: str
    name: str
    unit: str
    campaign: str
    phase: str
    state: str
    outcome: str | None
    opened_at: dt.datetime
    applied: int


_public = exists().where(Introduction.case_id == Case.id)
state_column = case(
    ((Case.state != "ended") & _public, "introduced"),
    (Case.state != "ended", Case.stage),
    (Case.outcome == "introduced", "over"),
    else_="closed",
)
outcome_column = case(((Case.outcome == "withdrawn") & _public, "taken_down"), else_=Case.outcome)
"""How an exemplar ended: what is withdrawn after it was introduced stays one, its page is taken down."""


def exemplar_rows(session: Session, standing: Standing, wanted: Wanted, page: int) -> list[ExemplarRow]:
    """One page of the list, from 1, the newest first."""
    columns = (
        Case.code,
        Case.title,
        Unit.name,
        Campaign.plan_version_id,
        state_column,
        Case.state,
        outcome_column,
        Case.opened_at,
        applied_to(Case).scalar_subquery(),
    )
    query = _found(*columns, standing=standing, wanted=wanted)
    if wanted.state:
        query = query.where(state_column == wanted.state)
    query = query.order_by(Case.opened_at.desc(), Case.id.desc())
    found: Sequence[Any] = session.execute(query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    titles = short_titles(session, (row.plan_version_id for row in found))
    return [ExemplarRow(row[0], row[1], row[2], titles[row[3]], *row[4:]) for row in found]


def exemplar_outcome(session: Session, case_id: int) -> str | None:
    """How the exemplar ended, ``taken_down`` among the outcomes; None while it runs."""
    return session.scalar(select(outcome_column).where(Case.id == case_id))


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
