"""A record that is falsified: a nomination that was returned twice, frozen once, and goes on."""

from tests.founded import campaign, database
from tests.webapp.audit.conftest import forge, office, walked

__all__ = ["campaign", "database", "forge", "office", "walked"]
