"""Exemplars of a campaign counted: by where they stand, by unit, and as its reports name them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from webapp.documents import formats
from webapp.models import (
    Campaign,
    Case,
    ExemplarNomination,
    Introduction,
    Nomination,
    Replication,
    Task,
    Unit,
)
from webapp.queries.cluster_papers import written
from webapp.queries.exemplars import state_column
from webapp.queries.introductions import introduced_so_far
from webapp.queries.plans import plan_of
from webapp.queries.replications import Applier, appliers, counted
from webapp.queries.tracking_filters import AWARDED

LINE, NOTE = 300, 4000
"""Letters that a line and a note of a form hold."""


@dataclass(frozen=True)
class Tally:
    """What a unit has done for exemplars: proposed, had introduced, applied those of others, with results; and how many
    of its own were awarded."""

    unit: str
    proposed: int = 0
    introduced: int = 0
    applied: int = 0
    results: int = 0
    commended: int = 0


def has_exemplars(session: Session, campaign: Campaign) -> bool:
    """Whether the plan of a campaign has work on exemplars."""
    return plan_of(session, campaign).exemplars is not None


def phase_counts(session: Session, campaign: Campaign) -> Mapping[str, int]:
    """How many exemplars of a campaign stand where (``webapp.queries.exemplars.STATES``)."""
    query = select(state_column, func.count()).where(
        Case.process == "exemplar", Case.campaign_id == campaign.id
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(state_column))}


def tallies(session: Session, campaign: Campaign) -> dict[int, Tally]:
    """What each unit has done so far, by its row id, in the order of units; units with nothing are left out."""
    of_campaign = Case.campaign_id == campaign.id
    proposed = select(Case.unit_id, func.count()).where(Case.process == "exemplar", of_campaign)
    shown = introduced_so_far(Case.unit_id, func.count()).where(of_campaign)
    applied = (
        select(Replication.unit_id, func.count(), func.count(Replication.results_at))
        .join(Case, Case.id == Replication.case_id)
        .where(of_campaign, counted())
    )
    found = {row[0]: row[1] for row in session.execute(proposed.group_by(Case.unit_id))}
    introduced = {row[0]: row[1] for row in session.execute(shown.group_by(Case.unit_id))}
    applying = {row[0]: (row[1], row[2]) for row in session.execute(applied.group_by(Replication.unit_id))}
    commended = {row[0]: row[1] for row in session.execute(_commended(campaign))}
    named = select(Unit.id, Unit.name).where(Unit.id.in_({*found, *introduced, *applying, *commended}))
    return {
        unit: Tally(
            name,
            found.get(unit, 0),
            introduced.get(unit, 0),
            *applying.get(unit, (0, 0)),
            commended=commended.get(unit, 0),
        )
        for unit, name in session.execute(named.order_by(Unit.sort_key))
    }


def _commended(campaign: Campaign) -> Select[int, int]:
    """How many exemplars of a campaign were awarded, by unit; one that was awarded twice counts once."""
    dossier = aliased(Case)
    query = select(Case.unit_id, func.count(Case.id.distinct())).select_from(ExemplarNomination)
    return (
        query.join(Case, Case.id == ExemplarNomination.exemplar_id)
        .join(Nomination, Nomination.id == ExemplarNomination.nomination_id)
        .join(dossier, dossier.id == Nomination.case_id)
        .where(Case.campaign_id == campaign.id, dossier.outcome.in_(AWARDED))
        .group_by(Case.unit_id)
    )


def total(rows: Sequence[Tally]) -> Tally:
    """All units as one."""
    names = ("proposed", "introduced", "applied", "results", "commended")
    return Tally("", **{name: sum(getattr(row, name) for row in rows) for name in names})


def tally_of_task(session: Session, task_id: str) -> Tally | None:
    """What the unit of a task (its public id) has done; None where the plan has no exemplars."""
    task = session.execute(select(Task).where(Task.public_id == task_id)).scalar_one()
    campaign = session.get_one(Campaign, task.case.campaign_id)
    if task.unit is None or not has_exemplars(session, campaign):
        return None
    return tallies(session, campaign).get(task.unit.id, Tally(task.unit.name))


def named_exemplars(session: Session, task: Task) -> Mapping[str, Any]:
    """The rows of exemplars a report of the campaign begins with: those introduced so far, and who applies them."""
    if task.round > 1:
        return {}
    query = introduced_so_far(Introduction).where(Case.campaign_id == task.case.campaign_id)
    found = session.scalars(query.order_by(Introduction.published_at, Introduction.id)).all()
    return {"exemplars": [_row(each, appliers(session, each.id)) for each in found]} if found else {}


def appraised_example(session: Session, task: Task) -> Mapping[str, Any]:
    """What an appraisal begins with: who applies the exemplar that is nominated, with the numbers confirmed."""
    if task.round > 1:
        return {}
    query = (
        select(Introduction.id)
        .join(ExemplarNomination, ExemplarNomination.exemplar_id == Introduction.case_id)
        .join(Nomination, Nomination.id == ExemplarNomination.nomination_id)
    )
    introduction = session.scalar(query.where(Nomination.case_id == task.case_id))
    applying = appliers(session, introduction) if introduction else []
    told = "\n".join(_applied(each) for each in applying)
    return {"influence": {"example": told[:NOTE]}} if told else {}


def _applied(applier: Applier) -> str:
    numbers = "; ".join(_figure(row) for row in applier.results or ())
    since = f"{applier.unit} áp dụng từ {formats.day(applier.begun_on.isoformat())}"
    return f"{since}: {numbers}." if numbers else f"{since}."


def _row(introduction: Introduction, applying: Sequence[Applier]) -> dict[str, str]:
    told = ". ".join([introduction.headline, *(_figure(row) for row in introduction.effects)])
    row = {"name": f"{introduction.name} ({introduction.case.unit.name})"[:LINE], "achievement": told[:NOTE]}
    units = ", ".join(f"{each.unit} (từ {formats.day(each.begun_on.isoformat())})" for each in applying)
    return row | ({"replication": f"{len(applying)} đơn vị áp dụng: {units}"[:NOTE]} if applying else {})


def _figure(row: Mapping[str, Any]) -> str:
    numbers = [written(Decimal(str(row[name]))) for name in ("before", "after") if name in row]
    return f"{row['effect']}: {' → '.join(numbers)} {row.get('measure', '')}".strip()
