"""Pages of an office that is already founded: fixtures for the folders of pages."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.factories import Office
from tests.founded import campaign, database
from tests.pages import Browser

__all__ = ["browser", "campaign", "database", "office", "signed_in"]

SignIn = Callable[[str], Browser]


@pytest.fixture
def office(app: Flask) -> Office:
    """The office of Tịnh Biên on 2/12/2019; the plan is loaded, nothing runs."""
    return Office()


@pytest.fixture
def browser(app: Flask, office: Office) -> Browser:
    """A browser; `browser.sign_in_as(office.person("officer"))` says whose."""
    return Browser(app)


@pytest.fixture
def signed_in(browser: Browser, office: Office) -> SignIn:
    """A browser in which this person is signed in."""

    def as_(username: str) -> Browser:
        browser.sign_in_as(office.person(username))
        return browser

    return as_
