"""Pages of tasks, tested in an office that is already founded."""

import pytest

from tests.factories import Office
from tests.founded import campaign, database
from tests.pages import Browser

__all__ = ["browser", "campaign", "database", "office"]


@pytest.fixture
def office(app) -> Office:
    """The office of Tịnh Biên on 2/12/2019, nothing running yet."""
    return Office()


@pytest.fixture
def browser(app, office) -> Browser:
    """A browser; `browser.sign_in_as(office.person("officer"))` says whose."""
    return Browser(app)
