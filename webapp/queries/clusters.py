"""Clusters and blocks: who may know of them, their members, years and criteria tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from webapp.models import Case, Cluster, ClusterMember, ClusterYear, CriteriaVersion, Unit
from webapp.queries.standing import AT_AUTHORITY, AT_SUBMITTER, Standing, at_or_below
from webapp.queries.units import lineage_codes
from workflows.criteria import CriteriaTable, parse_criteria

STAFF = AT_AUTHORITY | AT_SUBMITTER


@dataclass(frozen=True)
class ClusterRow:
    """A line of the list: a cluster in a year; ``state`` is planned, or that of the case of its scoring."""

    code: str
    name: str
    kind: str
    organiser: str
    year: int | None
    leader: str | None
    members: int
    state: str
    outcome: str | None


def known_cluster(standing: Standing) -> ColumnElement[bool]:
    """Condition on Cluster: the person works for its organiser or one of its members, or inspects or administers it."""
    inspected = select(Unit.id).where(at_or_below(standing, "auditor", "admin"))
    conditions = [Cluster.unit_id.in_(inspected), Cluster.unit_id.in_(standing.units(*AT_AUTHORITY))]
    if units := standing.units(*STAFF):
        members = select(ClusterMember.cluster_id).where(ClusterMember.unit_id.in_(units))
        conditions.append(Cluster.id.in_(members))
    return or_(false(), *conditions)


def sees_all_scores(session: Session, standing: Standing, cluster: Cluster) -> bool:
    """Whether every score of a cluster is open to the person at once: its organiser's staff, and who inspects it."""
    if cluster.unit_id in standing.units(*AT_AUTHORITY):
        return True
    query = select(Unit.id).where(Unit.id == cluster.unit_id, at_or_below(standing, "auditor"))
    return session.scalar(query) is not None


def cluster_years(session: Session, standing: Standing) -> list[int]:
    """The years of the clusters the person may know of, the newest first."""
    query = (
        select(ClusterYear.year)
        .join(Cluster, Cluster.id == ClusterYear.cluster_id)
        .where(known_cluster(standing))
        .distinct()
    )
    return sorted(session.scalars(query), reverse=True)


def cluster_rows(session: Session, standing: Standing, year: int | None) -> list[ClusterRow]:
    """The clusters with the year asked for; without one with their newest. Two statements."""
    newest = select(func.max(ClusterYear.year)).where(ClusterYear.cluster_id == Cluster.id)
    wanted = newest.correlate(Cluster).scalar_subquery() if year is None else year
    leader = Unit.__table__.alias("leader")
    organiser = Unit.__table__.alias("organiser")
    query = (
        select(
            Cluster.id,
            Cluster.code,
            Cluster.name,
            Cluster.kind,
            organiser.c.name,
            ClusterYear.year,
            leader.c.name,
            func.coalesce(Case.state, "planned"),
            Case.outcome,
        )
        .join(organiser, organiser.c.id == Cluster.unit_id)
        .outerjoin(ClusterYear, (ClusterYear.cluster_id == Cluster.id) & (ClusterYear.year == wanted))
        .outerjoin(leader, leader.c.id == ClusterYear.leader_id)
        .outerjoin(Case, Case.id == ClusterYear.case_id)
        .where(known_cluster(standing))
        .order_by(Cluster.sort_key)
    )
    if year is not None:
        query = query.where(ClusterYear.year == year)
    rows = session.execute(query).all()
    counts: Mapping[int, int] = dict(
        session.execute(
            select(ClusterMember.cluster_id, func.count())
            .where(ClusterMember.cluster_id.in_([row[0] for row in rows]))
            .group_by(ClusterMember.cluster_id)
        ).all()
    )
    return [
        ClusterRow(code, name, kind, body, of, led_by, counts.get(row_id, 0), state, outcome)
        for row_id, code, name, kind, body, of, led_by, state, outcome in rows
    ]


def cluster_page(session: Session, condition: ColumnElement[bool], code: str) -> Cluster | None:
    """A cluster with its members and years; None when there is none, or none that fits the condition."""
    return session.scalar(
        select(Cluster)
        .where(Cluster.code == code, condition)
        .options(
            joinedload(Cluster.unit),
            selectinload(Cluster.members).joinedload(ClusterMember.unit),
            selectinload(Cluster.years).options(
                joinedload(ClusterYear.leader),
                joinedload(ClusterYear.deputy),
                joinedload(ClusterYear.criteria),
                joinedload(ClusterYear.campaign),
                joinedload(ClusterYear.case),
            ),
        )
    )


def administered_clusters(session: Session, standing: Standing) -> Sequence[Cluster]:
    """The clusters of the units administered, with members and years."""
    query = (
        select(Cluster)
        .join(Unit, Unit.id == Cluster.unit_id)
        .where(at_or_below(standing, "admin"))
        .order_by(Cluster.sort_key)
        .options(
            joinedload(Cluster.unit),
            selectinload(Cluster.members).joinedload(ClusterMember.unit),
            selectinload(Cluster.years).options(
                joinedload(ClusterYear.leader), joinedload(ClusterYear.criteria), joinedload(ClusterYear.case)
            ),
        )
    )
    return session.scalars(query).all()


def administered_cluster(session: Session, standing: Standing, code: str) -> Cluster | None:
    """The cluster of a code, when its organiser is administered."""
    administered = select(Unit.id).where(at_or_below(standing, "admin"))
    return cluster_page(session, Cluster.unit_id.in_(administered), code)


def administered_member(session: Session, standing: Standing, public_id: str) -> ClusterMember | None:
    """A membership in a cluster whose organiser is administered."""
    return session.scalar(
        select(ClusterMember)
        .join(Cluster, Cluster.id == ClusterMember.cluster_id)
        .join(Unit, Unit.id == Cluster.unit_id)
        .where(ClusterMember.public_id == public_id, at_or_below(standing, "admin"))
    )


def members_on(cluster: Cluster, day: dt.date) -> list[ClusterMember]:
    """Who belongs to a cluster on a day, in the order in which units joined."""
    return [
        member
        for member in cluster.members
        if member.from_date <= day and (member.to_date is None or member.to_date >= day)
    ]


def newest_criteria(session: Session, place: Unit | None = None) -> list[CriteriaVersion]:
    """The newest approved version of every criteria table offered in a unit (None: in general), by name.

    Those are its own, those of units above it and the general ones.
    """
    above = lineage_codes(place.code) if place else []
    offered = or_(CriteriaVersion.unit_id.is_(None), Unit.code.in_(above))
    newest = (
        select(func.max(CriteriaVersion.id))
        .outerjoin(Unit, Unit.id == CriteriaVersion.unit_id)
        .where(CriteriaVersion.status == "approved", offered)
        .group_by(CriteriaVersion.code)
    )
    query = select(CriteriaVersion).where(CriteriaVersion.id.in_(newest)).order_by(CriteriaVersion.name)
    return list(session.scalars(query))


@lru_cache(maxsize=64)
def criteria_of(text: str) -> CriteriaTable:
    """A version as a value; versions never change, so each is read once."""
    return parse_criteria(text)


def is_open_year(row: ClusterYear) -> bool:
    """Whether the scoring of a year has not begun, or was cancelled."""
    return row.case is None or (row.case.state == "ended" and row.case.outcome == "cancelled")
