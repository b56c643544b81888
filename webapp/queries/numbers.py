"""Reports of numbers: facts are counted, grouped by what they have in common, and a number leads to its facts.

A report counts rows of one subquery, so that a number is always that of the rows it opens.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, get_args

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Decision, Strand, Unit
from webapp.queries.numbers_by import By, Group, groups_of
from webapp.queries.periods import BY_PERIOD, FIELDS, Period, key_of, period_of

PAGE_SIZE = 50


@dataclass(frozen=True)
class Scope:
    """Which facts; empty: all. Values are codes, ``decision`` the code of its case; four of them name the period."""

    campaign: str = ""
    strand: str = ""
    unit: str = ""
    award: str = ""
    kind: str = ""
    year: str = ""
    part: str = ""
    since: str = ""
    until: str = ""
    decision: str = ""
    ground: str = ""

    @property
    def period(self) -> Period:
        """The days whose facts are counted."""
        return period_of(**{name: getattr(self, name) for name in FIELDS})

    def within(self, filters: Mapping[str, str]) -> Scope:
        """The facts of one group of these; of a period those days that both have."""
        inner = replace(self, **filters)
        return replace(inner, **(self.period & inner.period).filters)


SCOPES = tuple(each.name for each in fields(Scope))


@dataclass(frozen=True)
class Facts:
    """What a report counts. ``source`` has a column for every fact's case, for each of ``groups`` and ``columns``.

    Its column ``day`` says in which period a fact counts. A column holds 1 or 0, or an amount in đồng where it is one
    of ``money``.
    """

    source: Subquery
    groups: tuple[By, ...]
    columns: tuple[str, ...]
    money: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line of a report: what its facts have in common, and its numbers by column."""

    group: Group
    values: Mapping[str, int]


@dataclass(frozen=True)
class FactRow:
    """One fact behind a number. ``day``: when it counts; ``note``: what was written; ``amount`` in đồng."""

    code: str
    process: str
    title: str
    unit: str
    campaign: str
    strand: str | None
    award: str | None
    state: str
    stage: str | None
    outcome: str | None
    day: dt.date | None
    note: str | None
    amount: int | None


def lines_of(session: Session, facts: Facts, scope: Scope, by: By) -> list[Line]:
    """The lines of a report in the order of what they have in common. Two statements."""
    source = facts.source
    key = key_of(by, source.c.day) if by in BY_PERIOD else source.c[_KEYS.get(by, by)]
    sums = [func.sum(source.c[column]) for column in facts.columns]
    query = select(key, *sums).where(*narrowed(facts, scope)).group_by(key)
    found = {row[0]: [int(number or 0) for number in row[1:]] for row in session.execute(query)}
    return [
        Line(group, dict(zip(facts.columns, found[group.key], strict=True)))
        for group in groups_of(session, by, found)
    ]


def totals_of(facts: Facts, lines: Iterable[Line]) -> dict[str, int]:
    """All lines as one: every fact stands in one line."""
    held = list(lines)
    return {column: sum(line.values[column] for line in held) for column in facts.columns}


def count_rows(session: Session, facts: Facts, scope: Scope, column: str) -> tuple[int, int]:
    """How many facts a number counts, and their amount in đồng."""
    amount = facts.source.c.amount
    query = select(func.count(), func.sum(amount)).select_from(facts.source)
    counted, total = session.execute(query.where(*narrowed(facts, scope), facts.source.c[column] > 0)).one()
    return counted, int(total or 0)


def fact_rows(
    session: Session, facts: Facts, scope: Scope, column: str, page: int | None = None
) -> list[FactRow]:
    """The facts a number counts, a page of them or all."""
    query = _rows(facts).where(*narrowed(facts, scope), facts.source.c[column] > 0)
    query = query.order_by(Unit.sort_key, Case.id, facts.source.c.day)
    if page is not None:
        query = query.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    return [FactRow(*row) for row in session.execute(query)]


def narrowed(facts: Facts, scope: Scope) -> list[ColumnElement[bool]]:
    """Conditions on the facts of a report: they fit. What a report does not know of narrows nothing."""
    source = facts.source.c
    ids: Mapping[str, Select[int]] = {
        "campaign": select(Campaign.id).where(Campaign.code == scope.campaign),
        "strand": select(Strand.id).where(Strand.code == scope.strand),
        "unit": select(Unit.id).where(Unit.code == scope.unit),
        "decision": select(Decision.id)
        .join(Case, Case.id == Decision.case_id)
        .where(Case.code == scope.decision),
    }
    asked = {name: getattr(scope, name) for name in get_args(By) if getattr(scope, name, "")}
    conditions = scope.period.holds(source.day)
    for name, value in asked.items():
        if name not in facts.groups or name in BY_PERIOD:
            continue
        column = source[_KEYS.get(name, name)]
        if name in ids:
            conditions.append(column.in_(ids[name]))
        else:
            conditions.append(column == value)
    return conditions


_KEYS = {"campaign": "campaign_id", "strand": "strand_id", "unit": "unit_id", "decision": "decision_id"}


def _rows(facts: Facts) -> Select[Any]:
    source = facts.source.c
    return (
        select(
            Case.code,
            Case.process,
            Case.title,
            Unit.name,
            Campaign.title,
            Strand.title,
            source.award,
            Case.state,
            Case.stage,
            Case.outcome,
            source.day,
            source.note,
            source.amount,
        )
        .select_from(facts.source)
        .join(Case, Case.id == source.case_id)
        .join(Unit, Unit.id == source.unit_id)
        .join(Campaign, Campaign.id == source.campaign_id)
        .outerjoin(Strand, Strand.id == source.strand_id)
    )
