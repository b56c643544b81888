"""What an auditor, or a member of an inspection, may look at: cases and events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, contains_eager

from webapp import eventlog
from webapp.models import (
    Campaign,
    Case,
    Inspection,
    Nomination,
    Nominee,
    Person,
    Registration,
    RoleHolding,
    Task,
    Unit,
)
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.history import Line, described
from webapp.queries.inspecting import below, midnight
from webapp.queries.standing import Standing, visible
from webapp.text import search_key

PAGE_SIZE = 50
CASES, ACCESS, PEOPLE, INSPECTIONS = "case/", "access/", "person/", "inspection/"


@dataclass(frozen=True)
class WantedCases:
    """Which cases; what is empty narrows nothing.

    ``words`` without marks, of the case; ``person``: of somebody who completed a task in it. ``process`` is the root
    process, ``state`` active, frozen or ended, ``campaign`` and ``unit`` (whose case it is) are codes, ``since`` and
    ``until`` the first and the last day on which it was opened.
    """

    words: str = ""
    person: str = ""
    process: str = ""
    state: str = ""
    outcome: str = ""
    campaign: str = ""
    unit: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    page: int = 1


@dataclass(frozen=True)
class CaseRow:
    """One line of the list of cases. ``ending`` is the name of the end that was reached."""

    code: str
    process: str
    title: str
    unit: str
    campaign: str | None
    state: str
    ending: str
    outcome: str | None
    opened_at: dt.datetime
    ended_at: dt.datetime | None
    inputs: int


@dataclass(frozen=True)
class CaseList:
    """One page of the cases, and how many there are."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE_SIZE))


