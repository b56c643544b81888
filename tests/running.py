"""Databases of an office whose campaign is under way: `database` as in `tests/founded.py`, with registration open."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.factories import START, Office
from tests.founded import copied, made, settled
from tests.postgresql import Server

NOW = START + dt.timedelta(hours=1)
"""Where business time stands then."""


def _run() -> None:
    Office().open_campaign()


@pytest.fixture(scope="session")
def running_sqlite(founded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file of an office at work."""
    folder = tmp_path_factory.mktemp("running")
    path = Path(shutil.copyfile(founded_sqlite, folder / "running.sqlite3"))
    made(f"sqlite:///{path}", folder, _run)
    settled(path)
    return path


@pytest.fixture(scope="session")
def running_postgresql(
    postgresql: Server, founded_postgresql: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Name of a database of an office at work."""
    folder = tmp_path_factory.mktemp("running")
    postgresql.create(folder.name, founded_postgresql)
    made(postgresql.url(folder.name), folder, _run)
    return folder.name


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of this test's own, on SQLite and on PostgreSQL."""
    yield from copied(request, tmp_path, "running")
