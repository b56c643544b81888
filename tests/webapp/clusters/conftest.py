"""Pages of clusters and blocks, tested in an office that is already founded."""

from tests import clustered
from tests.desk import browser, campaign, database, office, signed_in
from tests.offices import scene

__all__ = ["browser", "campaign", "database", "office", "signed_in"]


@scene
def opened(office):
    """The members score themselves; An Cư has done so."""
    clustered.found_cluster(office)
    clustered.open_year(office)
    clustered.score_self(office, clustered.AN_CU)


@scene
def scored(office):
    """All have scored themselves and one another; the leader consolidates."""
    clustered.found_cluster(office)
    clustered.open_year(office)
    clustered.scored(office)


@scene
def concluded(office):
    """The year is concluded, An Cư acclaimed."""
    clustered.found_cluster(office)
    clustered.open_year(office)
    clustered.concluded(office)
