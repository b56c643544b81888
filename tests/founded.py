"""Databases of an office that is founded already: `database` as in `tests/conftest.py`, but not empty.

A `conftest.py` that imports these fixtures gives its tests such a database; founding it takes seconds, a copy
does not.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.factories import found
from tests.postgresql import Server
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db

_numbers = count(1)


@pytest.fixture(scope="session")
def founded_sqlite(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded database file."""
    folder = tmp_path_factory.mktemp("founded")
    path = Path(shutil.copyfile(sqlite_template, folder / "founded.sqlite3"))
    made(f"sqlite:///{path}", folder, found)
    settled(path)
    return path


@pytest.fixture(scope="session")
def founded_postgresql(
    postgresql: Server, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Name of a founded database on the server."""
    folder = tmp_path_factory.mktemp("founded")  # its name is new for each package that imports this fixture
    postgresql.create(folder.name, postgresql_template)
    made(postgresql.url(folder.name), folder, found)
    return folder.name


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A founded database of this test's own, on SQLite and on PostgreSQL."""
    yield from copied(request, tmp_path, "founded")


def copied(request: pytest.FixtureRequest, folder: Path, templates: str) -> Iterator[Database]:
    """A copy of the template of this kind of database; ``templates`` is how the names of its fixtures begin."""
    template = request.getfixturevalue(f"{templates}_{request.param}")
    if request.param == "sqlite":
        path = shutil.copyfile(template, folder / "thidua.sqlite3")
        yield Database("sqlite", f"sqlite:///{path}")
        return
    server = request.getfixturevalue("postgresql")
    name = f"office_{next(_numbers)}"
    server.create(name, template)
    yield Database("postgresql", server.url(name))
    server.drop(name)


def made(url: str, data_dir: Path, make: Callable[[], object]) -> None:
    """Fill a database by acting in it."""
    app = create_app(Settings(data_dir=data_dir, database_url=url, testing=True))
    with app.app_context():
        make()
        db.session.remove()
        db.engine.dispose()


def settled(path: Path) -> None:
    """Bring everything into the one file of an SQLite database, so that it can be copied."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
