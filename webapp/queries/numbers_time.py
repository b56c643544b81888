"""How long nominations were at each stage, in working days, from the tasks and sessions that are recorded."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal, get_args

from sqlalchemy import Select, case, extract, func, select
from sqlalchemy.orm import Session

from webapp.models import (
    NOMINATIONS,
    AgendaItem,
    AwardRound,
    Campaign,
    Case,
    CouncilSession,
    Nomination,
    Nominee,
    OfficeDay,
    Strand,
    Task,
    Unit,
)
from webapp.queries.numbers import Scope
from webapp.queries.numbers_by import By, Group, groups_of
from webapp.queries.office_days import OFF, WORKED
from webapp.queries.standing import Standing, visible_among
from webapp.queries.tracking_filters import AWARDED
from webapp.queries.units import lineage_codes
from workflows.rules.deadlines import Calendar, office_calendar
from workflows.values import local_day

Stage = Literal["draft", "commune", "submission", "district", "province", "council", "decision", "whole"]
STAGES: tuple[Stage, ...] = get_args(Stage)
GROUPS: tuple[By, ...] = ("unit", "campaign", "strand", "award", "kind", "year")
SHARE = 80
"""So many per cent of the dossiers took at most as long as the second of the three numbers."""

PARTS: Mapping[str, Stage] = {
    "nomination": "draft",
    "extraordinary": "draft",
    "commune_assessment": "commune",
    "district_assessment": "district",
    "province_assessment": "province",
    "extraordinary_assessment": "district",
}
"""The stage of each process whose tasks are done in a nomination."""

ASSESSED: tuple[Stage, ...] = ("draft", "commune", "district", "province")
ABOVE: tuple[Stage, ...] = ("district", "province")

_ASIDE = ("correct_line", "record_higher_decision")
"""Tasks of the nomination's own process that are no preparation of it."""


@dataclass(frozen=True)
class Span:
    """A nomination was at a stage for so many working days; it has left it."""

    code: str
    process: str
    title: str
    unit: str
    stage: Stage
    began: dt.date
    ended: dt.date
    days: int
    keys: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Measured:
    """Working days of some spans: half of them took at most the median, SHARE per cent at most ``share``."""

    count: int
    median: int
    share: int
    longest: int


def measured(days: Collection[int]) -> Measured:
    """The numbers of at least one span: each is a length that occurred (nearest rank)."""
    ordered = sorted(days)

    def rank(per_cent: int) -> int:
        return ordered[max(0, ceil(len(ordered) * per_cent / 100) - 1)]

    return Measured(len(ordered), rank(50), rank(SHARE), ordered[-1])


def spans(session: Session, standing: Standing, scope: Scope) -> list[Span]:
    """Every stage that a nomination has left, and the whole way of those that have ended. Four statements.

    A stage lasts from its first task to the last one done in it, returns and supplements included; waiting for the
    submission, for the council and for the decision lasts from the end of what was before.
    """
    parts = _parts(session, standing, scope)
    met = _concluded(session, standing)
    working = _WorkingDays(_calendar(session, standing, parts), parts)
    return [
        Span(
            code=row.code,
            process=row.process,
            title=row.title,
            unit=row.unit,
            stage=stage,
            began=began,
            ended=ended,
            days=working.between(began, ended),
            keys=row.keys,
        )
        for row in parts
        for stage, began, ended in _stages(row, met.get(row.case_id))
    ]


def by_stage(found: Sequence[Span]) -> dict[Stage, Measured]:
    """The numbers of each stage that some nomination has left."""
    days: defaultdict[Stage, list[int]] = defaultdict(list)
    for span in found:
        days[span.stage].append(span.days)
    return {stage: measured(days[stage]) for stage in STAGES if stage in days}


def by_group(session: Session, found: Sequence[Span], by: By) -> list[tuple[Group, dict[Stage, Measured]]]:
    """The same of what nominations have in common. One statement."""
    grouped: defaultdict[Any, list[Span]] = defaultdict(list)
    for span in found:
        grouped[span.keys[by]].append(span)
    return [(group, by_stage(grouped[group.key])) for group in groups_of(session, by, grouped)]


@dataclass(frozen=True)
class _Row:
    """A nomination with the first and last instant of each part of it; an open part has no end."""

    case_id: int
    code: str
    process: str
    title: str
    unit: str
    opened_at: dt.datetime
    ended_at: dt.datetime | None
    outcome: str | None
    keys: Mapping[str, Any]
    parts: dict[Stage, tuple[dt.datetime, dt.datetime | None]] = field(default_factory=dict)


_ABOUT = (
    Case.id,
    Case.code,
    Case.process,
    Case.title,
    Unit.name,
    Case.opened_at,
    Case.ended_at,
    Case.outcome,
    Case.unit_id,
    Case.campaign_id,
    Nomination.strand_id,
    Nomination.award,
    Nominee.kind,
    AwardRound.on_date,
)
_NAMES = ("unit", "campaign", "strand", "award", "kind")


