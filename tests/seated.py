"""Databases of a council at work: five nominations on its agenda, everybody present.

As in `tests/founded.py`, a `conftest.py` that imports these fixtures gives its tests such a database. It is that of a
council that sits and has not voted; a test module with ``COUNCIL = "concluded"`` gets one that has passed everything
and signed its minutes.
"""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Database
from tests.people import AN_PHU
from tests.postgresql import Server
from tests.sittings import MEMBERS, Council
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db
from webapp.operations import people
from webapp.operations.acting import SYSTEM

OURS = [
    {"nominee_name": "Nguyễn Thị Ượng", "honorific": "ms"},
    {"nominee_name": "Tổ tự quản số 1", "nominee_kind": "collective"},
    {"nominee_name": "Tổ tự quản số 2", "nominee_kind": "collective"},
    {"nominee_name": "Tổ tự quản số 3", "nominee_kind": "collective"},
]
THEIRS = [{"nominee_name": "Hội Nông dân xã An Phú", "nominee_kind": "collective"}]
OURS_CODES = ("HS-2019-0001", "HS-2019-0002", "HS-2019-0003", "HS-2019-0004")
THEIR_CODE = "HS-2019-0005"
CODES = (*OURS_CODES, THEIR_CODE)
"""The fourth collective is one over the ceiling of the strand; member2 belongs to An Phú."""

SESSION = "PH-2019-0001"
FILE, PAPERS = "thidua.sqlite3", "files"
_numbers = count(1)


@pytest.fixture(scope="session")
def sitting_sqlite(founded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database file of a council that sits, and of its papers."""
    folder = tmp_path_factory.mktemp("sitting")
    shutil.copyfile(founded_sqlite, folder / FILE)
    return _in_file(folder, _seat)


@pytest.fixture(scope="session")
def concluded_sqlite(sitting_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, its session concluded."""
    folder = tmp_path_factory.mktemp("concluded")
    shutil.copytree(sitting_sqlite, folder, dirs_exist_ok=True)
    return _in_file(folder, _conclude)


@pytest.fixture(scope="session")
def sitting_postgresql(
    postgresql: Server, founded_postgresql: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of the papers of a council that sits; its database on the server is called as the folder."""
    folder = tmp_path_factory.mktemp("sitting")
    postgresql.create(folder.name, founded_postgresql)
    return _on_server(postgresql, folder, _seat)


@pytest.fixture(scope="session")
def concluded_postgresql(
    postgresql: Server, sitting_postgresql: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same, its session concluded."""
    folder = tmp_path_factory.mktemp("concluded")
    shutil.copytree(sitting_postgresql, folder, dirs_exist_ok=True)
    postgresql.create(folder.name, sitting_postgresql.name)
    return _on_server(postgresql, folder, _conclude)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of this test's own, on SQLite and on PostgreSQL, with the papers beside it."""
    state = getattr(request.module, "COUNCIL", "sitting")
    folder: Path = request.getfixturevalue(f"{state}_{request.param}")
    shutil.copytree(folder / PAPERS, tmp_path / "data" / PAPERS)
    if request.param == "sqlite":
        path = shutil.copyfile(folder / FILE, tmp_path / FILE)
        yield Database("sqlite", f"sqlite:///{path}")
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"council_{next(_numbers)}"
    server.create(name, folder.name)
    yield Database("postgresql", server.url(name))
    server.drop(name)


@pytest.fixture
def council(app: Flask) -> Council:
    """The council of Tịnh Biên."""
    return Council()


def _in_file(folder: Path, act: Callable[[], None]) -> Path:
    path = folder / FILE
    _acted(f"sqlite:///{path}", folder, act)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder


def _on_server(server: Server, folder: Path, act: Callable[[], None]) -> Path:
    _acted(server.url(folder.name), folder, act)
    return folder


def _acted(url: str, data_dir: Path, act: Callable[[], None]) -> None:
    app = create_app(Settings(data_dir=data_dir, database_url=url, testing=True))
    with app.app_context():
        act()
        db.session.remove()
        db.engine.dispose()


def _seat() -> None:
    council = Council()
    council.open_campaign()
    member = council.person("member2").public_id
    people.give_role(member, "officer", AN_PHU, dt.date(2018, 1, 1), actor=SYSTEM, now=council.now)
    codes = [*council.bring(*OURS), *council.bring(*THEIRS, unit=AN_PHU)]
    assert codes == list(CODES)
    assert council.sit(codes) == SESSION


def _conclude() -> None:
    council = Council()
    for username in MEMBERS:
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    council.conclude(SESSION)
