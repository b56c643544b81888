"""What members still owe the scoring of their cluster, and when they were last reminded of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from webapp.models import Case, ClusterYear, Notice, RoleHolding
from webapp.queries.reminders import REMINDED
from webapp.queries.standing import Standing

OWED: Mapping[str, str] = {
    "score_self": "cluster_self_reminder",
    "score_cross": "cluster_cross_reminder",
    "cast_acclaim": "cluster_vote_reminder",
}
"""The tasks of members, and the notice that reminds of each."""


def reminds_members(standing: Standing, row: ClusterYear) -> bool:
    """Whether a person reminds the members of a cluster: the organiser's secretary."""
    return row.cluster.unit_id in standing.units("secretary")


def may_remind_members(standing: Standing, row: ClusterYear) -> bool:
    """The same while the scoring runs."""
    return row.case is not None and row.case.state == "active" and reminds_members(standing, row)


def members_reminded_at(session: Session, case: Case) -> dict[tuple[int, str], dt.datetime]:
    """When each unit (row id) was last reminded, by the notice it got. One statement."""
    query = (
        select(RoleHolding.unit_id, Notice.template, func.max(Notice.created_at))
        .join(Notice, Notice.person_id == RoleHolding.person_id)
        .where(
            Notice.case_id == case.id,
            Notice.template.in_(OWED.values()),
            RoleHolding.role.in_(REMINDED),
        )
        .group_by(RoleHolding.unit_id, Notice.template)
    )
    return {(unit_id, template): at for unit_id, template, at in session.execute(query)}
