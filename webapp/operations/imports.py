"""Brings in what ships as files: units, rule sets, plans, diagrams. Loading the same again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from webapp.models import (
    AwardCeiling,
    AwardRound,
    Campaign,
    PlanVersion,
    RuleSetVersion,
    Strand,
)
from webapp.models import Unit as UnitRow
from webapp.operations import deployments, hooks
from webapp.operations import procedures as _procedures
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import NotNow
from webapp.operations.starts import ROLES
from webapp.operations.transaction import Transaction, write
from webapp.text import nfc, search_key, sort_key
from workflows.engine import lint
from workflows.events import PlanImported, UnitsImported
from workflows.law import parse_rule_set
from workflows.plan import Plan, parse_plan
from workflows.rule_events import RuleSetImported
from workflows.shipped import shipped_deployments
from workflows.units import Unit
from workflows.values import Deployment

assert _procedures  # registers the hooks whose effects a diagram may ask for


class FaultyDeployment(ValueError):
    """Diagrams with faults; what runs keeps running. ``faults`` names each."""

    def __init__(self, faults: Iterable[object]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def deploy(deployment: Deployment, *, actor: Actor, now: Now) -> bool:
    """Lint and deploy; True when it is a change. Raises FaultyDeployment and changes nothing then."""
    if faults := lint(deployment, roles=ROLES, effects=hooks.known_effects()):
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
        if changed := [*added, *_located(session, units)]:
            digest = hashlib.sha256("\n".join(sorted(unit.code for unit in changed)).encode()).hexdigest()
            transaction.log("units", UnitsImported(digest=digest, count=len(changed)))
        return len(added)


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
        transaction.log(f"law/{rules.code}", RuleSetImported(code=rules.code, digest=digest))
        return True


def import_plan(text: str, *, actor: Actor, now: Now) -> bool:
    """Import a plan as a version and make its campaign; True when it is new. Raises PlanFaults, NotNow.

    A campaign that runs keeps the version it was opened with; a new version of its plan is refused.
    """
    digest = hashlib.sha256(text.encode()).hexdigest()
    with write(actor, now) as transaction:
        session = transaction.session
        plan = parse_plan(text, set(session.scalars(select(UnitRow.code))))
        newest = session.scalar(
            select(PlanVersion).where(PlanVersion.code == plan.code).order_by(PlanVersion.id.desc())
        )
        if newest is not None and newest.digest == digest:
            return False
        version = PlanVersion(code=plan.code, digest=digest, content=text, imported_at=now.wall)
        session.add(version)
        session.flush()
        _set_campaign(transaction, plan, version)
        transaction.log(f"plan/{plan.code}", PlanImported(code=plan.code, digest=digest))
        return True


def _set_campaign(transaction: Transaction, plan: Plan, version: PlanVersion) -> None:
    session = transaction.session
    campaign = session.scalar(select(Campaign).where(Campaign.code == plan.code))
    if campaign is not None and campaign.case is not None:
        raise NotNow("campaign_already_open")
    unit = session.execute(select(UnitRow).where(UnitRow.code == plan.document.issuer)).scalar_one()
    if campaign is None:
        campaign = Campaign(code=plan.code, unit_id=unit.id, registration="planned")
    campaign.title, campaign.search_key = plan.title, search_key(plan.title)
    campaign.plan_version_id = version.id
    campaign.starts_on, campaign.ends_on = plan.starts, plan.ends
    session.add(campaign)
    session.flush()
    _drop_parts(transaction, campaign)
    _set_parts(transaction, plan, campaign)


def _drop_parts(transaction: Transaction, campaign: Campaign) -> None:
    """Ceilings first: they point at rounds and strands."""
    rounds = select(AwardRound.id).where(AwardRound.campaign_id == campaign.id)
    for statement in (
        delete(AwardCeiling).where(AwardCeiling.round_id.in_(rounds)),
        delete(AwardRound).where(AwardRound.campaign_id == campaign.id),
        delete(Strand).where(Strand.campaign_id == campaign.id),
    ):
        transaction.session.execute(statement)


def _set_parts(transaction: Transaction, plan: Plan, campaign: Campaign) -> None:
    session = transaction.session
    strands = {
        strand.code: Strand(campaign_id=campaign.id, code=strand.code, title=strand.name, position=position)
        for position, strand in enumerate(plan.strands, 1)
    }
    rounds = {
        round_.code: AwardRound(
            campaign_id=campaign.id,
            code=round_.code,
            title=round_.name,
            on_date=round_.opens,
            state="planned",
        )
        for round_ in plan.rounds
    }
    session.add_all([*strands.values(), *rounds.values()])
    session.flush()
    session.add_all(
        AwardCeiling(
            round_id=rounds[code].id,
            strand_id=strands[ceiling.strand].id,
            pool=ceiling.pool,
            maximum=ceiling.at_most,
        )
        for code in rounds
        for ceiling in plan.ceilings(code)
    )
