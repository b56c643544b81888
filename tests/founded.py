"""`database` of an office that is founded already, for a `conftest.py` to import."""

import pytest

from tests.offices import Database, copied


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A founded database of this test's own, on SQLite and on PostgreSQL."""
    return copied(request, "founded")
