"""Versions of the rule sets, and who may draft them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from webapp.models import RuleSetVersion, Unit
from webapp.queries.administered import ADMIN
from webapp.queries.drafted_versions import AUTHORITY, OPEN, all_versions, may_decide, version_of
from webapp.queries.standing import Standing
from webapp.queries.units import lineage_codes

_VERSIONS = all_versions(RuleSetVersion)


def versions_of(session: Session, code: str, place: Unit) -> list[RuleSetVersion]:
    """The versions of a rule set that concern a unit, the newest first, without the earlier states of drafts.

    They are its own, those of units above it and the general ones.
    """
    query = _VERSIONS.where(RuleSetVersion.code == code, RuleSetVersion.status != "replaced")
    concern = or_(RuleSetVersion.unit_id.is_(None), Unit.code.in_(lineage_codes(place.code)))
    return list(session.scalars(query.where(concern)))


def readable_version(session: Session, standing: Standing, public_id: str) -> RuleSetVersion | None:
    """The version of this public id; None for a draft of a unit whose rules the reader neither drafts nor decides."""
    version = version_of(session, RuleSetVersion, public_id)
    if version is None or version.status == "approved":
        return version
    places = [version.unit] if version.unit else places_of(session, standing)
    return version if any(is_involved(standing, place) for place in places) else None


def versions_in_force(session: Session, place: Unit | None) -> dict[str, RuleSetVersion]:
    """The version of every rule set that counts in a unit (None: in general), by code, the newest era first.

    It is the newest approved one of the unit nearest to it.
    """
    above = lineage_codes(place.code) if place else []
    query = _VERSIONS.where(RuleSetVersion.status == "approved")
    found = session.scalars(query.where(or_(RuleSetVersion.unit_id.is_(None), Unit.code.in_(above)))).all()
    nearest = sorted(found, key=lambda each: (each.unit.code if each.unit else "", each.id))
    in_force = {each.code: each for each in nearest}
    return dict(sorted(in_force.items(), key=lambda pair: pair[1].from_date, reverse=True))


def version_in_force(session: Session, code: str, place: Unit | None) -> RuleSetVersion | None:
    """The version of a rule set that counts in a unit (None: in general)."""
    return versions_in_force(session, place).get(code)


def open_draft(session: Session, code: str, place: Unit | None) -> RuleSetVersion | None:
    """The draft of a rule set for a unit that is being written or waits for a decision."""
    query = _VERSIONS.where(RuleSetVersion.code == code, RuleSetVersion.status.in_(OPEN))
    return session.scalar(query.where(RuleSetVersion.unit_id == (place.id if place else None)).limit(1))


def waiting_drafts(session: Session, place: Unit) -> list[RuleSetVersion]:
    """The drafts for a unit that are being written or wait for a decision."""
    query = _VERSIONS.where(RuleSetVersion.status.in_(OPEN), RuleSetVersion.unit_id == place.id)
    return list(session.scalars(query))


def places_of(session: Session, standing: Standing) -> Sequence[Unit]:
    """The units whose rules concern a person: where they draft or decide them first, then where they hold any role."""
    units = standing.units(ADMIN, AUTHORITY) | standing.units(*(held.role for held in standing.roles))
    rows = session.scalars(select(Unit).where(Unit.id.in_(units)).order_by(Unit.code)).all()
    return sorted(rows, key=lambda unit: (unit.id not in standing.units(ADMIN, AUTHORITY), unit.code))


def place_of(places: Sequence[Unit], asked: str | None) -> Unit | None:
    """The unit of this code among those whose rules concern a person; None asked: the first."""
    return next((unit for unit in places if asked in (None, unit.code)), None)


def is_involved(standing: Standing, place: Unit) -> bool:
    """Whether a person drafts or decides the rules of a unit."""
    return may_draft_rules(standing, place) or may_decide(standing, place)


def may_draft_rules(standing: Standing, place: Unit) -> bool:
    """Whether a person drafts the rules of a unit: its administrator."""
    return place.id in standing.units(ADMIN)
