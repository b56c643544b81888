"""Plans of campaigns as typed values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, PlanVersion
from workflows.plan import Plan, parse_plan


def plan_of(session: Session, campaign: Campaign) -> Plan:
    """The plan a campaign stands on, in the version it was opened with."""
    return read_plan(campaign.plan_version.content)


def plans_of(session: Session, versions: Iterable[int | None]) -> dict[int, Plan]:
    """Plans by row id of their version; one statement, each text once."""
    query = select(PlanVersion.id, PlanVersion.content).where(PlanVersion.id.in_(set(versions) - {None}))
    return {version: read_plan(content) for version, content in session.execute(query)}


def milestone_of(items: Mapping[str, Any]) -> str:
    """The code of the review or round that a task with these items is about; empty for other tasks."""
    code: str = items.get("milestone", {}).get("code", "")
    return code


def milestone_named(session: Session, case: Case, code: str) -> dict[str, str]:
    """The review or round of this code in a case's campaign, as a notice keeps it; nothing without a code."""
    if not code:
        return {}
    return {"milestone": plan_of(session, session.get_one(Campaign, case.campaign_id)).milestone_name(code)}


def short_titles(session: Session, versions: Iterable[int | None]) -> dict[int, str]:
    """What plans call their campaigns in lists, by row id of the version; one statement."""
    return {version: plan.short_title for version, plan in plans_of(session, versions).items()}


@lru_cache(maxsize=64)
def read_plan(content: str) -> Plan:
    """A plan from its text."""
    return parse_plan(content)
