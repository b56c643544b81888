"""Pages: the clusters and blocks of the units administered."""

from __future__ import annotations

from webapp.admin import clusters
from webapp.admin.views import blueprint
from webapp.ui.access import permission
from webapp.ui.filling import Answer


@blueprint.get("/admin/clusters")
@permission("administer")
def list_clusters() -> str:
    """Clusters, who belongs to them and who leads them."""
    return clusters.shown_clusters()


@blueprint.route("/admin/clusters/new", methods=["GET", "POST"])
@permission("administer")
def found_cluster() -> Answer:
    """Found a cluster or block of a unit."""
    return clusters.new_cluster()


@blueprint.route("/admin/clusters/<code>/members/new", methods=["GET", "POST"])
@permission("administer")
def add_cluster_unit(code: str) -> Answer:
    """Let a unit belong to a cluster."""
    return clusters.new_unit(code)


@blueprint.route("/admin/clusters/members/<member_id>/end", methods=["GET", "POST"])
@permission("administer")
def end_cluster_unit(member_id: str) -> Answer:
    """Give the membership of a unit its last day."""
    return clusters.ended_unit(member_id)


@blueprint.route("/admin/clusters/<code>/years/new", methods=["GET", "POST"])
@permission("administer")
def set_cluster_year(code: str) -> Answer:
    """Prepare a year: leader, deputy, criteria, campaign."""
    return clusters.new_year(code)
