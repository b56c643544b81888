"""The demo for tests: made once for all test processes by the command people use; tests work on copies."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import ROOT, application, in_use
from tests.walked import Walk, walked
from webapp.config import Settings

AT = "2019-12-10"


def made_demo(shared: Path, at: str) -> Path:
    """The data folder of the demo of a date; whichever test process asks first makes it for all."""
    folder = shared / f"demo-{at}"
    with (shared / f"demo-{at}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            flask_command(folder, "db", "upgrade")
            (shared / f"demo-{at}.log").write_text(flask_command(folder, "demo", "build", "--at", at))
            (folder / "made").touch()
    return folder


@pytest.fixture(scope="session")
def demo_data(shared: Path) -> Path:
    """The data folder of a freshly made demo at its usual date."""
    return made_demo(shared, AT)


@pytest.fixture(scope="session")
def demo_place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the copies of a test process lie, one after the other, so that one application serves every test."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(demo_data: Path, demo_place: Path) -> Iterator[Flask]:
    """The application on a copy of the demo, inside its context."""
    with demo_app(demo_data, demo_place) as app:
        yield app


_walks: dict[Path, Walk] = {}
"""Folders that import the fixture each have one of their own; the walk is the same."""


@pytest.fixture(scope="session")
def demo_walk(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Where everybody of the demo comes to, from link to link; walked once for all tests that ask."""
    if demo_data not in _walks:
        with demo_app(demo_data, tmp_path_factory.mktemp("walk")) as app:
            _walks[demo_data] = walked(app)
    return _walks[demo_data]


@contextmanager
def demo_app(folder: Path, copies: Path) -> Iterator[Flask]:
    """The application on a fresh copy of a demo's folder, inside its context."""
    shutil.rmtree(copies / "data", ignore_errors=True)
    data_dir = Path(shutil.copytree(folder, copies / "data"))
    with in_use(application(Settings(data_dir=data_dir, demo=True, testing=True))) as app:
        yield app


def demo_environment(data_dir: Path) -> dict[str, str]:
    """The environment of a process that serves the demo of a folder."""
    own = ("DATABASE_URL", "JOBS_URL", "FILES_URL", "PUBLIC_URL", "DEMO_PASSWORD")
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {**kept, "DATA_DIR": str(data_dir), "DEMO": "1"}


def flask_command(data_dir: Path, *command: str, status: int = 0) -> str:
    """What a command of the installation in a folder prints; fails when it ends otherwise than with ``status``."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command],
        cwd=ROOT,
        env=demo_environment(data_dir),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr
