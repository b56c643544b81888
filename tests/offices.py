"""Templates of databases, each made by acting once in a test process: migrated, founded, at work, before its council,
its council sitting, concluded.

Tests never see them: they ask for `database` of `tests/conftest.py`, `tests/founded.py`, `tests/running.py` or
`tests/seated.py`, a copy. In a test process all copies of one kind lie at the same place, one after the other, so that
one application serves every test: its statements, pages and rules are prepared once.
"""

import datetime as dt
import fcntl
import shutil
import sqlite3
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from flask_migrate import upgrade

from tests.factories import Office, found
from tests.people import AN_PHU
from tests.postgresql import Server
from tests.sittings import CODES, MEMBERS, OURS, SESSION, THEIRS, Council
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db
from webapp.operations import people
from webapp.operations.acting import SYSTEM

MIGRATIONS = Path(__file__).parent.parent / "migrations"
FILE, PAPERS = "thidua.sqlite3", "files"
KEPT = (PAPERS, "ballot-keys", "keys", "checkpoints")
"""Folders that belong to a database."""

MADE = "made"
"""Beside a template that is whole."""

USED = "used"
"""The place of the test that runs."""


def _migrate() -> None:
    upgrade(str(MIGRATIONS))


def _run() -> None:
    Office().open_campaign()


def _bring() -> None:
    council = Council()
    council.open_campaign()
    member = council.person("member2").public_id
    people.give_role(member, "officer", AN_PHU, dt.date(2018, 1, 1), actor=SYSTEM, now=council.now)
    codes = [*council.bring(*OURS), *council.bring(*THEIRS, unit=AN_PHU)]
    assert codes == list(CODES)


def _seat() -> None:
    assert Council().sit(CODES) == SESSION


def _conclude() -> None:
    council = Council()
    for username in MEMBERS:
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    council.conclude(SESSION)


STATES: dict[str, tuple[str, Callable[[], None]]] = {
    "migrated": ("", _migrate),
    "founded": ("migrated", found),
    "running": ("founded", _run),
    "waiting": ("founded", _bring),
    "sitting": ("waiting", _seat),
    "concluded": ("sitting", _conclude),
}
"""What each is made from, and by which acts."""


@dataclass(frozen=True)
class Database:
    """The database of one test and its data folder: the kind, and the SQLAlchemy address."""

    kind: str
    url: str
    data_dir: Path
    state: str


class Templates:
    """The folders of the templates of one kind of database: the papers, and on SQLite the database file.

    On PostgreSQL the database of a template is called as its state. Those of SQLite are shared by all test processes:
    whichever asks first makes one.
    """

    def __init__(self, folder: Path, shared: Path, server: Server | None = None) -> None:
        self.folder, self.shared, self.server = folder, shared, server
        self.played: dict[str, tuple[str, Any, Office, dict[str, Any]]] = {}

    def lay(self, state: str) -> Database:
        """A copy of a template, where the test before had its own."""
        self._get(state)
        used = self.folder / USED
        shutil.rmtree(used, ignore_errors=True)
        if self.server:
            self.server.drop(USED)
        self._copy(self._kept(state), used)
        return Database("postgresql" if self.server else "sqlite", self._url(used), used, state)

    def play(self, scene: str, office: Office, act: Callable[[Any], Any]) -> Any:
        """What acts in a fresh office lead to, and what they return: acted once, then copied."""
        if scene in self.played:
            db.session.remove()
            db.engine.dispose()
            self.lay(self.played[scene][0])
        else:
            state, given = f"scene{len(self.played)}", act(office)
            db.session.remove()
            self._close(self.folder / USED)
            self._copy(self.folder / USED, self.folder / state)
            self.played[scene] = state, given, office, dict(vars(office))
        _state, given, acted, then = self.played[scene]
        vars(office).update(then)
        the_same = {id(acted): office}  # an act that returns its office gives the one of this test
        return deepcopy(given, the_same)

    def _get(self, state: str) -> None:
        """Make a template that is asked for the first time."""
        before, act = STATES.get(state, ("", None))
        if act is None or (self.shared / state / MADE).exists():
            return
        with (self.shared / f"{state}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.shared / state / MADE).exists():
                if before:
                    self._get(before)
                shutil.rmtree(self.shared / state, ignore_errors=True)  # what failed to be made
                self._copy(self.shared / before if before else None, self.shared / state)
                self._act(self.shared / state, act)
                (self.shared / state / MADE).touch()

    def _kept(self, state: str) -> Path:
        return (self.shared if state in STATES else self.folder) / state

    def _copy(self, before: Path | None, made: Path) -> None:
        for kept in KEPT if before else ():
            if (before / kept).exists():
                shutil.copytree(before / kept, made / kept)
        (made / PAPERS).mkdir(parents=True, exist_ok=True)
        if self.server:
            self.server.create(made.name, before.name if before else "template0")
        elif before:
            shutil.copyfile(before / FILE, made / FILE)

    def _act(self, made: Path, act: Callable[[], None]) -> None:
        app = create_app(Settings(data_dir=made, database_url=self._url(made), testing=True))
        with app.app_context():
            act()
            db.session.remove()
            self._close(made)

    def _close(self, made: Path) -> None:
        db.engine.dispose()
        if self.server is None:
            with sqlite3.connect(made / FILE) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()

    def _url(self, folder: Path) -> str:
        return self.server.url(folder.name) if self.server else f"sqlite:///{folder / FILE}"


def copied(request: pytest.FixtureRequest, state: str) -> Database:
    """A database of this test's own in a state, of the kind it asks for, with its papers beside it."""
    templates: Templates = request.getfixturevalue(f"{request.param}_templates")
    return templates.lay(state)


def scene(act: Callable[..., Any]) -> Any:
    """A fixture made of acts in a fresh office, done once in a test process; each test has a copy of what they led to.

    Its arguments are fixtures: the office, and scenes that it goes on from. Scenes are the first thing that happens
    in a test: what was done before them would not be in the copy.
    """

    @pytest.fixture(name=act.__name__)
    def played(request: pytest.FixtureRequest, database: Database) -> Any:
        office, *before = (request.getfixturevalue(name) for name in signature(act).parameters)
        templates: Templates = request.getfixturevalue(f"{database.kind}_templates")
        name = f"{act.__module__}.{act.__name__} {database.state}"
        return templates.play(name, office, lambda office: act(office, *before))

    return played
