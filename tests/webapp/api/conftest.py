"""The API, tested in an office whose campaign is under way."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import Office
from tests.founded import founded_postgresql, founded_sqlite
from tests.running import NOW, database, running_postgresql, running_sqlite
from tests.webapp.api.program import Program

__all__ = [
    "database",
    "founded_postgresql",
    "founded_sqlite",
    "office",
    "program",
    "running_postgresql",
    "running_sqlite",
]

ProgramOf = Callable[[str], Program]


@pytest.fixture
def office(app: Flask) -> Office:
    """The office of Tịnh Biên on 2/12/2019: registration and the award round of the year are open."""
    return Office(NOW)


@pytest.fixture
def program(app: Flask, office: Office) -> ProgramOf:
    """Makes a program with the token of a person, by user name."""
    return lambda username="": Program(app, office, username)
