"""Plans of campaigns as typed values."""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy.orm import Session

from webapp.models import Campaign
from workflows.plan import Plan, parse_plan


def plan_of(session: Session, campaign: Campaign) -> Plan:
    """The plan a campaign stands on, in the version it was opened with."""
    return read_plan(campaign.plan_version.content)


def short_title(content: str | None) -> str:
    """What a plan calls its campaign in lists; empty without a plan."""
    return read_plan(content).short_title if content else ""


@lru_cache(maxsize=64)
def read_plan(content: str) -> Plan:
    """A plan from its text."""
    return parse_plan(content)
