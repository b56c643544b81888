"""Plans as immutable versions, and the campaigns that stand on them."""

from __future__ import annotations

import hashlib

from sqlalchemy import delete, select

from webapp.models import AwardCeiling, AwardRound, Campaign, PlanVersion, Strand
from webapp.models import Unit as UnitRow
from webapp.operations.acting import Actor, Now
from webapp.operations.refusals import NotNow
from webapp.operations.transaction import Transaction, write
from webapp.text import search_key
from workflows.events import PlanImported
from workflows.plan import Plan, parse_plan


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
        found_campaign(transaction, plan, add_version(transaction, plan, text))
        return True


def add_version(transaction: Transaction, plan: Plan, text: str) -> PlanVersion:
    """Keep the text of a plan as a version, which never changes."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    newest = select(PlanVersion.digest).where(PlanVersion.code == plan.code).order_by(PlanVersion.id.desc())
    before = transaction.session.scalar(newest.limit(1)) or ""
    version = PlanVersion(code=plan.code, digest=digest, content=text, imported_at=transaction.now.wall)
    transaction.session.add(version)
    transaction.session.flush()
    transaction.log(f"plan/{plan.code}", PlanImported(code=plan.code, digest=digest, before=before))
    return version


def found_campaign(transaction: Transaction, plan: Plan, version: PlanVersion) -> Campaign:
    """Make the campaign of a plan, or give it the version while it has not been opened. Raises NotNow."""
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
    return campaign


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
