"""`database` of an office that is founded already, and its campaign, for a `conftest.py` to import."""

import pytest

from tests.factories import Office
from tests.offices import Database, copied, scene


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A founded database of this test's own."""
    return copied(request, "founded")


@scene
def campaign(office: Office) -> str:
    """Code of the campaign that has just been launched; registration is open."""
    return office.open_campaign()
