"""Aggregated lists of registrations: what can go on one, and what one holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased, joinedload

from webapp.models import (
    Case,
    Nominee,
    Registration,
    RegistrationList,
    RegistrationListLine,
    RegistrationVersion,
    Strand,
    Task,
    Unit,
)
from webapp.queries.nomination_choices import Choice
from webapp.queries.rule_names import rule_names
from webapp.queries.units import predecessors

_newer, _listed = aliased(RegistrationVersion), aliased(Case)


@dataclass(frozen=True)
class Line:
    """One registration of a list, in its version."""

    code: str
    name: str
    kind: str
    strand: str
    title_aimed: str | None
    version: int


@dataclass(frozen=True)
class Confirmation:
    """A list on which a version of a registration stands or stood; ``confirmed_at`` once the organiser has."""

    code: str
    version: int
    state: str
    confirmed_at: dt.datetime | None


def list_of(session: Session, case: Case) -> RegistrationList:
    """The list a case is about, with its lines and all they name; two statements."""
    line = joinedload(RegistrationListLine.version).joinedload(RegistrationVersion.registration)
    query = select(RegistrationList).where(RegistrationList.case_id == case.id)
    found = session.execute(query.options(joinedload(RegistrationList.unit))).unique().scalar_one()
    session.scalars(
        select(RegistrationListLine)
        .where(RegistrationListLine.list_id == found.id)
        .options(
            line.joinedload(Registration.nominee).joinedload(Nominee.unit),
            line.joinedload(Registration.strand),
            line.joinedload(Registration.case),
        )
    ).all()
    return found


def unlisted_registrations(session: Session, case: Case) -> Sequence[Choice]:
    """What can go on the list a case is about; what stands on it already can stay."""
    return unlisted(session, case.campaign_id or 0, case.unit, case.id)


def all_unlisted(session: Session, task: Task) -> dict[str, Any]:
    """A list begins with everything that can go on it; a later round with what was chosen."""
    codes = [code for code, _text in unlisted_registrations(session, task.case)]
    return {"registrations": codes} if codes and task.round == 1 else {}


def unlisted(session: Session, campaign_id: int, unit: Unit, list_case: int = 0) -> Sequence[Choice]:
    """Accepted registrations of a unit and below that in the version in force stand on no list but that of a case."""
    elsewhere = exists().where(
        RegistrationListLine.version_id == RegistrationVersion.id,
        RegistrationListLine.list_id == RegistrationList.id,
        RegistrationList.case_id != list_case,
        RegistrationList.case_id == _listed.id,
        or_(_listed.state != "ended", _listed.outcome == "confirmed"),
    )
    rows = session.execute(
        select(Case.code, RegistrationVersion.name, RegistrationVersion.title_aimed, Strand.title)
        .select_from(Registration)
        .join(Case, Case.id == Registration.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .join(Strand, Strand.id == Registration.strand_id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .join(RegistrationVersion, RegistrationVersion.registration_id == Registration.id)
        .where(
            Registration.campaign_id == campaign_id,
            or_(
                Unit.id == unit.id,
                Unit.code.startswith(unit.code + "/", autoescape=True),
                Unit.id.in_(predecessors(unit.id)),
            ),
            in_force_now(),
            ~elsewhere,
        )
        .order_by(Strand.position, Nominee.sort_key, Case.id)
    )
    titles = rule_names(session).awards
    return [
        (code, " – ".join(filter(None, (name, title and titles.get(title, title), f"{strand} ({code})"))))
        for code, name, title, strand in rows
    ]


def in_force_now() -> ColumnElement[bool]:
    """Condition on RegistrationVersion: no later one has taken its place."""
    return ~exists().where(
        _newer.registration_id == RegistrationVersion.registration_id,
        _newer.number > RegistrationVersion.number,
    )


def list_lines(session: Session, case_id: int) -> tuple[Line, ...]:
    """What the list of a case holds, in its order; one statement."""
    rows = session.execute(
        select(
            Case.code,
            RegistrationVersion.name,
            Nominee.kind,
            Strand.title,
            RegistrationVersion.title_aimed,
            RegistrationVersion.number,
        )
        .select_from(RegistrationListLine)
        .join(RegistrationList, RegistrationList.id == RegistrationListLine.list_id)
        .join(RegistrationVersion, RegistrationVersion.id == RegistrationListLine.version_id)
        .join(Registration, Registration.id == RegistrationVersion.registration_id)
        .join(Case, Case.id == Registration.case_id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .join(Strand, Strand.id == Registration.strand_id)
        .where(RegistrationList.case_id == case_id)
        .order_by(RegistrationListLine.position)
    )
    return tuple(Line(*row) for row in rows)


def confirmations(session: Session, registration_id: int) -> tuple[Confirmation, ...]:
    """The lists a registration stands on, or stood on until it was confirmed; the newest first."""
    rows = session.execute(
        select(Case.code, RegistrationVersion.number, Case.state, RegistrationList.confirmed_at)
        .select_from(RegistrationListLine)
        .join(RegistrationVersion, RegistrationVersion.id == RegistrationListLine.version_id)
        .join(RegistrationList, RegistrationList.id == RegistrationListLine.list_id)
        .join(Case, Case.id == RegistrationList.case_id)
        .where(
            RegistrationVersion.registration_id == registration_id,
            or_(Case.state != "ended", Case.outcome == "confirmed"),
        )
        .order_by(Case.id.desc())
    )
    return tuple(Confirmation(*row) for row in rows)
