"""Plans of campaigns as typed values."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from webapp.models import Campaign
from workflows.plan import Plan, parse_plan


def plan_of(session: Session, campaign: Campaign) -> Plan:
    """The plan a campaign stands on, in the version it was opened with."""
    return _parsed(campaign.plan_version.content)


@lru_cache(maxsize=64)
def _parsed(content: str) -> Plan:
    return parse_plan(content)
