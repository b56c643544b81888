"""Registrations: the list, and what one is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, case, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import (
    AwardRound,
    Campaign,
    Case,
    Nomination,
    Nominee,
    Person,
    Registration,
    Strand,
    Task,
    Unit,
)
from webapp.queries.open_tasks import current_task
from webapp.queries.plans import short_titles
from webapp.queries.standing import Standing, visible
from webapp.queries.tracking_words import matching
from webapp.text import search_key

PAGE_SIZE = 25
SORTS = ("code", "name", "unit")
OF_REGISTRATION = frozenset({"evidence", "authorisation", "signed_scan", "other"})
"""Papers of a rule set that can come with a registration: there are no minutes, submission or decision yet."""
STATES = ("open", "registered", "closed")


@dataclass(frozen=True)
class Wanted:
    """Which registrations; empty: all. ``state`` is one of STATES: under way, registered, ended otherwise."""

    q: str = ""
    campaign: str = ""
    strand: str = ""
    unit: str = ""
    state: str = ""


@dataclass(frozen=True)
class RegistrationRow:
    """One line of the list; the task is the open one that is due first."""

    code: str
    title: str
    kind: str
    unit: str
    campaign: str
    strand: str
    title_aimed: str | None
    state: str
    stage: str | None
    outcome: str | None
    opened_at: dt.datetime
    registered_at: dt.datetime | None
    element: str | None
    task: str | None
    role: str | None
    due: dt.datetime | None
    campaign_short: str


@dataclass(frozen=True)
class RegistrationFacts:
    """What one registration is about; ``registrant`` is the person with an account who entered it.

    ``campaign`` is a code.
    """

    id: int
    name: str
    kind: str
    strand: str
    title_aimed: str | None
    filled_by: str
    registered_at: dt.datetime | None
    registrant: str | None
    campaign: str


@dataclass(frozen=True)
class RegistrationPage:
    """One registration beside its case; ``nominations`` are (code, round) of those the reader may know of."""

    facts: RegistrationFacts
    nominations: tuple[tuple[str, str], ...]


state_column = case(
    (Case.state != "ended", "open"), (Case.outcome == "registered", "registered"), else_="closed"
)


def registration_rows(
    session: Session, standing: Standing, wanted: Wanted, order: tuple[str, bool], page: int
) -> list[RegistrationRow]:
    """One page of the list, from 1."""
    sort, descending = order
    columns: dict[str, SQLColumnExpression[Any]] = {
        "code": Case.id,
        "name": Nominee.sort_key,
        "unit": Unit.sort_key,
    }
    column = columns[sort]
    query = (
        _found(
            Case.code,
            Case.title,
            Nominee.kind,
            Unit.name,
            Campaign.title,
            Strand.title,
            Registration.title_aimed,
            Case.state,
            Case.stage,
            Case.outcome,
            Case.opened_at,
            Registration.registered_at,
            Task.element,
            Task.name,
            Task.role,
            Task.due,
            Campaign.plan_version_id,
        )
        .outerjoin(Task, Task.id == current_task())
        .where(visible(standing), *_narrowed(wanted))
        .order_by(column.desc() if descending else column.asc(), Case.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    rows = session.execute(query).all()
    titles = short_titles(session, (row.plan_version_id for row in rows))
    return [_line(row, titles) for row in rows]


def _line(row: Row[Any], titles: Mapping[int, str]) -> RegistrationRow:
    given: list[Any] = [*row[:-1], titles[row.plan_version_id]]
    return RegistrationRow(*given)


def registration_counts(session: Session, standing: Standing, wanted: Wanted) -> dict[str, int]:
    """Registrations by state, as narrowed by everything else; one statement."""
    whole = Wanted(**{**wanted.__dict__, "state": ""})
    query = _found(state_column.label("bucket"), func.count()).where(visible(standing), *_narrowed(whole))
    return dict(session.execute(query.group_by("bucket")).all())


def registration_page(session: Session, standing: Standing, case_id: int) -> RegistrationPage:
    """The registration of a case; two statements."""
    row = session.execute(
        select(
            Registration.id,
            Nominee.name,
            Nominee.kind,
            Strand.title,
            Registration.title_aimed,
            Registration.filled_by,
            Registration.registered_at,
            Person.name,
            Campaign.code,
        )
        .join(Campaign, Campaign.id == Registration.campaign_id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .join(Strand, Strand.id == Registration.strand_id)
        .join(Case, Case.id == Registration.case_id)
        .outerjoin(Person, Person.id == Case.registrant_id)
        .where(Registration.case_id == case_id)
    ).one()
    facts = RegistrationFacts(*row)
    nominations = session.execute(
        select(Case.code, AwardRound.title)
        .join(Nomination, Nomination.case_id == Case.id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .where(Nomination.registration_id == facts.id, visible(standing))
        .order_by(Case.id)
    )
    return RegistrationPage(facts, tuple(nominations))


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    equal = {Campaign.code: wanted.campaign, Strand.code: wanted.strand, Unit.code: wanted.unit}
    conditions: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value]
    if wanted.state:
        conditions.append(state_column == wanted.state)
    if words := search_key(wanted.q):
        conditions.append(matching(words))
    return conditions


def _found(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Registration)
        .join(Case, Case.id == Registration.case_id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .join(Unit, Unit.id == Case.unit_id)
        .join(Strand, Strand.id == Registration.strand_id)
        .join(Campaign, Campaign.id == Registration.campaign_id)
    )


def registered_already(session: Session, campaign: Campaign) -> set[tuple[str, ...]]:
    """Who takes part or is on the way: name without marks, kind, strand, unit."""
    rows = session.execute(
        select(Nominee.search_key, Nominee.kind, Strand.code, Unit.code)
        .select_from(Registration)
        .join(Case, Case.id == Registration.case_id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .join(Strand, Strand.id == Registration.strand_id)
        .join(Unit, Unit.id == Nominee.unit_id)  # where they belong now
        .where(
            Registration.campaign_id == campaign.id,
            or_(Case.state != "ended", Registration.registered_at.is_not(None)),
        )
    )
    return {(name, kind, strand, unit) for name, kind, strand, unit in rows}
