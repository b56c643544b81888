"""Brings in what ships as files: units, rule sets, plans, diagrams. Loading the same again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import RuleSetVersion
from webapp.models import Unit as UnitRow
from webapp.operations import deployments, hooks
from webapp.operations import procedures as _procedures
from webapp.operations.acting import Actor, Now
from webapp.operations.plans import import_plan
from webapp.operations.starts import LANES
from webapp.operations.transaction import write
from webapp.text import nfc, search_key, sort_key
from workflows.engine import lint
from workflows.events import UnitsImported
from workflows.law import parse_rule_set
from workflows.rule_events import RuleSetImported
from workflows.shipped import shipped_deployments
from workflows.units import Unit
from workflows.values import Deployment

__all__ = [
    "FaultyDeployment",
    "deploy",
    "deploy_shipped",
    "import_plan",
    "import_rule_set",
    "import_units",
]

assert _procedures  # registers the hooks whose effects a diagram may ask for


class FaultyDeployment(ValueError):
    """Diagrams with faults; what runs keeps running. ``faults`` names each."""

    def __init__(self, faults: Iterable[object]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def deploy(deployment: Deployment, *, actor: Actor, now: Now) -> bool:
    """Lint and deploy; True when it is a change. Raises FaultyDeployment and changes nothing then."""
    if faults := lint(deployment, roles=LANES, effects=hooks.known_effects()):
        raise FaultyDeployment(faults)
    with write(actor, now) as transaction:
        return deployments.deploy(transaction, deployment)


def deploy_shipped(*, actor: Actor, now: Now) -> int:
    """Deploy every diagram that ships; returns how many were a change."""
    return sum(deploy(deployment, actor=actor, now=now) for deployment in shipped_deployments().values())


def import_units(units: Iterable[Unit], *, actor: Actor, now: Now) -> int:
    """Enter units that are not there yet, parents first, and places that are missing; returns how many are new."""
    with write(actor, now) as transaction:
        session, units = transaction.session, list(units)
        known = dict(session.execute(select(UnitRow.code, UnitRow.id)).all())
        added = [
            unit for unit in sorted(units, key=lambda unit: unit.code.count("/")) if unit.code not in known
        ]
        for unit in added:
            row = _unit_row(unit, known.get(unit.parent or ""))
            session.add(row)
            session.flush()
            known[unit.code] = row.id
        _name_cadre_bodies(session, added)
        if changed := [*added, *_located(session, units)]:
            digest = hashlib.sha256("\n".join(sorted(unit.code for unit in changed)).encode()).hexdigest()
            transaction.log("units", UnitsImported(digest=digest, count=len(changed)))
        return len(added)


def _name_cadre_bodies(session: Session, added: Iterable[Unit]) -> None:
    """Bodies may come after the units that name them; units that were there before are changed on their page."""
    named = {unit.code: unit.cadre_body for unit in added if unit.cadre_body}
    ids: dict[str, int] = dict(
        session.execute(select(UnitRow.code, UnitRow.id).where(UnitRow.code.in_(named.values()))).all()
    )
    for row in session.scalars(select(UnitRow).where(UnitRow.code.in_(named))):
        row.cadre_body_id = ids.get(named[row.code])


def _located(session: Session, units: Iterable[Unit]) -> list[Unit]:
    """Give units that have been there before a place to be shown at; returns those that had none."""
    places = {unit.code: unit for unit in units if unit.place is not None}
    rows = session.scalars(select(UnitRow).where(UnitRow.latitude.is_(None), UnitRow.code.in_(places)))
    located = []
    for row in rows:
        _set_place(row, places[row.code])
        located.append(places[row.code])
    return located


def _set_place(row: UnitRow, unit: Unit) -> None:
    if unit.place is not None:
        row.latitude, row.longitude = unit.place.lat, unit.place.lon


def _unit_row(unit: Unit, parent_id: int | None) -> UnitRow:
    name = nfc(unit.name)
    row = UnitRow(
        code=unit.code,
        name=name,
        level=unit.level,
        kind=unit.kind,
        parent_id=parent_id,
        fictitious=unit.fictitious,
        sort_key=sort_key(name),
        search_key=search_key(name),
    )
    _set_place(row, unit)
    return row


def import_rule_set(text: str, *, actor: Actor, now: Now) -> bool:
    """Import a rule set as an approved version; True when it is new. Raises LawFaults.

    Units that have amended the rule set on pages keep their own version, and can draft from the new one.
    """
    rules = parse_rule_set(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    with write(actor, now) as transaction:
        session = transaction.session
        newest = session.scalar(
            select(RuleSetVersion.digest)
            .where(RuleSetVersion.code == rules.code, RuleSetVersion.unit_id.is_(None))
            .order_by(RuleSetVersion.id.desc())
        )
        if newest == digest:
            return False
        session.add(
            RuleSetVersion(
                code=rules.code,
                digest=digest,
                from_date=rules.starts,
                to_date=rules.ends,
                status="approved",
                content=text,
                imported_at=now.at,
            )
        )
        imported = RuleSetImported(code=rules.code, digest=digest, before=newest or "")
        transaction.log(f"law/{rules.code}", imported)
        return True
