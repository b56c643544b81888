"""Versions that a unit drafts and an authority decides, of rule sets and of criteria tables: who decides them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from webapp.models import CriteriaVersion, RoleHolding, RuleSetVersion, Unit
from webapp.queries.standing import Standing
from webapp.queries.units import lineage_codes
from workflows.law import parse_rule_set

AUTHORITY = "authority"
OPEN = ("draft", "submitted")

Version = TypeVar("Version", RuleSetVersion, CriteriaVersion)


def all_versions(kind: type[Version]) -> Select[Version]:
    """All versions beside their units, with who drafted and decided them, the newest first."""
    return (
        select(kind)
        .outerjoin(Unit, Unit.id == kind.unit_id)
        .order_by(kind.id.desc())
        .options(joinedload(kind.unit), joinedload(kind.drafted_by), joinedload(kind.decided_by))
    )


def version_of(session: Session, kind: type[Version], public_id: str) -> Version | None:
    """The version of this public id."""
    return session.scalar(all_versions(kind).where(kind.public_id == public_id))


def may_decide(standing: Standing, place: Unit) -> bool:
    """Whether a person approves what a unit drafts: its authority, or that of a unit above it."""
    above = lineage_codes(place.code)
    return any(held.role == AUTHORITY and held.unit_code in above for held in standing.roles)


@dataclass(frozen=True)
class Awaiting:
    """A draft that waits for a decision."""

    kind: Literal["rules", "criteria"]
    public_id: str
    title: str
    unit: Unit
    drafted_by: str
    drafted_at: dt.datetime


def awaiting_drafts(session: Session, standing: Standing) -> list[Awaiting]:
    """What waits for a person's approval, the oldest first; two statements for an authority, none for others."""
    if not standing.units(AUTHORITY):
        return []
    rules = _submitted(session, RuleSetVersion, standing)
    criteria = _submitted(session, CriteriaVersion, standing)
    found = [_awaiting("rules", each, parse_rule_set(each.content).title) for each in rules]
    found += [_awaiting("criteria", each, each.name) for each in criteria]
    return sorted(found, key=lambda each: each.drafted_at)


def _submitted(session: Session, kind: type[Version], standing: Standing) -> list[Version]:
    found = session.scalars(all_versions(kind).where(kind.status == "submitted"))
    return [each for each in found if each.unit and may_decide(standing, each.unit)]


def _awaiting(
    kind: Literal["rules", "criteria"], version: RuleSetVersion | CriteriaVersion, title: str
) -> Awaiting:
    assert version.unit
    by = version.drafted_by.name if version.drafted_by else ""
    return Awaiting(kind, version.public_id, title, version.unit, by, version.imported_at)


def authorities(session: Session, place: Unit, day: dt.date) -> list[int]:
    """Row ids of the people who approve what a unit drafts on a day."""
    query = (
        select(RoleHolding)
        .join(Unit, Unit.id == RoleHolding.unit_id)
        .where(RoleHolding.role == AUTHORITY, Unit.code.in_(lineage_codes(place.code)))
    )
    return sorted({held.person_id for held in session.scalars(query) if held.holds_on(day)})
