"""Nominations that an exemplar led to, and whether it can be nominated now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from webapp.models import OWN_PROCESSES, AwardRound, Case, ExemplarNomination, Nomination
from webapp.queries.exemplar_choices import recognised
from webapp.queries.standing import Standing, visible


@dataclass(frozen=True)
class NominationRow:
    """A nomination of an exemplar."""

    code: str
    round: str
    state: str
    stage: str | None
    outcome: str | None


def nominations_of(session: Session, standing: Standing, exemplar_case: int) -> list[NominationRow]:
    """The nominations of an exemplar the person may know of, in the order in which they came."""
    query = (
        select(Case.code, AwardRound.title, Case.state, Case.stage, Case.outcome)
        .select_from(ExemplarNomination)
        .join(Nomination, Nomination.id == ExemplarNomination.nomination_id)
        .join(AwardRound, AwardRound.id == Nomination.round_id)
        .join(Case, Case.id == Nomination.case_id)
        .where(ExemplarNomination.exemplar_id == exemplar_case, visible(standing))
    )
    return [NominationRow(*row) for row in session.execute(query.order_by(ExemplarNomination.id))]


def can_be_nominated(session: Session, exemplar_case: int, process: str) -> bool:
    """Whether an exemplar is recognised, its campaign goes on, and an award round of it is open; extraordinary merit
    needs no round."""
    open_round = exists().where(AwardRound.campaign_id == Case.campaign_id, AwardRound.state == "open")
    own = aliased(Case)
    over = exists().where(
        own.campaign_id == Case.campaign_id, own.process.in_(OWN_PROCESSES), own.state != "active"
    )
    query = select(Case.id).where(Case.id == exemplar_case, recognised(), ~over)
    query = query if process == "extraordinary" else query.where(open_round)
    return session.scalar(query) is not None
