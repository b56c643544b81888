"""Pages of the council, tested while it sits."""

import pytest

from tests.pages import Browser
from tests.seated import council, database

__all__ = ["browser", "council", "database"]


@pytest.fixture
def browser(app, council) -> Browser:
    """A browser; `browser.sign_in_as(council.person("member1"))` says whose."""
    return Browser(app)
