"""Operations, tested in an office that is already founded."""

import pytest

from tests.factories import Office
from tests.founded import campaign, database

__all__ = ["campaign", "database", "office"]


@pytest.fixture
def office(app) -> Office:
    """The office of Tịnh Biên on 2/12/2019, nothing running yet."""
    return Office()