def list_cases(session: Session, standing: Standing, wanted: WantedCases) -> CaseList:
    """Cases of the units audited, the newest first; two statements."""
    conditions = [visible(standing), *_narrowing(wanted)]
    narrowed = (
        select(Case, Campaign.title)
        .join(Case.unit)
        .outerjoin(Campaign, Campaign.id == Case.campaign_id)
        .where(*conditions)
    )
    total = session.scalar(select(func.count()).select_from(narrowed.subquery())) or 0
    page = min(max(1, wanted.page), max(1, -(-total // PAGE_SIZE)))
    query = (
        narrowed.options(contains_eager(Case.unit))
        .order_by(Case.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    rows = session.execute(query)
    return CaseList(tuple(_row(session, case, campaign) for case, campaign in rows), total, page)


def _narrowing(wanted: WantedCases) -> Iterator[ColumnElement[bool]]:
    same = {
        Case.process: wanted.process,
        Case.state: wanted.state,
        Case.outcome: wanted.outcome,
        Campaign.code: wanted.campaign,
        Unit.code: wanted.unit,
    }
    yield from (column == value for column, value in same.items() if value)
    yield from (_mentions(word) for word in search_key(wanted.words).split())
    if wanted.person:
        acted = Person.public_id.in_(_named(wanted.person)), Task.closed_by_id == Person.id
        yield exists().where(Task.case_id == Case.id, *acted)
    if wanted.since:
        yield Case.opened_at >= midnight(wanted.since)
    if wanted.until:
        yield Case.opened_at < midnight(wanted.until + dt.timedelta(days=1))


@dataclass(frozen=True)
class CaseChoices:
    """What the cases somebody may see can be narrowed to, each as (code, name); outcomes of one process as codes."""

    campaigns: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    outcomes: Sequence[str]


def case_choices(session: Session, standing: Standing, process: str) -> CaseChoices:
    """Campaigns and units that occur, and outcomes when a process is chosen; three statements at the most."""
    seen = select(Case.id).where(visible(standing))
    campaigns = select(Campaign.code, Campaign.title).order_by(Campaign.id)
    units = select(Unit.code, Unit.name).order_by(Unit.sort_key)
    outcomes = select(Case.outcome).where(Case.process == process, Case.outcome.is_not(None)).distinct()
    return CaseChoices(
        campaigns=session.execute(campaigns.where(_occurs(Case.campaign_id, seen, Campaign.id))).all(),
        units=session.execute(units.where(_occurs(Case.unit_id, seen, Unit.id))).all(),
        outcomes=sorted(session.scalars(outcomes.where(Case.id.in_(seen)))) if process else (),
    )


def _occurs(
    column: InstrumentedAttribute[Any], seen: Select[int], of: InstrumentedAttribute[int]
) -> ColumnElement[bool]:
    return exists().where(column == of, Case.id.in_(seen))


def case_rows(session: Session, codes: Sequence[str]) -> tuple[CaseRow, ...]:
    """These cases in the order of their codes as given; one statement."""
    query = select(Case, Campaign.title).join(Case.unit).outerjoin(Campaign, Campaign.id == Case.campaign_id)
    query = query.options(contains_eager(Case.unit)).where(Case.code.in_(codes))
    rows = {case.code: _row(session, case, campaign) for case, campaign in session.execute(query)}
    return tuple(rows[code] for code in codes)


def _row(session: Session, case: Case, campaign: str | None) -> CaseRow:
    return CaseRow(
        code=case.code,
        process=case.process,
        title=case.title,
        unit=case.unit.name,
        campaign=campaign,
        state=case.state,
        ending=_ending(session, case),
        outcome=case.outcome,
        opened_at=case.opened_at,
        ended_at=case.ended_at,
        inputs=case.inputs,
    )


def _ending(session: Session, case: Case) -> str:
    """The name of the end that was reached, in the words of the diagram; empty before."""
    if case.outcome is None:
        return ""
    drawn = drawing(load_deployment(session, case.deployment_digest)).processes[case.process]
    end = drawn.elements.get(f"end_{case.outcome}")
    return end.name if end else case.outcome


def _mentions(word: str) -> ColumnElement[bool]:
    """The case has the word in its code, or in the name of its nominee, unit or campaign."""
    nominees = select(Nominee.id).where(Nominee.search_key.contains(word, autoescape=True))
    return or_(
        func.lower(Case.code).contains(word, autoescape=True),
        Unit.search_key.contains(word, autoescape=True),
        Campaign.search_key.contains(word, autoescape=True),
        exists().where(Nomination.case_id == Case.id, Nomination.nominee_id.in_(nominees)),
        exists().where(Registration.case_id == Case.id, Registration.nominee_id.in_(nominees)),
    )


@dataclass(frozen=True)
class WantedEvents:
    """Which events: type, the name of who acted, a case's code or the beginning of a stream; empty: all."""

    type: str = ""
    person: str = ""
    stream: str = ""
    before: int | None = None


@dataclass(frozen=True)
class EventList:
    """Some events, the newest first; ``older`` is where to page on from, None at the end."""

    lines: tuple[Line, ...]
    older: int | None


def list_events(session: Session, standing: Standing, wanted: WantedEvents) -> EventList:
    """Events of all streams that concern the units audited; a fixed number of statements."""
    narrow = eventlog.Narrowing(
        lambda stream, actor: _concerns(standing, stream, actor),
        stream=_stream(wanted.stream),
        type=wanted.type,
        actors=_named(wanted.person) if wanted.person else None,
    )
    events = eventlog.read_latest(session, narrow, limit=PAGE_SIZE + 1, before=wanted.before)
    shown = events[:PAGE_SIZE]
    return EventList(tuple(described(session, shown)), shown[-1].id if len(events) > PAGE_SIZE else None)


def case_code_of(stream: str) -> str:
    """The code of the case a stream belongs to; empty for other streams."""
    return stream.removeprefix(CASES) if stream.startswith(CASES) else ""


def _stream(text: str) -> str:
    """What people type: a case's code as it stands on papers, or a stream as it is called in the log."""
    text = text.strip()
    return CASES + text.upper() if text[:1].isupper() and "/" not in text else text


def _named(name: str) -> Select[str]:
    return select(Person.public_id).where(
        *(Person.search_key.contains(word, autoescape=True) for word in search_key(name).split())
    )


def _concerns(
    standing: Standing, stream: InstrumentedAttribute[str], actor: InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """Cases by the one rule of scope; acts of and on people unless they work elsewhere; the office's own streams.

    Of inspections, a member who is no auditor reads their own.
    """
    starts = (CASES, ACCESS, PEOPLE, INSPECTIONS)
    of_case, of_access, of_person, of_inspection = (stream.startswith(start) for start in starts)
    case = exists().where(Case.code == func.substr(stream, len(CASES) + 1), visible(standing))
    audited = [held.unit_code for held in standing.roles if held.role == "auditor"]
    own = {each.inspection_id for each in standing.inspections}
    inspection = exists().where(
        Inspection.code == func.substr(stream, len(INSPECTIONS) + 1), Inspection.id.in_(own)
    )
    scope = audited + [each.unit_code for each in standing.inspections]
    return or_(
        and_(of_case, case),
        and_(of_access, ~_works_elsewhere(scope, actor)),
        and_(of_person, ~_works_elsewhere(scope, func.substr(stream, len(PEOPLE) + 1))),
        and_(of_inspection, true() if audited else inspection),
        and_(~of_case, ~of_access, ~of_person, ~of_inspection),
    )


def _works_elsewhere(
    audited: Sequence[str], person: ColumnElement[str] | InstrumentedAttribute[str]
) -> ColumnElement[bool]:
    """The person of this public id holds roles, and none of them in or below the units audited."""
    held = (
        exists()
        .where(Person.public_id == person, RoleHolding.person_id == Person.id, Unit.id == RoleHolding.unit_id)
        .correlate_except(Person, RoleHolding, Unit)
    )
    return and_(held, ~held.where(below(audited)))
