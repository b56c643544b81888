"""The API, tested in an office whose campaign is under way."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import Office
from tests.running import NOW, database
from tests.webapp.api.program import Program

__all__ = ["database", "office", "program"]

ProgramOf = Callable[[str], Program]


@pytest.fixture
def office(app: Flask) -> Office:
    """The office of Tịnh Biên on 2/12/2019: registration and the award round of the year are open."""
    return Office(NOW)


@pytest.fixture
def program(app: Flask, office: Office) -> ProgramOf:
    """Makes a program with the token of a person, by user name."""
    return lambda username="": Program(app, office, username)
