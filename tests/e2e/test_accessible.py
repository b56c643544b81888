"""axe-core has nothing serious to say about any page, in both languages.

The pages are found by walking from link to link; `tests/webapp/demo/test_every_page.py` holds the walk against the URL
map, so that a new page is looked at here or named there with the reason why not.
"""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import APIRequestContext, Browser, expect

from tests.conftest import application, in_use
from tests.e2e.actors import Person
from tests.e2e.axe import grave_findings
from tests.e2e.conftest import NewTab
from tests.e2e.serving import LiveServer
from tests.walked import SHOWN, START, Walk
from webapp.config import Settings

LANGUAGES = ("vi", "en")


@pytest.fixture(scope="module")
def walked(
    browser: Browser, live_server: LiveServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    """Where everybody came to, from link to link."""
    empty = Path(tmp_path_factory.mktemp("map"))
    with in_use(application(Settings(data_dir=empty, demo=True, testing=True))) as app:
        yield _walked(app, browser, live_server.url)


def _walked(app: Flask, browser: Browser, url: str) -> Walk:
    walk = Walk(app)
    for username in START:
        context = browser.new_context(base_url=url, locale="vi-VN")
        if username:
            Person(context.new_page(), username).opens("/sign-in").signs_in()
        walk.follow(username, lambda address, asked=context.request: _fetched(asked, address))
        context.close()
    return walk


def _fetched(asked: APIRequestContext, address: str) -> tuple[str, str]:
    answer = asked.get(address)
    parts = urlsplit(answer.url)
    is_page = answer.status in SHOWN and "text/html" in answer.headers.get("content-type", "")
    return parts.path + (f"?{parts.query}" if parts.query else ""), answer.text() if is_page else ""


# Everybody's pages in one language, in turn; in both with `make soak`, since each takes a minute.
IN_TURN = [
    pytest.param(username, language, marks=() if language == LANGUAGES[number % 2] else pytest.mark.soak)
    for number, username in enumerate(START)
    for language in LANGUAGES
]


@pytest.mark.parametrize(("username", "language"), IN_TURN)
def test_no_page_has_a_grave_fault(tab: NewTab, walked: Walk, username: str, language: str) -> None:
    person = Person(tab(), username).opens("/sign-in")
    if username:
        person.signs_in()
    if language == "en":
        person.switches_to("English")
    faults: dict[str, list[str]] = {}
    for address in walked.by_person(username):
        person.opens(address)
        expect(person.page.locator("html")).to_have_attribute("lang", language)
        if found := grave_findings(person.page):
            faults[address] = found
    assert faults == {}
