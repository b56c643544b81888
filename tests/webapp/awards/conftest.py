"""Decisions and the register, tested beside a council that sits."""

import pytest

from tests.founded import founded_postgresql, founded_sqlite
from tests.pages import Browser
from tests.seated import (
    concluded_postgresql,
    concluded_sqlite,
    council,
    database,
    sitting_postgresql,
    sitting_sqlite,
)

__all__ = [
    "browser",
    "concluded_postgresql",
    "concluded_sqlite",
    "council",
    "database",
    "founded_postgresql",
    "founded_sqlite",
    "sitting_postgresql",
    "sitting_sqlite",
]


@pytest.fixture
def browser(app, council) -> Browser:
    """A browser; `browser.sign_in_as(council.person("member1"))` says whose."""
    return Browser(app)
