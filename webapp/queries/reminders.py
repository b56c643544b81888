"""What units owe a campaign, and when they were last reminded of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Campaign, Case, Notice, RoleHolding, Task
from webapp.queries.standing import Standing

OWED: Mapping[str, str] = {
    "acknowledge_plan": "acknowledgement_reminder",
    "confirm_receipt": "acknowledgement_reminder",
    "report_indicators": "report_reminder",
}
"""The tasks of units in a campaign's own procedure, and the notice that reminds of each."""
REMINDED = ("officer", "commune_chair")
"""Who in a unit is told."""
ALSO_REMINDED: Mapping[str, tuple[str, ...]] = {"report_reminder": ("registrant",)}
"""Whose task a notice is about, where it is not the officer's."""


def may_remind(standing: Standing, campaign: Campaign) -> bool:
    """Whether a person reminds the units of a campaign: its organiser's secretary, while it runs."""
    running = campaign.case is not None and campaign.case.state == "active"
    return running and reminds(standing, campaign)


def reminds(standing: Standing, campaign: Campaign) -> bool:
    """The same rule without how the campaign stands."""
    return campaign.unit_id in standing.units("secretary")


def owing(session: Session, case: Case) -> set[int]:
    """Row ids of the units with an open task in a campaign's own procedure."""
    query = select(Task.unit_id).where(Task.case_id == case.id, Task.status == "open", Task.element.in_(OWED))
    return {unit_id for unit_id in session.scalars(query) if unit_id is not None}


def reminded_at(session: Session, case: Case) -> dict[int, dt.datetime]:
    """When each unit (row id) was last reminded, by the system or by the secretary."""
    query = (
        select(RoleHolding.unit_id, func.max(Notice.created_at))
        .join(Notice, Notice.person_id == RoleHolding.person_id)
        .where(
            Notice.case_id == case.id,
            Notice.template.in_(OWED.values()),
            RoleHolding.role.in_(REMINDED),
        )
        .group_by(RoleHolding.unit_id)
    )
    return dict(session.execute(query).all())
