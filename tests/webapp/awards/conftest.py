"""Decisions and the register, tested beside a council that sits."""

import pytest

from tests.pages import Browser
from tests.revoked import revoked
from tests.seated import council, database

__all__ = ["browser", "council", "database", "revoked"]


@pytest.fixture
def browser(app, council) -> Browser:
    """A browser; `browser.sign_in_as(council.person("member1"))` says whose."""
    return Browser(app)
