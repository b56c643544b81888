"""Criteria tables and their versions: who may know of them, who drafts them, which years use them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from webapp.models import Cluster, ClusterYear, CriteriaVersion, Unit
from webapp.queries.administered import ADMIN
from webapp.queries.clusters import known_cluster
from webapp.queries.drafted_versions import OPEN, all_versions, may_decide, version_of
from webapp.queries.standing import Standing
from webapp.queries.units import lineage_codes
from webapp.text import sort_key

SECRETARY = "secretary"
DRAFTERS = (ADMIN, SECRETARY)
_VERSIONS = all_versions(CriteriaVersion)


def may_draft_criteria(standing: Standing, place: Unit) -> bool:
    """Whether a person drafts the criteria tables of a unit: its secretary or administrator."""
    return place.id in standing.units(*DRAFTERS)


def may_read(standing: Standing, version: CriteriaVersion) -> bool:
    """Whether a person reads a version: an approved one everybody, another who drafts or decides it."""
    place = version.unit
    if version.status == "approved" or place is None:
        return version.status == "approved"
    return may_draft_criteria(standing, place) or may_decide(standing, place)


def readable_version(session: Session, standing: Standing, public_id: str) -> CriteriaVersion | None:
    """The same, when the person may read it."""
    version = version_of(session, CriteriaVersion, public_id)
    return version if version and may_read(standing, version) else None


def versions_of(session: Session, standing: Standing, code: str) -> Sequence[CriteriaVersion]:
    """The versions of a table that the person may read, the newest first, without earlier states of drafts."""
    query = _VERSIONS.where(CriteriaVersion.code == code, CriteriaVersion.status != "replaced")
    return [each for each in session.scalars(query) if may_read(standing, each)]


def current_version(session: Session, code: str) -> CriteriaVersion | None:
    """What a table is gone on from: its open draft, or the newest approved version."""
    found = session.scalars(
        _VERSIONS.where(CriteriaVersion.code == code, CriteriaVersion.status.in_((*OPEN, "approved")))
    ).all()
    return next((each for each in found if each.status in OPEN), found[0] if found else None)


def approved_before(session: Session, version: CriteriaVersion) -> CriteriaVersion | None:
    """The newest approved version of the same table, other than this one and earlier than it."""
    return session.scalar(
        _VERSIONS.where(
            CriteriaVersion.code == version.code,
            CriteriaVersion.status == "approved",
            CriteriaVersion.id < version.id,
        ).limit(1)
    )


@dataclass(frozen=True)
class TableRow:
    """A line of the list: the newest version in force of a table, or its draft; ``years`` use any version of it."""

    version: CriteriaVersion
    years: int


def table_rows(session: Session, standing: Standing) -> list[TableRow]:
    """The tables that concern a person: open drafts first, then what is in force by name. Two statements."""
    newest = (
        select(func.max(CriteriaVersion.id))
        .where(CriteriaVersion.status == "approved")
        .group_by(CriteriaVersion.code)
    )
    wanted = or_(CriteriaVersion.id.in_(newest), CriteriaVersion.status.in_(OPEN))
    found = session.scalars(_VERSIONS.where(wanted, _concerns(standing)))
    rows = [each for each in found if may_read(standing, each)]
    used = (
        select(CriteriaVersion.code, func.count(ClusterYear.id))
        .join(ClusterYear, ClusterYear.criteria_id == CriteriaVersion.id)
        .group_by(CriteriaVersion.code)
    )
    counts: dict[str, int] = dict(session.execute(used).all())
    ordered = sorted(rows, key=lambda each: (each.status == "approved", sort_key(each.name)))
    return [TableRow(each, counts.get(each.code, 0)) for each in ordered]


def _concerns(standing: Standing) -> ColumnElement[bool]:
    """Condition on CriteriaVersion: general, or of a unit above, at or below one in which the person holds a role."""
    above = {code for held in standing.roles for code in lineage_codes(held.unit_code)}
    below = (Unit.code.startswith(f"{held.unit_code}/", autoescape=True) for held in standing.roles)
    return or_(CriteriaVersion.unit_id.is_(None), Unit.code.in_(above), *below)


def places_to_draft(session: Session, standing: Standing) -> Sequence[Unit]:
    """The committees whose tables a person drafts, from the top down."""
    query = select(Unit).where(Unit.id.in_(standing.units(*DRAFTERS)), Unit.kind == "committee")
    return session.scalars(query.order_by(Unit.code)).all()


def years_using(
    session: Session, standing: Standing, versions: Iterable[CriteriaVersion]
) -> list[tuple[Cluster, ClusterYear]]:
    """The years scored by one of these versions, of clusters the person may know of, the newest first."""
    query = (
        select(Cluster, ClusterYear)
        .join(ClusterYear, ClusterYear.cluster_id == Cluster.id)
        .where(ClusterYear.criteria_id.in_([each.id for each in versions]), known_cluster(standing))
        .order_by(ClusterYear.year.desc(), Cluster.sort_key)
    )
    return [(cluster, year) for cluster, year in session.execute(query)]
