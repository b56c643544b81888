"""`database` of an office that is founded already, for a `conftest.py` to import."""

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.conftest import Database
from tests.offices import FILE, PAPERS, Templates

_numbers = count(1)


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A founded database of this test's own, on SQLite and on PostgreSQL."""
    yield from copied(request, tmp_path, "founded")


def copied(request: pytest.FixtureRequest, folder: Path, state: str) -> Iterator[Database]:
    """A copy of the template of a state for this kind of database, with its papers beside it."""
    templates: Templates = request.getfixturevalue(f"{request.param}_templates")
    template = templates.get(state)
    shutil.copytree(template / PAPERS, folder / "data" / PAPERS)
    if templates.server is None:
        path = shutil.copyfile(template / FILE, folder / FILE)
        yield Database("sqlite", f"sqlite:///{path}")
        return
    name = f"office_{next(_numbers)}"
    templates.server.create(name, state)
    yield Database("postgresql", templates.server.url(name))
    templates.server.drop(name)
