"""`database` of a council at work, for a `conftest.py` to import: five nominations on its agenda, everybody present.

It is that of a council that sits and has not voted; a test module with ``COUNCIL = "concluded"`` gets one that has
passed everything and signed its minutes.
"""

import pytest
from flask import Flask

from tests.offices import Database, copied
from tests.sittings import Council


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """A database of this test's own, with the papers beside it."""
    return copied(request, getattr(request.module, "COUNCIL", "sitting"))


@pytest.fixture
def council(app: Flask) -> Council:
    """The council of Tịnh Biên."""
    return Council()
