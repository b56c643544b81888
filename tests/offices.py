"""Templates of databases, each made by acting once in a test process: founded, at work, its council sitting, concluded.

Tests never see them: they ask for `database` of `tests/founded.py`, `tests/running.py` or `tests/seated.py`, a copy.
"""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.factories import Office, found
from tests.people import AN_PHU
from tests.postgresql import Server
from tests.sittings import CODES, MEMBERS, OURS, SESSION, THEIRS, Council
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db
from webapp.operations import people
from webapp.operations.acting import SYSTEM

FILE, PAPERS = "thidua.sqlite3", "files"


def _run() -> None:
    Office().open_campaign()


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


STATES: dict[str, tuple[str, Callable[[], None]]] = {
    "founded": ("migrated", found),
    "running": ("founded", _run),
    "sitting": ("founded", _seat),
    "concluded": ("sitting", _conclude),
}
"""What each is made from, and by which acts."""


class Templates:
    """The folders of the templates of one kind of database: the papers, and on SQLite the database file.

    On PostgreSQL the database of a template is called as its state.
    """

    def __init__(self, folder: Path, migrated: Path | str, server: Server | None = None) -> None:
        self.folder, self.migrated, self.server = folder, migrated, server

    def get(self, state: str) -> Path:
        """The folder of a template; made when it is first asked for."""
        made = self.folder / state
        if not made.exists():
            before, act = STATES[state]
            self._copy(before, made)
            self._act(state, made, act)
        return made

    def _copy(self, before: str, made: Path) -> None:
        earlier = self.get(before) if before in STATES else None
        source = earlier / FILE if earlier else self.migrated
        if earlier:
            shutil.copytree(earlier, made)
        (made / PAPERS).mkdir(parents=True, exist_ok=True)
        if self.server is None:
            shutil.copyfile(source, made / FILE)
        else:
            self.server.create(made.name, before if earlier else str(self.migrated))

    def _act(self, state: str, made: Path, act: Callable[[], None]) -> None:
        url = self.server.url(state) if self.server else f"sqlite:///{made / FILE}"
        app = create_app(Settings(data_dir=made, database_url=url, testing=True))
        with app.app_context():
            act()
            db.session.remove()
            db.engine.dispose()
        if self.server is None:
            with sqlite3.connect(made / FILE) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()


@pytest.fixture(scope="session")
def sqlite_templates(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"), sqlite_template)


@pytest.fixture(scope="session")
def postgresql_templates(
    postgresql: Server, postgresql_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Templates:
    return Templates(tmp_path_factory.mktemp("templates"), postgresql_template, postgresql)
