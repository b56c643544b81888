"""Pages of tasks, tested in an office that is already founded."""

from tests.desk import browser, campaign, database, office, signed_in

__all__ = ["browser", "campaign", "database", "office", "signed_in"]
