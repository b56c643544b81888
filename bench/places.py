"""Databases of a bench's own, an application on each, and an office founded in it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from tests.factories import Office, found
from tests.postgresql import binaries, running_server
from webapp import create_app
from webapp.config import Settings
from webapp.extensions import db

ROOT = Path(__file__).parent.parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
# As it comes, so that a commit waits for the disk; but reached through its socket only.
POSTGRESQL_OPTIONS = {"listen_addresses": "", "shared_buffers": "256MB"}


@dataclass(frozen=True)
class Place:
    """An application on a database of this kind, inside its context, with an office whose campaign is open."""

    kind: str
    app: Flask
    settings: Settings
    office: Office


def kinds(wanted: str = "") -> list[str]:
    """The databases that this machine has, or the one that is wanted."""
    if wanted:
        return [wanted]
    return [SQLITE, POSTGRESQL] if binaries() else [SQLITE]


@contextmanager
def place(kind: str) -> Iterator[Place]:
    """A new database of this kind with an office in it; nothing of it stays."""
    with (
        tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder,
        _address(kind) as url,
        founded(kind, Path(folder), url) as here,
    ):
        yield here


@contextmanager
def founded(kind: str, folder: Path, url: str = "") -> Iterator[Place]:
    """An office in an empty database, or in that of the data folder."""
    settings = Settings(data_dir=folder, database_url=url, testing=True)
    app = create_app(settings)
    with app.app_context():
        upgrade(str(ROOT / "migrations"))
        found()
        office = Office()
        office.open_campaign()
        yield Place(kind, app, settings, office)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def _address(kind: str) -> Iterator[str]:
    if kind == SQLITE:
        yield ""
        return
    programs = binaries()
    if programs is None:
        raise SystemExit("PostgreSQL is not installed")
    with running_server(programs, POSTGRESQL_OPTIONS) as server:
        server.create("bench")
        yield server.url("bench")
