"""Exemplars as forms offer them, and what a nomination of one begins with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, ExemplarNomination, Introduction, Nomination, Task, Unit
from webapp.queries.introductions import approved_introduction, latest_proposal, opening_form
from webapp.queries.nomination_choices import Choice, Nominated
from webapp.queries.standing import Standing, visible

NOMINEE_KINDS = {
    "model": "collective",
    "collective": "collective",
    "household": "household",
    "individual": "individual",
}
"""What kind of nominee an exemplar is; a model is nominated as the collective that has it."""

PREPARING = ("prepare_dossier", "prepare_on_behalf")


def introduced_exemplars(session: Session, campaign: Campaign) -> Sequence[Choice]:
    """Exemplars of a campaign that are introduced and not suspended, the newest first."""
    query = (
        select(Case.code, Introduction.name)
        .join(Introduction, Introduction.case_id == Case.id)
        .where(Case.campaign_id == campaign.id, Case.state == "active")
    )
    return session.execute(query.order_by(Introduction.published_at.desc())).all()


def recognised() -> ColumnElement[bool]:
    """Condition on the Case of an exemplar: it was verified, and neither refused, withdrawn as a proposal nor erased.

    Not to be introduced, or no longer, is no reason against an award: what was verified stays true.
    """
    under_way = (Case.state != "ended") & (Case.stage != "verification")
    was_introduced = exists().where(Introduction.case_id == Case.id)
    known = or_(under_way, Case.outcome.in_(("introduced", "not_chosen")), was_introduced)
    return known & Case.erased_at.is_(None)


def recognised_exemplars(session: Session, campaign: Campaign, standing: Standing | None) -> Sequence[Choice]:
    """Exemplars of a campaign that somebody may know of and that can be nominated, the newest first."""
    if standing is None:
        return []
    of_campaign = Case.process == "exemplar", Case.campaign_id == campaign.id
    query = select(Case.code, Case.title).where(*of_campaign, recognised(), visible(standing))
    return session.execute(query.order_by(Case.id.desc())).all()


def nominated(session: Session, code: str) -> Nominated:
    """The nominee an exemplar is. Raises NoResultFound."""
    case, unit = session.execute(
        select(Case, Unit.code).join(Unit, Unit.id == Case.unit_id).where(Case.code == code)
    ).one()
    form = opening_form(session, case.id)
    return Nominated(NOMINEE_KINDS[form["exemplar_kind"]], form["exemplar_name"], unit)


def story_of_proposal(session: Session, task: Task) -> Mapping[str, Any]:
    """What the introduction begins with beside the proposal's other values: its story, pictures and numbers as last
    told."""
    if task.round > 1:
        return {}
    told = latest_proposal(session, task.case_id)
    return {"text": told["story"]} | {name: told[name] for name in ("pictures", "effects") if name in told}


def achievement_of_exemplar(session: Session, task: Task) -> Mapping[str, Any]:
    """What the dossier of a nominated exemplar says at first: its story and its numbers as last told."""
    query = select(ExemplarNomination.exemplar_id).join(Nomination)
    exemplar = session.scalar(query.where(Nomination.case_id == task.case_id))
    if exemplar is None:
        return {}
    told = {**latest_proposal(session, exemplar), **approved_introduction(session, exemplar)}
    found = {"achievement_summary": told.get("text", told["story"]), "effects": told.get("effects")}
    return {name: value for name, value in found.items() if value}
