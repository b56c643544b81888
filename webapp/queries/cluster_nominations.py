"""The nominations that stand on a result of a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import (
    Campaign,
    Case,
    Cluster,
    ClusterYear,
    Nomination,
    NominationGround,
    Nominee,
    YearMember,
)
from webapp.queries.standing import Standing, visible


@dataclass(frozen=True)
class FromCluster:
    """A nomination with the result it names; ``state`` and ``outcome`` are those of its case."""

    code: str
    nominee: str
    award: str
    campaign: str
    year: int
    rank: int | None
    acclaimed: bool
    state: str
    stage: str | None
    outcome: str | None


def nominated_from(session: Session, standing: Standing, cluster: Cluster) -> Sequence[FromCluster]:
    """Those the person may know of, the newest year first; one statement."""
    query = (
        select(
            Case.code,
            Nominee.name,
            Nomination.award,
            Campaign.title,
            ClusterYear.year,
            YearMember.rank,
            YearMember.acclaimed,
            Case.state,
            Case.stage,
            Case.outcome,
        )
        .select_from(NominationGround)
        .join(YearMember, YearMember.id == NominationGround.year_member_id)
        .join(ClusterYear, ClusterYear.id == YearMember.cluster_year_id)
        .join(Nomination, Nomination.id == NominationGround.nomination_id)
        .join(Nominee, Nominee.id == Nomination.nominee_id)
        .join(Campaign, Campaign.id == Nomination.campaign_id)
        .join(Case, Case.id == Nomination.case_id)
        .where(ClusterYear.cluster_id == cluster.id, visible(standing))
        .order_by(ClusterYear.year.desc(), Nomination.id)
    )
    return [FromCluster(*tuple(row)) for row in session.execute(query)]
