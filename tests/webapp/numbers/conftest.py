"""The overview and the reports, tested in an office that is already founded, and beside a council that sits."""

from tests.desk import browser, campaign, database, office, signed_in

__all__ = ["browser", "campaign", "database", "office", "signed_in"]
