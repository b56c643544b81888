"""How long nominations were at each stage, in working days, from the stages they are recorded to have gone through."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, Literal, get_args

from sqlalchemy import CTE, Select, case, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from webapp.models import (
    NOMINATIONS,
    Campaign,
    Case,
    Nomination,
    Nominee,
    StageVisit,
    Strand,
    Unit,
)
from webapp.models.stage_visit import NOT_READ
from webapp.queries.dialects import local_date
from webapp.queries.numbers import PAGE_SIZE, Scope
from webapp.queries.numbers_by import By, Group, groups_of
from webapp.queries.periods import BY_PERIOD, Period, key_at
from webapp.queries.standing import Standing, visible_among
from webapp.queries.working_days import working_days

Stage = Literal["draft", "commune", "submission", "district", "province", "council", "decision", "whole"]
STAGES: tuple[Stage, ...] = get_args(Stage)
GROUPS: tuple[By, ...] = ("unit", "campaign", "strand", "award", "kind", "year", "quarter", "month")
SHARE = 80
"""So many per cent of the dossiers took at most as long as the second of the three numbers."""

_KEYS: Mapping[By, Any] = {
    "unit": Case.unit_id,
    "campaign": Case.campaign_id,
    "strand": Nomination.strand_id,
    "award": Nomination.award,
    "kind": Nominee.kind,
}


@dataclass(frozen=True)
class Stay:
    """So many dossiers with the same ``key`` were at a stage for so many working days, and have left it.

    They came and went on the same days; ``case_id`` is told where they were read one by one.
    """

    stage: Stage
    began: dt.date
    ended: dt.date
    days: int
    count: int
    key: Any
    case_id: int | None


@dataclass(frozen=True)
class Span:
    """A dossier was at a stage for so many working days; it has left it."""

    code: str
    process: str
    title: str
    unit: str
    began: dt.date
    ended: dt.date
    days: int


@dataclass(frozen=True)
class Measured:
    """Working days of some dossiers: half of them took at most the median, SHARE per cent at most ``share``."""

    count: int
    median: int
    share: int
    longest: int


def measured(stays: Iterable[Stay]) -> Measured:
    """The numbers of at least one stay: each is a length that occurred (nearest rank)."""
    counts: Counter[int] = Counter()
    for stay in stays:
        counts[stay.days] += stay.count
    return Measured(counts.total(), nearest_rank(counts, 50), nearest_rank(counts, SHARE), max(counts))


def nearest_rank(counts: Counter[int], per_cent: int) -> int:
    """The length that so many per cent did not exceed, of lengths that occurred so often each."""
    wanted, seen = ceil(counts.total() * per_cent / 100), 0
    for length, count in sorted(counts.items()):
        seen += count
        if seen >= wanted:
            return length
    raise ValueError("nothing was measured")


def stays(
    session: Session,
    standing: Standing,
    scope: Scope,
    by: By | None = None,
    *,
    only: Stage | None = None,
) -> list[Stay]:
    """Every stage that a nomination has left, and the whole way of those that have ended. Two statements.

    Whoever was at a stage more than once was there for all those times together, and has left it on the last day:
    that is the day by which it counts in a period. ``only`` one stage: dossier by dossier.
    """
    found = session.execute(_passed(_told(standing, scope, by), only)).all()
    days = [row.began for row in found]
    first, last = (
        min(days, default=dt.date(2000, 1, 1)),
        max((row.ended or row.began for row in found), default=None),
    )
    working = working_days(session, standing, first, last or first)
    together: defaultdict[tuple[int, Stage], list[Any]] = defaultdict(list)
    made = []
    for row in found:
        if row.case_id is not None:
            together[row.case_id, row.stage].append(row)
        elif row.ended is not None:
            length = working.between(row.began, row.ended)
            made.append(Stay(row.stage, row.began, row.ended, length, row.dossiers, row.key, None))
    for (case_id, stage), times in together.items():
        if all(each.ended for each in times):
            length = sum(working.between(each.began, each.ended) for each in times)
            began, ended = min(each.began for each in times), max(each.ended for each in times)
            made.append(Stay(stage, began, ended, length, 1, times[0].key, case_id))
    return _of_period(made, scope.period, by)


def _of_period(made: list[Stay], period: Period, by: By | None) -> list[Stay]:
    """Those that count in a period; where they are grouped by one, with it as their key."""
    found = [stay for stay in made if stay.ended in period]
    return [replace(stay, key=key_at(by, stay.ended)) for stay in found] if by in BY_PERIOD else found


def by_stage(found: Iterable[Stay]) -> dict[Stage, Measured]:
    """The numbers of each stage that some nomination has left."""
    parts: defaultdict[Stage, list[Stay]] = defaultdict(list)
    for stay in found:
        parts[stay.stage].append(stay)
    return {stage: measured(parts[stage]) for stage in STAGES if stage in parts}


def by_group(session: Session, found: Iterable[Stay], by: By) -> list[tuple[Group, dict[Stage, Measured]]]:
    """The same of what nominations have in common; they were read with it as their key. One statement."""
    grouped: defaultdict[Any, list[Stay]] = defaultdict(list)
    for stay in found:
        grouped[stay.key].append(stay)
    return [(group, by_stage(grouped[group.key])) for group in groups_of(session, by, grouped)]


def longest_first(session: Session, found: Sequence[Stay], page: int) -> list[Span]:
    """One page (from 1) of dossiers read one by one. One statement."""
    ordered = sorted(found, key=lambda stay: (-stay.days, stay.case_id))
    shown = ordered[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    about = select(Case.id, Case.code, Case.process, Case.title, Unit.name).join(
        Unit, Unit.id == Case.unit_id
    )
    rows = session.execute(about.where(Case.id.in_([stay.case_id for stay in shown])))
    told: dict[int | None, Any] = {row.id: row for row in rows}
    return [_span(told[stay.case_id], stay) for stay in shown]


def _span(row: Any, stay: Stay) -> Span:
    return Span(row.code, row.process, row.title, row.name, stay.began, stay.ended, stay.days)


def _told(standing: Standing, scope: Scope, by: By | None) -> CTE:
    """The nominations that are asked about, each with what it is grouped by; no row of a case is read for it."""
    key = _KEYS.get(by, null()) if by else null()
    query = select(Case.id, Case.state, key.label("key"))
    query = query.join(Nomination, Nomination.case_id == Case.id)
    if by == "kind" or scope.kind:
        query = query.join(Nominee, Nominee.id == Nomination.nominee_id)
    narrowed = query.where(Case.process.in_(NOMINATIONS), visible_among(standing), *_narrowed(scope))
    return narrowed.cte("told")


def _narrowed(scope: Scope) -> Iterator[Any]:
    if scope.campaign:
        yield Case.campaign_id.in_(select(Campaign.id).where(Campaign.code == scope.campaign))
    if scope.strand:
        yield Nomination.strand_id.in_(select(Strand.id).where(Strand.code == scope.strand))
    if scope.unit:
        yield Case.unit_id.in_(select(Unit.id).where(Unit.code == scope.unit))
    if scope.award:
        yield Nomination.award == scope.award
    if scope.kind:
        yield Nominee.kind == scope.kind


def _passed(told: CTE, only: Stage | None) -> Select[Any]:
    """Which days dossiers came to a stage and left it, counted; one by one those that came to some stage again."""
    again = select(StageVisit.case_id).where(StageVisit.round > 1)
    alone = told.c.id if only else case((told.c.id.in_(again), told.c.id), else_=null())
    visit = (
        select(
            StageVisit.stage,
            local_date(StageVisit.entered_at).label("began"),
            local_date(StageVisit.left_at).label("ended"),
            told.c.key,
            alone.label("case_id"),
        )
        .join(told, told.c.id == StageVisit.case_id)
        .where(StageVisit.round != NOT_READ)
    )
    whole = select(
        literal("whole").label("stage"),
        local_date(Case.opened_at).label("began"),
        local_date(Case.ended_at).label("ended"),
        told.c.key,
        (told.c.id if only else null()).label("case_id"),
    )
    whole = whole.join(told, told.c.id == Case.id).where(told.c.state == "ended")
    parts = (
        [whole] if only == "whole" else [visit.where(StageVisit.stage == only)] if only else [visit, whole]
    )
    rows = union_all(*parts).subquery()
    columns = [rows.c.stage, rows.c.began, rows.c.ended, rows.c.key, rows.c.case_id]
    return select(*columns, func.count().label("dossiers")).group_by(*columns)
