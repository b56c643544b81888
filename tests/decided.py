"""`decision` of a concluded council, for test modules to import: one on two nominations, whose papers are drawn."""

from tests.amending import issue
from tests.offices import scene
from tests.sittings import OURS_CODES


@scene
def decision(council):
    """The code of the decision no. 9."""
    return issue(council, OURS_CODES[:2])
