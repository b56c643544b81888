"""`database` of an office whose campaign is under way, registration open, for a `conftest.py` to import."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.factories import START
from tests.founded import copied

NOW = START + dt.timedelta(hours=1)
"""Where business time stands then."""


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of this test's own, on SQLite and on PostgreSQL."""
    yield from copied(request, tmp_path, "running")
