"""Exemplars as forms offer them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Introduction
from webapp.queries.nomination_choices import Choice


def introduced_exemplars(session: Session, campaign: Campaign) -> Sequence[Choice]:
    """Exemplars of a campaign that are introduced and not suspended, the newest first."""
    query = (
        select(Case.code, Introduction.name)
        .join(Introduction, Introduction.case_id == Case.id)
        .where(Case.campaign_id == campaign.id, Case.state == "active")
    )
    return session.execute(query.order_by(Introduction.published_at.desc())).all()
