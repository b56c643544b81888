"""`database` of a council at work, for a `conftest.py` to import: five nominations on its agenda, everybody present.

It is that of a council that sits and has not voted; a test module with ``COUNCIL = "concluded"`` gets one that has
passed everything and signed its minutes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Database
from tests.founded import copied
from tests.sittings import Council


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of this test's own, on SQLite and on PostgreSQL, with the papers beside it."""
    yield from copied(request, tmp_path, getattr(request.module, "COUNCIL", "sitting"))


@pytest.fixture
def council(app: Flask) -> Council:
    """The council of Tịnh Biên."""
    return Council()
