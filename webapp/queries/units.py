"""Units around a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Unit, UnitSuccession
from workflows.vocabulary import LEVEL_ORDER, Level


@dataclass(frozen=True)
class Places:
    """The units a case concerns: who submits, the district above, whose campaign it is, the province above."""

    submitter: Unit
    organiser: Unit
    district: Unit | None
    province: Unit | None


def lineage(session: Session, unit: Unit) -> list[Unit]:
    """The unit and all above it, from the top down."""
    query = select(Unit).where(Unit.code.in_(lineage_codes(unit.code))).order_by(Unit.code)
    return list(session.scalars(query))


def lineage_codes(code: str) -> list[str]:
    """The codes of all units above a unit and its own, from the top down."""
    parts = code.split("/")
    return ["/".join(parts[: i + 1]) for i in range(len(parts))]


def predecessors(unit_id: int) -> Select[int]:
    """Ids of the units that went over into one, to be compared with."""
    return select(UnitSuccession.predecessor_id).where(UnitSuccession.successor_id == unit_id)


def standing_level(session: Session, unit: Unit) -> Level:
    """The level of government a unit stands at; a hamlet or an enterprise stands at that of its place."""
    found = [above.level for above in lineage(session, unit) if above.level in LEVEL_ORDER]
    return found[-1]


def places_of(session: Session, campaign: Campaign, submitter: Unit) -> Places:
    """The places of a case of ``submitter`` in a campaign."""
    above = {unit.level: unit for unit in lineage(session, submitter) if unit.kind == "committee"}
    above |= {campaign.unit.level: campaign.unit}
    return Places(submitter, campaign.unit, above.get("district"), above.get("province"))


def names_of(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Names of units by code."""
    return dict(session.execute(select(Unit.code, Unit.name).where(Unit.code.in_(codes))).all())


def unit_by_code(session: Session, code: str) -> Unit:
    """The unit of a code. Raises NoResultFound."""
    return session.execute(select(Unit).where(Unit.code == code)).scalar_one()


def unit_names(session: Session, branches: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Names by code of the units whose branches of a multi-instance these items are; no statement without one."""
    codes = {items["unit"] for items in branches if "unit" in items}
    query = select(Unit.code, Unit.name).where(Unit.code.in_(codes))
    return dict(session.execute(query).all()) if codes else {}
