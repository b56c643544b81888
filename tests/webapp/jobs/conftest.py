"""Background work, tested in an office that is already founded."""

import pytest

from tests.factories import Office
from tests.founded import database, founded_postgresql, founded_sqlite

__all__ = ["database", "founded_postgresql", "founded_sqlite", "office"]


@pytest.fixture
def office(app) -> Office:
    """The office of Tịnh Biên on 2/12/2019, nothing running yet."""
    return Office()
