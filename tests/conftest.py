"""What all tests share: a migrated database of each kind, the application on it, and the account of skips."""

import gc
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from jinja2 import FileSystemBytecodeCache
from werkzeug.test import TestResponse
from xdist.scheduler import LoadScopeScheduling

from tests.drawn import once
from tests.offices import Database, Templates, copied
from tests.postgresql import Server, binaries, memory, running_server
from webapp import create_app
from webapp.config import Settings
from webapp.documents import drawing
from webapp.extensions import db, limiter

# A run keeps many objects for long; looking through all of them as often as by default takes a tenth of its time.
gc.set_threshold(50_000, 20, 50)

ROOT = Path(__file__).parent.parent
DATABASES = ("sqlite", "postgresql")
LONG = (
    "tests/webapp/bulk/test_bulk_of_many.py",
    "tests/webapp/jobs/test_council_kills.py",
    "tests/webapp/jobs/test_kills.py",
    "tests/webapp/operations/procedures/test_full_house.py",
    "tests/webapp/test_plans.py",
)
"""Modules whose tests take so long that each of them stands for itself."""
WALKED = ("tests/e2e/test_accessible.py", "tests/webapp/demo/")
BROWSED = "tests/e2e/"
SCOPES = ("walk", "postgresql", "browser")
"""Begun in this order: the first makes the demo, which the third waits for."""
ON_POSTGRESQL = re.compile(r"[\[-]postgresql[]-]")
ON_BOTH = tuple(
    f"tests.webapp.{part}"
    for part in (
        "audit.test_log_guards",
        "audit.test_show_as_of",
        "bulk.test_undo",
        "inspections.test_scope",
        "jobs.test_kills",
        "jobs.test_queue",
        "jobs.test_run",
        "numbers.test_generated_numbers",
        "operations.procedures.test_award_numbers",
        "operations.procedures.test_full_house",
        "operations.procedures.test_secrecy",
        "operations.test_access",
        "operations.test_concurrency",
        "operations.test_erasure_traces",
        "operations.test_erasures",
        "operations.test_moving_cases",
        "operations.test_outbox",
        "operations.test_red_flags",
        "operations.test_repeated_requests",
        "operations.test_shared_deadlines",
        "operations.test_stranded",
        "operations.test_transaction",
        "tampering.test_trials",
        "test_database",
        "test_odd_numbers",
        "tracking.test_tracking_words",
    )
)
"""Modules of tests about what a database does: many at once, what it keeps, what it adds up, finds and sorts."""


# The same examples on every run: red is red for everybody. `--soak` looks for new ones.
hypothesis_settings.register_profile("default", deadline=None, derandomize=True, max_examples=40)
hypothesis_settings.register_profile("soak", deadline=None, max_examples=2_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=DATABASES, help="run database tests on this one only")
    parser.addoption("--soak", action="store_true", help="many new examples, and the tests that take minutes")


def pytest_configure(config: pytest.Config) -> None:
    soak = config.getoption("--soak")
    hypothesis_settings.load_profile("soak" if soak else "default")
    os.environ["DYING_STEPS"] = "1" if soak else "6"
    if place := memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(place))


class Scheduling(LoadScopeScheduling):
    """Keeps the tests of a module in one process, where its scenes are acted once; those that follow the walk through
    the demo, too, those in the browser and those on PostgreSQL, which share a server each.

    The group marks of pytest-xdist would say the same, but do not reach it with pytest 9.
    """

    def _split_scope(self, nodeid: str) -> str:
        return scope_of(nodeid)


def scope_of(nodeid: str) -> str:
    """What the tests that share a process with this one have in common."""
    module = nodeid.partition("::")[0]
    if nodeid.startswith(WALKED):
        return "walk"
    if nodeid.startswith(BROWSED):
        return "browser"
    if ON_POSTGRESQL.search(nodeid):
        return "postgresql"
    return nodeid if module in LONG else module


def _first(scopes: Counter[str], item: pytest.Item) -> tuple[int, bool, int]:
    """The place of a test in a run in several processes: what takes long begins, so that all end together."""
    scope = scope_of(item.nodeid)
    module = item.nodeid.partition("::")[0]
    place = SCOPES.index(scope) if scope in SCOPES else len(SCOPES)
    return place, module not in LONG, -scopes[scope]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    config.option.loadscopereorder = False  # they are in order
    return Scheduling(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes; put first what takes long."""
    if not config.getoption("--soak"):
        left_out = [item for item in items if item.get_closest_marker("soak")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    if hasattr(config, "workerinput"):
        scopes = Counter(scope_of(item.nodeid) for item in items)
        items.sort(key=partial(_first, scopes))


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes name no test: they may hold an hour, and the workers of a run would collect tests of other names."""
    return argname if isinstance(val, bytes) else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What is asked of a database is tested on both; what people make of it on SQLite, or where it is marked.

    `--soak` asks everything of both. tests/webapp/demo/test_on_postgresql.py compares every page.
    """
    if "database" not in metafunc.fixturenames:
        return
    only, marked = (
        metafunc.config.getoption("--database"),
        metafunc.definition.get_closest_marker("mostly_on"),
    )
    both = metafunc.config.getoption("--soak") or (
        metafunc.module.__name__.startswith(ON_BOTH) and not marked
    )
    chosen = [only] if only else DATABASES if both else marked.args if marked else DATABASES[:1]
    metafunc.parametrize("database", chosen, indirect=True)


# --- papers ---


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder for what one test process makes for all."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session", autouse=True)
def _made_once(shared: Path) -> None:
    """Papers are drawn and templates compiled by whichever process of the run needs them first."""
    drawing.draw = once(shared / "drawn")
    (shared / "compiled").mkdir(exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(shared / "compiled"))}


# --- databases ---


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """The server of this session; skips where PostgreSQL is not installed."""
    programs = binaries()
    if programs is None:
        pytest.skip("PostgreSQL is not installed (Debian, Ubuntu: apt-get install postgresql)")
    with running_server(programs, place=memory()) as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Templates:
    made = shared / "templates"
    made.mkdir(exist_ok=True)
    return Templates(tmp_path_factory.mktemp("scenes"), made)


@pytest.fixture(scope="session")
def postgresql_templates(postgresql: Server, tmp_path_factory: pytest.TempPathFactory) -> Templates:
    folder = tmp_path_factory.mktemp("scenes")
    return Templates(folder, folder, postgresql)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Database:
    """An empty, migrated database of this test's own."""
    return copied(request, "migrated")


# --- application ---


@pytest.fixture
def settings(database: Database) -> Settings:
    """Settings of an installation that only this test uses."""
    return Settings(data_dir=database.data_dir, database_url=database.url, testing=True)


class Client(FlaskClient):
    """A browser whose requests see nothing of the test's own context, as those of a real server."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        return Context().run(super().open, *arguments, **options)


def new_application(settings: Settings) -> Flask:
    app = create_app(settings)
    app.test_client_class = Client
    return app


application = lru_cache(4)(new_application)
"""The application that serves all tests with the same settings."""


@contextmanager
def in_use(app: Flask) -> Iterator[Flask]:
    """Inside the application's context; afterwards it is as it was before the test."""
    configured = dict(app.config)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
    app.config.clear()
    app.config.update(configured)
    limiter.reset()


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The application on an empty database, inside its context: operations and queries can be called."""
    with in_use(application(settings)) as app:
        yield app


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
