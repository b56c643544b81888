"""Nominations that an exemplar led to, and whether it can be nominated now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from webapp.models import AwardRound, Case, ExemplarNomination, Nomination
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
    """Whether an exemplar is recognised, and an award round of its campaign is open; extraordinary merit needs none."""
    open_round = exists().where(AwardRound.campaign_id == Case.campaign_id, AwardRound.state == "open")
    query = select(Case.id).where(Case.id == exemplar_case, recognised())
    query = query if process == "extraordinary" else query.where(open_round)
    return session.scalar(query) is not None
