"""What all tests share: a migrated database of each kind, the application on it, and the account of skips."""

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextvars import Context
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import settings as hypothesis_settings
from werkzeug.test import TestResponse

from tests.postgresql import Server, binaries, running_server
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db

pytest_plugins = ("tests.offices",)

ROOT = Path(__file__).parent.parent
DATABASES = ("sqlite", "postgresql")

# The same examples on every run: red is red for everybody. `HYPOTHESIS_PROFILE=soak` looks for new ones.
hypothesis_settings.register_profile("default", deadline=None, derandomize=True, max_examples=60)
hypothesis_settings.register_profile("soak", deadline=None, max_examples=2_000)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=DATABASES, help="run database tests on this one only")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        only = metafunc.config.getoption("--database")
        metafunc.parametrize("database", [only] if only else DATABASES, indirect=True)


# --- databases ---


@dataclass(frozen=True)
class Database:
    """An empty, migrated database of one test: its kind and its SQLAlchemy address."""

    kind: str
    url: str


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The server of this session; skips where PostgreSQL is not installed."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian, Ubuntu: apt-get install postgresql)")
    with running_server(programs) as server:
        yield server


def _migrate(url: str, data_dir: Path) -> None:
    app = create_app(Settings(data_dir=data_dir, database_url=url, testing=True))
    with app.app_context():
        upgrade(str(ROOT / "migrations"))
        db.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file; tests get copies, because migrating takes longer than most tests."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "template.sqlite3"
    _migrate(f"sqlite:///{path}", folder)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a migrated database on the server, which PostgreSQL copies quickly."""
    postgresql.create("migrated")
    _migrate(postgresql.url("migrated"), tmp_path_factory.mktemp("template"))
    return "migrated"


_numbers = count(1)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database: each test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        path = shutil.copyfile(template, tmp_path / "thidua.sqlite3")
        yield Database("sqlite", f"sqlite:///{path}")
        return
    server: Server = request.getfixturevalue("postgresql")
    name = f"test_{next(_numbers)}"
    server.create(name, request.getfixturevalue("postgresql_template"))
    yield Database("postgresql", server.url(name))
    server.drop(name)


# --- application ---


@pytest.fixture
def settings(database: Database, tmp_path: Path) -> Settings:
    """Settings of an installation that only this test uses."""
    return Settings(data_dir=tmp_path / "data", database_url=database.url, testing=True)


class Client(FlaskClient):
    """A browser whose requests see nothing of the test's own context, as those of a real server."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        return Context().run(super().open, *arguments, **options)


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on an empty database, inside its context: operations and queries can be called."""
    app = create_app(settings)
    app.test_client_class = Client
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


# --- what was not run ---


def _skips(config: pytest.Config) -> Counter[str]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With THIDUA_NO_SKIP=1 (as `.ci/run` sets it) a skipped test is a failed run."""
    if os.environ.get("THIDUA_NO_SKIP") == "1" and _skips(session.config) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: "pytest.TerminalReporter", config: pytest.Config) -> None:
    skips = _skips(config)
    terminalreporter.section("not run on this machine")
    for reason, number in skips.most_common():
        terminalreporter.write_line(f"{number} skipped: {reason}")
    if not skips:
        terminalreporter.write_line("nothing was skipped")
    elif os.environ.get("THIDUA_NO_SKIP") == "1":
        terminalreporter.write_line("THIDUA_NO_SKIP=1: a skipped test counts as a failure", red=True)
