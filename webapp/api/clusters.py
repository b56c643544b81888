"""``/api/v1/clusters``: clusters and blocks, the results of their years, criteria tables; to be read only."""

from __future__ import annotations

from typing import Any

from webapp.api import cluster_shapes as shapes
from webapp.api.description import Part
from webapp.extensions import db
from webapp.models import ClusterYear
from webapp.queries.cluster_boards import BoardLine, Round, board_of
from webapp.queries.clusters import cluster_page, cluster_rows, criteria_of, known_cluster
from webapp.queries.criteria import readable_version, table_rows
from webapp.ui.access import hidden, permission, standing

part = Part(
    "clusters", "/clusters", "Clusters and blocks, as far as the owner of the token may know of them."
)


@part.get("")
@permission("see_clusters")
@part.arguments(shapes.ClusterFilter, location="query")
@part.response(200, shapes.ClusterList)
def list_clusters(wanted: dict[str, Any]) -> dict[str, Any]:
    """Clusters and blocks, of a year or with their newest."""
    return {"items": cluster_rows(db.session(), standing(), wanted["year"])}


@part.get("/criteria")
@permission("see_clusters")
@part.response(200, shapes.TableList)
def list_criteria() -> dict[str, Any]:
    """Criteria tables: what is in force, and the drafts one may read."""
    own = ("code", "name", "unit", "status", "imported_at")
    return {
        "items": [
            {"id": row.version.public_id, "years": row.years}
            | {name: getattr(row.version, name) for name in own}
            for row in table_rows(db.session(), standing())
        ]
    }


@part.get("/criteria/<table>")
@permission("see_clusters")
@part.response(200, shapes.TableShape)
def show_criteria(table: str) -> dict[str, Any]:
    """One version of a criteria table."""
    version = readable_version(db.session(), standing(), table) or hidden()
    said = criteria_of(version.content)
    own = ("code", "name", "source", "mark", "fictitious", "difference", "acclaim", "sections")
    return {
        "id": version.public_id,
        "unit": version.unit,
        "status": version.status,
        **{name: getattr(said, name) for name in own},
    }


@part.get("/<code>")
@permission("see_clusters")
@part.response(200, shapes.ClusterShape)
def show_cluster(code: str) -> dict[str, Any]:
    """One cluster: its members with their periods, its years."""
    cluster = cluster_page(db.session(), known_cluster(standing()), code) or hidden()
    own = {name: getattr(cluster, name) for name in ("code", "name", "kind", "members")}
    return {**own, "organiser": cluster.unit, "years": [_year(each) for each in cluster.years]}


@part.get("/<code>/<int(min=1900, max=2199):year>")
@permission("see_clusters")
@part.response(200, shapes.YearShape)
def show_cluster_year(code: str, year: int) -> dict[str, Any]:
    """A year: ranks, totals, every score that may be read, the votes for the leading unit."""
    board = board_of(db.session(), standing(), code, year) or hidden()
    return {
        **_year(board.year),
        "members": [_line(line) for line in board.lines],
        "rounds": [_round(each) for each in board.rounds],
    }


def _year(row: ClusterYear) -> dict[str, Any]:
    own = ("year", "leader", "deputy", "concluded_at")
    return {
        **{name: getattr(row, name) for name in own},
        "criteria": row.criteria.public_id,
        "instance": row.case.code if row.case else None,
    }


def _line(line: BoardLine) -> dict[str, Any]:
    member = line.member
    return {
        "unit": member.unit,
        "scored_by": member.scorer,
        "rank": member.rank,
        "acclaimed": member.acclaimed,
        "readable": line.open,
        "totals": [{"kind": kind, "points": total} for kind, total in line.totals.items()],
        "scores": [
            {"kind": kind, "criterion": code, "points": score.points, "note": score.note}
            for kind, given in line.scores.scores.items()
            for code, score in given.items()
            if line.open
        ],
        "open_tasks": sorted(line.todo),
    }


def _round(vote: Round) -> dict[str, Any]:
    votes = [
        {"member": each.voter.unit.code, "unit": each.choice.unit.code if each.choice else None}
        for each in vote.votes
    ]
    own = ("number", "result", "needed", "cast", "members")
    return {**{name: getattr(vote, name) for name in own}, "votes": votes}
