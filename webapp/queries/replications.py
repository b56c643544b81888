"""Units that apply exemplars: for the page of one, for everybody, and counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from webapp.models import Case, Introduction, Replication, Unit
from webapp.queries.standing import Standing, visible

_applying = aliased(Case)


@dataclass(frozen=True)
class ReplicationRow:
    """A unit that applies an exemplar, for those who see the exemplar.

    ``known``: they may open its case; ``counts``: the organiser has confirmed it, and it has not been given up.
    """

    code: str
    unit: str
    begun_on: dt.date
    state: str
    stage: str | None
    outcome: str | None
    results_at: dt.datetime | None
    results: Sequence[Mapping[str, Any]] | None
    known: bool
    counts: bool


@dataclass(frozen=True)
class Applier:
    """A unit that applies an exemplar, as everybody may read of it; its numbers once they are confirmed."""

    unit: str
    begun_on: dt.date
    results: Sequence[Mapping[str, Any]] | None


@dataclass(frozen=True)
class Applied:
    """How many units apply an exemplar, and how many of them have confirmed results."""

    units: int = 0
    results: int = 0


@dataclass(frozen=True)
class ReplicationPage:
    """What the case of a replication is about: the exemplar, by its code and headline."""

    exemplar: str
    headline: str
    begun_on: dt.date
    results_at: dt.datetime | None
    results: Sequence[Mapping[str, Any]] | None


def counted(case: type[Case] = Case) -> ColumnElement[bool]:
    """Condition on Replication and its case: the organiser has confirmed it and the unit has not given it up."""
    kept = or_(case.outcome.is_(None), case.outcome != "withdrawn")
    return and_(Replication.confirmed_at.is_not(None), kept)


def replications_of(session: Session, standing: Standing, exemplar_case: int) -> list[ReplicationRow]:
    """The units that apply an exemplar or have asked to, in the order in which they came."""
    query = (
        select(
            Case.code,
            Unit.name,
            Replication.begun_on,
            Case.state,
            Case.stage,
            Case.outcome,
            Replication.results_at,
            Replication.results,
            visible(standing),
            counted(),
        )
        .select_from(Replication)
        .join(Introduction, Introduction.id == Replication.introduction_id)
        .join(Case, Case.id == Replication.case_id)
        .join(Unit, Unit.id == Replication.unit_id)
        .where(Introduction.case_id == exemplar_case)
    )
    return [ReplicationRow(*row) for row in session.execute(query.order_by(Replication.id))]


def appliers(session: Session, introduction_id: int) -> list[Applier]:
    """The units everybody may know to apply an exemplar."""
    query = (
        select(Unit.name, Replication.begun_on, Replication.results)
        .select_from(Replication)
        .join(Case, Case.id == Replication.case_id)
        .join(Unit, Unit.id == Replication.unit_id)
        .where(Replication.introduction_id == introduction_id, counted())
    )
    return [Applier(*row) for row in session.execute(query.order_by(Replication.begun_on, Unit.sort_key))]


def applied_counts(session: Session, introductions: Collection[int]) -> dict[int, Applied]:
    """Counts by introduction; one that nobody applies is left out. One statement."""
    query = (
        select(Replication.introduction_id, func.count(), func.count(Replication.results_at))
        .join(Case, Case.id == Replication.case_id)
        .where(Replication.introduction_id.in_(introductions), counted())
        .group_by(Replication.introduction_id)
    )
    return {row[0]: Applied(row[1], row[2]) for row in session.execute(query)}


def applied_to(case: type[Case]) -> Select[int]:
    """How many units apply the exemplar of a case, to stand in a statement about that case."""
    return (
        select(func.count(Replication.id))
        .select_from(Replication)
        .join(Introduction, Introduction.id == Replication.introduction_id)
        .join(_applying, _applying.id == Replication.case_id)
        .where(Introduction.case_id == case.id, counted(_applying))
        .correlate(case)
    )


def replication_page(session: Session, case_id: int) -> ReplicationPage:
    """What a case of a replication is about."""
    query = (
        select(
            Case.code,
            Introduction.headline,
            Replication.begun_on,
            Replication.results_at,
            Replication.results,
        )
        .select_from(Replication)
        .join(Introduction, Introduction.id == Replication.introduction_id)
        .join(Case, Case.id == Introduction.case_id)
        .where(Replication.case_id == case_id)
    )
    return ReplicationPage(*session.execute(query).one())
