"""Inspections (cuộc kiểm tra) with their findings and notes, for those who may know of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.models import (
    Campaign,
    Case,
    Inspection,
    InspectionFinding,
    InspectionMember,
    InspectionNote,
    InspectionPaper,
    InspectionUnit,
    Paper,
    Person,
    RoleHolding,
    Unit,
)
from webapp.queries.inspecting import FINDING, inspected
from webapp.queries.inspection_findings import FindingRow, findings, readable_findings
from webapp.queries.standing import Standing, at_or_below, visible_campaign

OPENERS = ("auditor", "admin")
"""Who enters an inspection, of units in or below theirs."""

WITHOUT_CASES = ("hamlet", "cluster", "block")
"""Kinds of units that bring in and decide nothing themselves."""


@dataclass(frozen=True)
class NoteRow:
    """A note of a member about an event of a case."""

    case: str
    event: int
    text: str
    person: str
    written_at: dt.datetime


@dataclass(frozen=True)
class InspectionRow:
    """One line of the list; ``open`` of its ``findings`` are not closed."""

    inspection: Inspection
    lasts: bool
    findings: int
    open: int


@dataclass(frozen=True)
class InspectionPage:
    """An inspection for one reader: whether they inspect in it by now, lead it, may change it.

    ``readable`` are the codes of the findings whose own page they may open: of an inspection that is over, a member
    reads here what all of them say.
    """

    inspection: Inspection
    lasts: bool
    member: bool
    head: bool
    changes: bool
    findings: tuple[FindingRow, ...]
    readable: frozenset[str]
    notes: tuple[NoteRow, ...]
    scans: tuple[Paper, ...]


def known_inspection(standing: Standing) -> ColumnElement[bool]:
    """Condition on Inspection: the person is or was its member, or enters inspections for one of its units."""
    member = exists().where(
        InspectionMember.inspection_id == Inspection.id, InspectionMember.person_id == standing.person_id
    )
    within = select(Unit.id).where(at_or_below(standing, *OPENERS))
    unit = exists().where(InspectionUnit.inspection_id == Inspection.id, InspectionUnit.unit_id.in_(within))
    return or_(member, unit) if standing.holds(*OPENERS) else member


def lasts(inspection: Inspection, day: dt.date) -> bool:
    """Whether its members see by it what it covers."""
    return inspection.ended_at is None and inspection.begins_on <= day <= inspection.ends_on


def list_inspections(session: Session, standing: Standing, day: dt.date) -> list[InspectionRow]:
    """Inspections somebody may know of, the newest first; four statements."""
    counted = (
        select(
            InspectionFinding.inspection_id,
            func.count().label("findings"),
            func.count().filter(Case.state != "ended").label("open"),
        )
        .join(Case, Case.id == InspectionFinding.case_id)
        .group_by(InspectionFinding.inspection_id)
        .subquery()
    )
    query = (
        select(Inspection, counted.c.findings, counted.c.open)
        .outerjoin(counted, counted.c.inspection_id == Inspection.id)
        .where(known_inspection(standing))
        .options(selectinload(Inspection.units).joinedload(InspectionUnit.unit), *_people())
        .order_by(Inspection.id.desc())
    )
    return [
        InspectionRow(row, lasts(row, day), findings or 0, still or 0)
        for row, findings, still in session.execute(query)
    ]


def inspection_page(session: Session, standing: Standing, code: str, day: dt.date) -> InspectionPage | None:
    """The page of an inspection; None for who may not know of it. Notes are for its members alone."""
    row = inspection_of(session, standing, code)
    if row is None:
        return None
    own = [one for one in row.members if one.person_id == standing.person_id and one.left_at is None]
    units = {each.unit.code for each in row.units}
    reach = [held.unit_code for held in standing.roles if held.role in OPENERS]
    return InspectionPage(
        inspection=row,
        lasts=lasts(row, day),
        member=bool(own),
        head=any(one.head for one in own),
        changes=row.ended_at is None and all(_within(unit, reach) for unit in units),
        findings=findings(session, standing, row, member=bool(own)),
        readable=readable_findings(session, standing, row),
        notes=notes_of(session, [row.id]) if own else (),
        scans=tuple(each.paper for each in row.papers),
    )


def _within(code: str, reach: Iterable[str]) -> bool:
    return any(code == above or code.startswith(f"{above}/") for above in reach)


def inspection_of(session: Session, standing: Standing, code: str) -> Inspection | None:
    """An inspection by its code, with its units and members; None for who may not know of it."""
    query = (
        select(Inspection)
        .where(Inspection.code == code, known_inspection(standing))
        .options(
            selectinload(Inspection.units).joinedload(InspectionUnit.unit),
            selectinload(Inspection.papers).joinedload(InspectionPaper.paper),
            joinedload(Inspection.campaign),
            *_people(),
        )
    )
    return session.scalar(query)


def _people() -> tuple[Any, ...]:
    return (selectinload(Inspection.members).joinedload(InspectionMember.person),)


def notes_of(
    session: Session, inspection_ids: Sequence[int], case_id: int | None = None
) -> tuple[NoteRow, ...]:
    """What the members of inspections wrote down, of one case if it is named, the oldest first."""
    query = (
        select(
            Case.code,
            InspectionNote.event_number,
            InspectionNote.text,
            Person.name,
            InspectionNote.written_at,
        )
        .join(Case, Case.id == InspectionNote.case_id)
        .join(Person, Person.id == InspectionNote.person_id)
        .where(InspectionNote.inspection_id.in_(inspection_ids))
        .order_by(InspectionNote.id)
    )
    if case_id is not None:
        query = query.where(InspectionNote.case_id == case_id)
    return tuple(NoteRow(*row) for row in session.execute(query))


def covering(session: Session, standing: Standing, case: Case) -> tuple[Inspection, ...]:
    """The inspections in which the person may write about a case; no statement for who inspects nothing."""
    if not standing.inspections or case.process == FINDING:
        return ()
    rows = session.scalars(
        select(Inspection).where(Inspection.id.in_({each.inspection_id for each in standing.inspections}))
    )
    return tuple(row for row in rows if _covers(session, standing, row.id, case.id))


def _covers(session: Session, standing: Standing, inspection_id: int, case_id: int) -> bool:
    own = [each for each in standing.inspections if each.inspection_id == inspection_id]
    return session.scalar(select(Case.id).where(Case.id == case_id, inspected(own))) is not None


@dataclass(frozen=True)
class InspectionChoices:
    """What the form of an inspection offers: each as (code or public id, name)."""

    units: tuple[tuple[str, str], ...]
    campaigns: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str, str], ...]


def inspection_choices(session: Session, standing: Standing, day: dt.date) -> InspectionChoices:
    """Units in reach, campaigns, and people with an account who work in reach or hold no role; three statements."""
    reach = select(Unit.id).where(at_or_below(standing, *OPENERS))
    units = session.execute(
        select(Unit.code, Unit.name)
        .where(Unit.id.in_(reach), Unit.kind.not_in(WITHOUT_CASES))
        .order_by(Unit.sort_key)
    )
    known = select(Campaign.code, Campaign.title).where(visible_campaign(standing)).order_by(Campaign.id)
    campaigns = session.execute(known)
    holds = exists().where(
        RoleHolding.person_id == Person.id,
        RoleHolding.from_date <= day,
        or_(RoleHolding.to_date.is_(None), RoleHolding.to_date >= day),
    )
    people = session.execute(
        select(Person.public_id, Person.name, Person.username)
        .where(
            Person.active,
            Person.username.is_not(None),
            or_(~holds, holds.where(RoleHolding.unit_id.in_(reach))),
        )
        .order_by(Person.sort_key, Person.id)
    )
    return InspectionChoices(
        tuple((code, name) for code, name in units),
        tuple((code, title) for code, title in campaigns),
        tuple((code, name, username or "") for code, name, username in people),
    )
