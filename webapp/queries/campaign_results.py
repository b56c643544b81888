"""What a campaign that is over has led to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import AwardRound, Campaign, Case, Nomination, Registration, Task
from webapp.queries.tracking_filters import AWARDED
from workflows.values import local_day


@dataclass(frozen=True)
class CampaignResults:
    """When a campaign was concluded, how many took part, and how many were awarded in each round: (title, number)."""

    ended_on: dt.date
    registered: int
    awarded: Sequence[tuple[str, int]]


def campaign_results(session: Session, campaign: Campaign) -> CampaignResults | None:
    """The results of a campaign; None while it goes on, and for one whose procedure never had a task."""
    if campaign.case is None or campaign.case.state != "ended":
        return None
    ended = session.scalar(select(func.max(Task.closed_at)).where(Task.case_id == campaign.case.id))
    if ended is None:
        return None
    accepted = Registration.campaign_id == campaign.id, Case.outcome == "registered"
    registered = select(func.count()).select_from(Registration).join(Case, Case.id == Registration.case_id)
    awarded = (
        select(AwardRound.title, func.count())
        .join(Nomination, Nomination.round_id == AwardRound.id)
        .join(Case, Case.id == Nomination.case_id)
        .where(AwardRound.campaign_id == campaign.id, Case.outcome.in_(AWARDED))
        .group_by(AwardRound.id, AwardRound.title)
        .order_by(AwardRound.id)
    )
    rows = [(title, number) for title, number in session.execute(awarded)]
    return CampaignResults(local_day(ended), session.execute(registered.where(*accepted)).scalar_one(), rows)
