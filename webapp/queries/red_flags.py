"""Red flags as kept: which cases are to be looked through again, and the lists of flags an auditor may see."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import case_stream
from webapp.models import (
    Campaign,
    Case,
    FlagExamination,
    Person,
    RedFlag,
    RuleSetVersion,
    Task,
    Unit,
)
from webapp.queries.inspecting import below
from webapp.queries.law import all_rule_sets
from webapp.queries.standing import Standing, visible
from workflows.red_flags import Flag
from workflows.values import VIETNAM

PAGE_SIZE = 50
Flagged = Select[RedFlag, str, str, str, str, str]
"""A flag, and of its case the code, the process, the title, the name of the unit and the title of the campaign."""


def unexamined() -> Select[int]:
    """Ids of the cases whose log, or whose rules while they ran, moved since they were looked through; oldest first."""
    amended = exists().where(
        RuleSetVersion.status == "approved",
        RuleSetVersion.decided_at > FlagExamination.examined_at,
        or_(Case.ended_at.is_(None), Case.ended_at >= RuleSetVersion.decided_at),
    )
    moved = FlagExamination.event < eventlog.last_number(literal(case_stream("")) + Case.code)
    return (
        select(Case.id)
        .outerjoin(FlagExamination, FlagExamination.case_id == Case.id)
        .where(or_(FlagExamination.case_id.is_(None), moved, amended))
        .order_by(Case.id)
    )


def kept_flags(session: Session, case: Case) -> list[Flag]:
    """The flags of a case as they are kept, in the order of the log."""
    rows = session.execute(
        select(RedFlag.kind, RedFlag.event, RedFlag.facts).where(RedFlag.case_id == case.id)
    )
    return [Flag(*row) for row in sorted(rows, key=lambda row: (row.event, row.kind))]


@dataclass(frozen=True)
class WantedFlags:
    """Which flags; what is empty narrows nothing.

    ``campaign`` and ``unit`` (whose case it is, or of one below it) are codes, ``state`` that of the case, ``since``
    and ``until`` the first and the last day of the events flagged.
    """

    words: str = ""
    kind: str = ""
    campaign: str = ""
    unit: str = ""
    state: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    page: int = 1


@dataclass(frozen=True)
class FlagRow:
    """A flag with its case and the name of who did the act; empty for the system."""

    kind: str
    event: int
    at: dt.datetime
    facts: Mapping[str, Any]
    code: str
    process: str
    title: str
    unit: str
    campaign: str | None
    actor: str


@dataclass(frozen=True)
class Names:
    """Names of what the facts of flags speak of, by public id or code."""

    people: Mapping[str, str]
    tasks: Mapping[str, str]
    papers: Mapping[str, str]
    conditions: Mapping[str, str]
    rules: Mapping[str, str]


@dataclass(frozen=True)
class FlagList:
    """One page of flags; ``counts`` by kind are those under all other filters."""

    rows: tuple[FlagRow, ...]
    names: Names
    counts: Mapping[str, int]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def list_flags(session: Session, standing: Standing, wanted: WantedFlags) -> FlagList:
    """Flags of cases that somebody may see, the latest act first; a fixed number of statements."""
    narrowed = [visible(standing), *_narrowing(wanted)]
    counts = _counts(session, narrowed)
    total = counts.get(wanted.kind, 0) if wanted.kind else sum(counts.values())
    page = min(max(1, wanted.page), max(1, -(-total // PAGE_SIZE)))
    query = _ordered(narrowed, wanted.kind).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    rows = _rows(session, query)
    return FlagList(rows, names_in(session, rows), counts, total, page)


def all_flags(session: Session, standing: Standing, wanted: WantedFlags, most: int) -> tuple[FlagRow, ...]:
    """The same without pages, for a file; ``most`` rows of it."""
    narrowed = [visible(standing), *_narrowing(wanted)]
    return _rows(session, _ordered(narrowed, wanted.kind).limit(most))


def _counts(session: Session, narrowed: Sequence[ColumnElement[bool]]) -> dict[str, int]:
    query = (
        select(RedFlag.kind, func.count())
        .join(Case, Case.id == RedFlag.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
    )
    return dict(session.execute(query.where(*narrowed).group_by(RedFlag.kind)).all())


def _ordered(narrowed: Sequence[ColumnElement[bool]], kind: str) -> Flagged:
    query = (
        select(RedFlag, Case.code, Case.process, Case.title, Unit.name, Campaign.title)
        .join(Case, Case.id == RedFlag.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
        .where(*narrowed)
        .order_by(RedFlag.at.desc(), RedFlag.id.desc())
    )
    return query.where(RedFlag.kind == kind) if kind else query


def _narrowing(wanted: WantedFlags) -> Iterator[ColumnElement[bool]]:
    same = {Campaign.code: wanted.campaign, Case.state: wanted.state}
    yield from (column == value for column, value in same.items() if value)
    if wanted.unit:
        yield below([wanted.unit])
    if wanted.words:
        yield func.lower(Case.code).contains(wanted.words.strip().lower(), autoescape=True)
    if wanted.since:
        yield RedFlag.at >= dt.datetime.combine(wanted.since, dt.time(), VIETNAM)
    if wanted.until:
        yield RedFlag.at < dt.datetime.combine(wanted.until + dt.timedelta(days=1), dt.time(), VIETNAM)


def _rows(session: Session, query: Flagged) -> tuple[FlagRow, ...]:
    found = session.execute(query).all()
    people = _people(session, {row[0].actor for row in found})
    return tuple(
        FlagRow(
            kind=flag.kind,
            event=flag.event,
            at=flag.at,
            facts=flag.facts,
            code=code,
            process=process,
            title=title,
            unit=unit,
            campaign=campaign,
            actor=people.get(flag.actor, ""),
        )
        for flag, code, process, title, unit, campaign in found
    )


def flags_of(session: Session, codes: Collection[str]) -> Mapping[str, Mapping[str, int]]:
    """By the code of a case how many flags of which kind it has; one statement."""
    query = (
        select(Case.code, RedFlag.kind, func.count())
        .join(Case, Case.id == RedFlag.case_id)
        .where(Case.code.in_(codes))
        .group_by(Case.code, RedFlag.kind)
    )
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for code, kind, count in session.execute(query):
        found[code][kind] = count
    return found


def flagged(kind: str) -> ColumnElement[bool]:
    """Condition on Case: it has a flag of a kind, or ("any") of whatever kind."""
    of_kind = () if kind == "any" else (RedFlag.kind == kind,)
    return exists().where(and_(RedFlag.case_id == Case.id, *of_kind))


def flags_in(session: Session, case: Case) -> tuple[list[RedFlag], Names]:
    """The flags of a case in the order of the log, with the names that they speak of."""
    query = select(RedFlag).where(RedFlag.case_id == case.id).order_by(RedFlag.event, RedFlag.id)
    found = list(session.scalars(query))
    return found, names_in(session, found)


def names_in(session: Session, flags: Collection[FlagRow] | Collection[RedFlag]) -> Names:
    """The names that the facts of flags speak of; two statements, beside the rule sets."""
    tasks = {flag.facts[name] for flag in flags for name in ("task", "before") if name in flag.facts}
    named = select(Task.public_id, Task.name).where(Task.public_id.in_(tasks))
    sets = all_rule_sets(session)
    return Names(
        people=_people(session, {flag.facts["person"] for flag in flags if "person" in flag.facts}),
        tasks=dict(session.execute(named).all()),
        papers={paper.code: paper.name for rules in sets for paper in rules.papers},
        conditions={each.code: each.name for rules in sets for each in rules.conditions},
        rules={rules.code: rules.title for rules in sets},
    )


def _people(session: Session, ids: Collection[str]) -> dict[str, str]:
    query = select(Person.public_id, Person.name).where(Person.public_id.in_(ids))
    return dict(session.execute(query).all())