def _parts(session: Session, standing: Standing, scope: Scope) -> list[_Row]:
    """Nominations with their parts; tasks are gathered by themselves, so that nothing wide is grouped."""
    about: Any = _nominations(standing, scope, *_ABOUT).order_by(Unit.sort_key, Case.id)
    found: dict[int, _Row] = {}
    for row in session.execute(about):
        keys = {**dict(zip(_NAMES, row[8:13], strict=True)), "year": row[13].year}
        given: list[Any] = [*row[:8], keys]
        found[row[0]] = _Row(*given)
    still_open = func.sum(case((Task.status == "open", 1), else_=0))
    tasks = (
        select(Task.case_id, Task.process, func.min(Task.opened_at), func.max(Task.closed_at), still_open)
        .where(Task.process.in_(PARTS), Task.element.not_in(_ASIDE))
        .where(Task.case_id.in_(_nominations(standing, scope, Case.id)))
        .group_by(Task.case_id, Task.process)
    )
    for case_id, process, began, ended, open_ones in session.execute(tasks):
        if case_id in found and began is not None:
            found[case_id].parts[PARTS[process]] = (began, None if open_ones else ended)
    return list(found.values())


def _nominations(standing: Standing, scope: Scope, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Case)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Case.process.in_(NOMINATIONS), visible_among(standing), *_narrowed(scope))
    )


def _narrowed(scope: Scope) -> Iterator[Any]:
    if scope.campaign:
        yield Case.campaign_id.in_(select(Campaign.id).where(Campaign.code == scope.campaign))
    if scope.strand:
        yield Nomination.strand_id.in_(select(Strand.id).where(Strand.code == scope.strand))
    if scope.unit:
        yield Unit.code == scope.unit
    if scope.award:
        yield Nomination.award == scope.award
    if scope.kind:
        yield Nominee.kind == scope.kind
    if scope.year:
        yield extract("year", AwardRound.on_date) == int(scope.year)


def _concluded(session: Session, standing: Standing) -> dict[int, dt.datetime]:
    """When the council concluded on each nomination, the last time if it did more than once."""
    query = (
        select(Case.id, func.max(CouncilSession.concluded_at))
        .join(Nomination, Nomination.case_id == Case.id)
        .join(AgendaItem, AgendaItem.nomination_id == Nomination.id)
        .join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
        .where(
            Case.process.in_(NOMINATIONS), visible_among(standing), CouncilSession.concluded_at.is_not(None)
        )
        .group_by(Case.id)
    )
    return {case_id: at for case_id, at in session.execute(query) if at is not None}


def _stages(row: _Row, met: dt.datetime | None) -> Iterator[tuple[Stage, dt.date, dt.date]]:
    """The stages a nomination has left, with their first and last day."""
    above = next((stage for stage in ABOVE if stage in row.parts), None)
    left: dt.datetime | None = None
    for stage in (each for each in ASSESSED if each in row.parts):
        began, ended = row.parts[stage]
        if stage == above and left is not None:
            yield "submission", local_day(left), local_day(began)
        if ended is None:
            if met is None or began <= met:
                return
            break
        yield stage, local_day(began), local_day(ended)
        if met is None or ended <= met:
            left = ended
    yield from _later(row, left, met)


def _later(
    row: _Row, left: dt.datetime | None, met: dt.datetime | None
) -> Iterator[tuple[Stage, dt.date, dt.date]]:
    """What comes after the assessment was ``left``: the council, the decision, and the whole way."""
    if left is not None and met is not None and left <= met:
        yield "council", local_day(left), local_day(met)
    if row.ended_at is None:
        return
    since = left if row.process == "extraordinary" else met
    if row.outcome in AWARDED and since is not None:
        yield "decision", local_day(since), local_day(row.ended_at)
    yield "whole", local_day(row.opened_at), local_day(row.ended_at)


class _WorkingDays:
    """Counts working days between two days by one subtraction."""

    def __init__(self, calendar: Calendar, rows: Sequence[_Row]) -> None:
        days = [local_day(row.opened_at) for row in rows]
        self.first = min(days, default=dt.date(2000, 1, 1))
        self.calendar, self.sums = calendar, [0]

    def between(self, began: dt.date, ended: dt.date) -> int:
        """Working days after ``began`` up to and with ``ended``."""
        self._fill(ended)
        return self.sums[(ended - self.first).days] - self.sums[(began - self.first).days]

    def _fill(self, last: dt.date) -> None:
        while len(self.sums) <= (last - self.first).days:
            day = self.first + dt.timedelta(days=len(self.sums))
            self.sums.append(self.sums[-1] + self.calendar.is_working_day(day))


def _calendar(session: Session, standing: Standing, rows: Sequence[_Row]) -> Calendar:
    """Public holidays, and the days of the reader's unit and those above it, over all years the rows reach."""
    years = {row.opened_at.year for row in rows} or {2000}
    above = lineage_codes(standing.roles[0].unit_code) if standing.roles else []
    query = select(OfficeDay.day, OfficeDay.kind).join(Unit, Unit.id == OfficeDay.unit_id)
    own = session.execute(query.where(Unit.code.in_(above))).all()
    return office_calendar(
        range(min(years), max(years) + 3),
        [day for day, kind in own if kind == OFF],
        [day for day, kind in own if kind == WORKED],
    )
