"""The API of the council, tested while it sits."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.seated import council, database
from tests.sittings import Council
from tests.webapp.api.program import Program

__all__ = ["council", "database", "program"]

ProgramOf = Callable[[str], Program]


@pytest.fixture
def program(app: Flask, council: Council) -> ProgramOf:
    """Makes a program with the token of a person, by user name."""
    return lambda username="": Program(app, council, username)
