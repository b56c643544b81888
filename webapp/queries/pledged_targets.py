"""What units have pledged to reach of a plan's figures, by their own registrations."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Nominee, Registration, RegistrationChange, RegistrationVersion, Unit
from webapp.queries.facts import committee_name
from webapp.queries.plans import plan_of
from webapp.text import search_key
from workflows.rules.indicators import Figure, figures_of
from workflows.vocabulary import SINGLE_KINDS


@dataclass(frozen=True)
class Pledge:
    """A number a unit has pledged for a figure; ``registration`` is the code of its case."""

    value: Decimal
    registration: str


@dataclass(frozen=True)
class Said:
    """What one version of a unit's registration pledges, by figure, in force from an instant."""

    registration: str
    since: dt.datetime
    values: Mapping[str, Decimal]


@dataclass(frozen=True)
class Pledges:
    """What units (row ids) have pledged, each version in the order they came into force."""

    known: Mapping[int, Sequence[Said]]

    def of(self, unit_id: int, figure: str, at: dt.datetime | None = None) -> Pledge | None:
        """The pledge in force at an instant (None: now); of several registrations, what was said last."""
        in_force = {
            said.registration: said for said in self.known.get(unit_id, ()) if at is None or said.since <= at
        }
        found = [said for said in in_force.values() if figure in said.values]
        newest = max(found, key=lambda said: said.since, default=None)
        return Pledge(newest.values[figure], newest.registration) if newest else None


SHORT_NAME = 4
"""Words by which an office is known without its place: “Phòng Giáo dục và Đào tạo”."""

ALL_OF_IT = ("nhan dan va can bo", "can bo va nhan dan", "can bo, nhan dan", "quan va dan", "tap the")
"""Whom a place awards when it is awarded itself: “Nhân dân và cán bộ xã An Cư”."""


def is_unit_itself(name: str, kind: str, unit: Unit) -> bool:
    """Whether who registers under a name is the unit that hands the registration in, not somebody of it."""
    key = search_key(name)
    own = (search_key(unit.name), search_key(committee_name(unit)))
    for words in ALL_OF_IT:
        key = key.removeprefix(f"{words} ")
    without_place = len(key.split()) >= SHORT_NAME and any(each.startswith(f"{key} ") for each in own)
    return kind not in SINGLE_KINDS and (key in own or without_place)


def pledges_of(session: Session, campaign: Campaign) -> Pledges:
    """What units have pledged in a campaign, version by version; one statement.

    By the name it was registered under: a dossier gives the nominee the name that stands on the certificate.
    """
    query = (
        select(RegistrationVersion, Nominee.kind, Case.code, Unit)
        .join(Registration, Registration.id == RegistrationVersion.registration_id)
        .join(Nominee, Nominee.id == Registration.nominee_id)
        .join(Case, Case.id == Registration.case_id)
        .join(Unit, Unit.id == Case.unit_id)
        .where(Registration.campaign_id == campaign.id, Nominee.kind.not_in(SINGLE_KINDS))
        .order_by(RegistrationVersion.in_force_from, RegistrationVersion.id)
    )
    found: defaultdict[int, list[Said]] = defaultdict(list)
    for version, kind, code, unit in session.execute(query):
        if is_unit_itself(version.name, kind, unit):
            found[unit.id].append(Said(code, version.in_force_from, _values(version.targets)))
    return Pledges(dict(found))


def _values(rows: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """The rows of a registration that name a figure of the plan."""
    return {row["figure"]: Decimal(str(row["target"])) for row in rows if "figure" in row and "target" in row}


def pledgeable_figures(session: Session, case: Case) -> tuple[Figure, ...]:
    """The figures that a registration, or a change of one, can pledge: a unit's own, of its strand."""
    changed = select(RegistrationChange.registration_id).where(RegistrationChange.case_id == case.id)
    query = select(Registration).where(or_(Registration.case_id == case.id, Registration.id.in_(changed)))
    registration = session.execute(query).scalar_one()
    unit, nominee = registration.case.unit, registration.nominee
    if not is_unit_itself(_registered_name(session, registration), nominee.kind, unit):
        return ()
    figures = figures_of(plan_of(session, registration.campaign), unit.code)
    return tuple(each for each in figures if each.indicator.strand in (None, registration.strand.code))


def _registered_name(session: Session, registration: Registration) -> str:
    """The name of the newest version; before there is one, that of who is to be registered."""
    own = select(RegistrationVersion.name).where(RegistrationVersion.registration_id == registration.id)
    newest = session.scalar(own.order_by(RegistrationVersion.number.desc()).limit(1))
    return newest or registration.nominee.name
