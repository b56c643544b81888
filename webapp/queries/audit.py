"""What an auditor, or a member of an inspection, may look at: cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from webapp.models import (
    Campaign,
    Case,
    Inspection,
    Nomination,
    Nominee,
    Person,
    Registration,
    Task,
    Unit,
)
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.inspecting import below, inspected, midnight
from webapp.queries.red_flags import flagged
from webapp.queries.routes import went
from webapp.queries.standing import Standing, visible, visible_among
from webapp.text import search_key

PAGE_SIZE = 50


@dataclass(frozen=True)
class WantedCases:
    """Which cases; what is empty narrows nothing.

    ``words`` without marks, of the case; ``person``: of somebody who completed a task in it. ``process`` is the root
    process, ``state`` active, frozen or ended, ``flag`` the kind of a red flag or "any", ``campaign`` and ``unit``
    (whose case it is, or of one below it) are codes, ``since`` and ``until`` the first and last day of its opening.
    ``variant``, ``place`` and ``sent_back`` narrow to those that went a way, passed a place (``process.element``), were
    sent back there; ``codes`` to these cases. ``inspection``: the code of one of the reader's, to what that covers.
    """

    words: str = ""
    person: str = ""
    process: str = ""
    state: str = ""
    outcome: str = ""
    campaign: str = ""
    unit: str = ""
    flag: str = ""
    inspection: str = ""
    since: dt.date | None = None
    until: dt.date | None = None
    variant: str = ""
    place: str = ""
    sent_back: str = ""
    codes: Sequence[str] = ()
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
    conditions = [visible(standing), *_narrowing(standing, wanted)]
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


def _narrowing(standing: Standing, wanted: WantedCases) -> Iterator[ColumnElement[bool]]:
    same = {Case.process: wanted.process, Case.state: wanted.state, Case.outcome: wanted.outcome}
    yield from (column == value for column, value in same.items() if value)
    if wanted.campaign:
        yield (
            Case.campaign_id == select(Campaign.id).where(Campaign.code == wanted.campaign).scalar_subquery()
        )
    if wanted.unit:
        yield Case.unit_id.in_(select(Unit.id).where(below([wanted.unit])))
    if wanted.inspection:
        yield inspected(each for each in standing.inspections if each.code == wanted.inspection)
    yield from (_mentions(word) for word in search_key(wanted.words).split())
    if wanted.person:
        acted = Person.public_id.in_(named(wanted.person)), Task.closed_by_id == Person.id
        yield exists().where(Task.case_id == Case.id, *acted)
    if wanted.flag:
        yield flagged(wanted.flag)
    if wanted.since:
        yield Case.opened_at >= midnight(wanted.since)
    if wanted.until:
        yield Case.opened_at < midnight(wanted.until + dt.timedelta(days=1))
    if wanted.codes:
        yield Case.code.in_(wanted.codes)
    yield from went(wanted.variant, wanted.place, wanted.sent_back)


def cases_among(standing: Standing, wanted: WantedCases) -> list[ColumnElement[bool]]:
    """Conditions on Case, for counting and reading all of them: those of :func:`list_cases`."""
    return [visible_among(standing), *_narrowing(standing, wanted)]


def count_cases(session: Session, among: Sequence[ColumnElement[bool]]) -> int:
    """How many there are; one statement."""
    return session.scalar(select(func.count()).select_from(Case).where(*among)) or 0


@dataclass(frozen=True)
class CaseChoices:
    """What the cases somebody may see can be narrowed to, each as (code, name); outcomes of one process as codes.

    ``inspections`` are those of the reader that last, where they see more than one covers.
    """

    campaigns: Sequence[tuple[str, str]]
    units: Sequence[tuple[str, str]]
    outcomes: Sequence[str]
    inspections: Sequence[tuple[str, str]]


def case_choices(session: Session, standing: Standing, process: str) -> CaseChoices:
    """Campaigns and units that occur, outcomes when a process is chosen, inspections; four statements at the most."""
    seen = visible_among(standing)
    campaigns = select(Campaign.code, Campaign.title).order_by(Campaign.id)
    units = select(Unit.code, Unit.name).order_by(Unit.sort_key)
    outcomes = select(Case.outcome).where(Case.process == process, Case.outcome.is_not(None), seen).distinct()
    of_campaigns, of_units = (
        select(column).where(seen).distinct() for column in (Case.campaign_id, Case.unit_id)
    )
    return CaseChoices(
        campaigns=session.execute(campaigns.where(Campaign.id.in_(of_campaigns))).all(),
        units=session.execute(units.where(Unit.id.in_(of_units))).all(),
        outcomes=sorted(session.scalars(outcomes)) if process else (),
        inspections=_own_inspections(session, standing),
    )


def _own_inspections(session: Session, standing: Standing) -> Sequence[tuple[str, str]]:
    """Those by which the reader sees cases, when they see others by another one or by a role."""
    own = {each.inspection_id for each in standing.inspections}
    if len(own) + standing.holds("auditor") < 2:
        return ()
    rows = session.execute(
        select(Inspection.code, Inspection.title).where(Inspection.id.in_(own)).order_by(Inspection.id)
    )
    return [(code, f"{code} – {title}") for code, title in rows]


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
        *(
            column.in_(select(of.id).where(of.search_key.contains(word, autoescape=True)))
            for column, of in ((Case.unit_id, Unit), (Case.campaign_id, Campaign))
        ),
        exists().where(Nomination.case_id == Case.id, Nomination.nominee_id.in_(nominees)),
        exists().where(Registration.case_id == Case.id, Registration.nominee_id.in_(nominees)),
    )


def named(name: str) -> Select[str]:
    """The public ids of the people whose names have these words, without marks."""
    return select(Person.public_id).where(
        *(Person.search_key.contains(word, autoescape=True) for word in search_key(name).split())
    )
