"""`database` of an office whose campaign is under way, registration open, for a `conftest.py` to import."""

import datetime as dt

import pytest

from tests.factories import START
from tests.offices import Database, copied

NOW = START + dt.timedelta(hours=1)
"""Where business time stands then."""


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A database of this test's own."""
    return copied(request, "running")
