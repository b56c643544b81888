"""Databases of a council that sits: five nominations on its agenda, everybody present, nobody has voted.

As in `tests/founded.py`, a `conftest.py` that imports these fixtures gives its tests such a database.
"""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.people import AN_PHU
from tests.postgresql import Server
from tests.sittings import Council
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
def seated_sqlite(founded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a database file of a council that sits, and of its papers."""
    folder = tmp_path_factory.mktemp("seated")
    path = Path(shutil.copyfile(founded_sqlite, folder / FILE))
    _seat(f"sqlite:///{path}", folder)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return folder


@pytest.fixture(scope="session")
def seated_postgresql(
    postgresql: Server, founded_postgresql: str, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The folder of the papers of a council that sits; its database on the server is called as the folder."""
    folder = tmp_path_factory.mktemp("seated")
    postgresql.create(folder.name, founded_postgresql)
    _seat(postgresql.url(folder.name), folder)
    return folder


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of this test's own in which the council sits, on SQLite and on PostgreSQL."""
    folder: Path = request.getfixturevalue(f"seated_{request.param}")
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
def council(app: object) -> Council:
    """The council of Tịnh Biên, sitting."""
    return Council()


def _seat(url: str, data_dir: Path) -> None:
    app = create_app(Settings(data_dir=data_dir, database_url=url, testing=True))
    with app.app_context():
        council = Council()
        council.open_campaign()
        member = council.person("member2").public_id
        people.give_role(member, "officer", AN_PHU, dt.date(2018, 1, 1), actor=SYSTEM, now=council.now)
        codes = [*council.bring(*OURS), *council.bring(*THEIRS, unit=AN_PHU)]
        assert codes == list(CODES)
        assert council.sit(codes) == SESSION
        db.session.remove()
        db.engine.dispose()
