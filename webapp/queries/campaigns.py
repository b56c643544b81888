"""Campaigns: the list, the page of one, who has answered, who has registered, how the ceilings are used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import (
    OWN_PROCESSES,
    AddressedUnit,
    Campaign,
    Case,
    Nomination,
    PlanVersion,
    Registration,
    Strand,
    Unit,
)
from webapp.queries.people import units_with
from webapp.queries.plans import plan_of, read_plan
from webapp.queries.reminders import owing, reminded_at
from webapp.queries.standing import AT_AUTHORITY, Standing, published, visible, visible_campaign
from webapp.queries.tracking_filters import phase_column
from webapp.queries.unit_plans import UnitPlan, unit_plans
from webapp.text import search_key
from workflows.plan import Plan

PAGE_SIZE = 20
STATES = ("planned", "running", "ended")


@dataclass(frozen=True)
class CampaignRow:
    """One line of the list. Numbers are those the reader may know of; ``published``: the plan is out."""

    code: str
    title: str
    plan: Plan
    unit: str
    starts_on: dt.date
    ends_on: dt.date
    registration: str
    state: str | None
    outcome: str | None
    published: bool
    nominations: int
    awarded: int


@dataclass(frozen=True)
class Answer:
    """What came back from a unit the plan is addressed to; ``response`` is empty while nothing has.

    ``owes``: it has an open task in the campaign's own procedure; ``reminded``: when it was last told so.
    ``own_plan``: the plan asks it for a plan of its own, not for a word of receipt only.
    ``staffed``: there is an officer to receive it.
    """

    code: str
    unit: str
    response: str | None
    at: dt.datetime | None
    owes: bool = False
    reminded: dt.datetime | None = None
    plan: UnitPlan | None = None
    own_plan: bool = True
    staffed: bool = True


@dataclass(frozen=True)
class StrandCount:
    """Registrations in a strand: all, and how many are registered."""

    total: int = 0
    registered: int = 0


def campaign_rows(
    session: Session, standing: Standing, words: str, state: str, page: int
) -> list[CampaignRow]:
    """One page of the list, from 1; what runs or is to come stands first."""
    nomination = and_(Nomination.campaign_id == Campaign.id, Nomination.case_id == Case.id, visible(standing))
    nominations = select(func.count()).where(nomination)
    rows = session.execute(
        _found(
            Campaign.code,
            Campaign.title,
            PlanVersion.content,
            Unit.name,
            Campaign.starts_on,
            Campaign.ends_on,
            Campaign.registration,
            _own_case(Case.state),
            _own_case(Case.outcome),
            published(),
            nominations.correlate(Campaign).scalar_subquery(),
            nominations.where(phase_column == "awarded").correlate(Campaign).scalar_subquery(),
        )
        .where(visible_campaign(standing), *_narrowed(words, state))
        .order_by(_state() == "ended", Campaign.starts_on.desc(), Campaign.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [CampaignRow(code, title, read_plan(text), *rest) for code, title, text, *rest in rows]


def campaign_counts(session: Session, standing: Standing, words: str) -> dict[str, int]:
    """Campaigns by state; one statement."""
    query = _found(_state().label("bucket"), func.count()).where(
        visible_campaign(standing), *_narrowed(words, "")
    )
    return dict(session.execute(query.group_by("bucket")).all())


def campaign_of(session: Session, standing: Standing, code: str) -> Campaign | None:
    """A campaign with its plan, unit, case and rounds; None when the person may not know of it."""
    return session.scalar(
        select(Campaign)
        .where(Campaign.code == code, visible_campaign(standing))
        .options(joinedload(Campaign.plan_version), joinedload(Campaign.unit), joinedload(Campaign.case))
    )


def campaign_of_case(session: Session, standing: Standing, code: str) -> str | None:
    """The code of the campaign whose own procedure a case is; of others None."""
    return session.scalar(
        select(Campaign.code)
        .join(Case, Case.campaign_id == Campaign.id)
        .where(Case.code == code, Case.process.in_(OWN_PROCESSES), visible(standing))
    )


def is_published(session: Session, campaign: Campaign) -> bool:
    """Whether the plan has gone out to the units."""
    return bool(session.scalar(select(published()).where(Campaign.id == campaign.id)))


def sees_all(standing: Standing, campaign: Campaign) -> bool:
    """Whether the person may know of every case of the campaign: numbers then lead to all their rows."""
    return campaign.unit_id in standing.units(*AT_AUTHORITY, "auditor")


def told_units(standing: Standing, campaign: Campaign) -> set[int] | None:
    """Row ids of the units whose numbers at a review a person is told: those of their roles; None: all."""
    return None if sees_all(standing, campaign) else {held.unit_id for held in standing.every}


def answers(session: Session, campaign: Campaign, day: dt.date) -> list[Answer]:
    """What came back from the units; before the campaign is opened, the units its plan names."""
    staffed = Unit.id.in_(units_with(("officer",), day))
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name, AddressedUnit.response, AddressedUnit.responded_at, staffed)
        .join(AddressedUnit, AddressedUnit.unit_id == Unit.id)
        .where(AddressedUnit.campaign_id == campaign.id)
        .order_by(Unit.sort_key)
    ).all()
    asked = {each.unit: each.own_plan for each in plan_of(session, campaign).addressed_units}
    if campaign.case is not None:
        owe, told = owing(session, campaign.case), reminded_at(session, campaign.case)
        plans = unit_plans(session, campaign.case)
        return [
            Answer(
                *(code, name, response, at),
                owes=unit_id in owe,
                reminded=told.get(unit_id),
                plan=plans.get(unit_id),
                own_plan=asked.get(code, True),
                staffed=bool(there),
            )
            for unit_id, code, name, response, at, there in rows
        ]
    query = select(Unit.code, Unit.name, staffed).where(Unit.code.in_(asked)).order_by(Unit.sort_key)
    return [
        Answer(code, name, None, None, own_plan=asked[code], staffed=bool(there))
        for code, name, there in session.execute(query)
    ]


def registrations_by_strand(
    session: Session, standing: Standing, campaign: Campaign
) -> Mapping[str, StrandCount]:
    """Registrations the person may know of, by code of the strand."""
    registered = func.sum(case((Case.outcome == "registered", 1), else_=0))
    rows = session.execute(
        select(Strand.code, func.count(), registered)
        .select_from(Registration)
        .join(Case, Case.id == Registration.case_id)
        .join(Strand, Strand.id == Registration.strand_id)
        .where(Registration.campaign_id == campaign.id, visible(standing))
        .group_by(Strand.code)
    )
    return {code: StrandCount(total, done) for code, total, done in rows}


def _own_case(column: Any) -> Any:
    """A column of the case that runs a campaign's own procedure."""
    query = select(column).where(Case.campaign_id == Campaign.id, Case.process.in_(OWN_PROCESSES))
    return query.correlate(Campaign).scalar_subquery()


def _state() -> ColumnElement[str]:
    own = _own_case(Case.state)
    return case((own.is_(None), "planned"), (own == "ended", "ended"), else_="running")


def _narrowed(words: str, state: str) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if key := search_key(words):
        conditions.append(Campaign.search_key.contains(key, autoescape=True))
    if state:
        conditions.append(_state() == state)
    return conditions


def _found(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Campaign)
        .join(PlanVersion, PlanVersion.id == Campaign.plan_version_id)
        .join(Unit, Unit.id == Campaign.unit_id)
    )
