"""axe-core has nothing serious to say about any page, in both languages.

The pages are found by walking from link to link (`tests/walked.py`); `tests/webapp/demo/test_every_page.py` holds the
walk against the URL map, so that a new page is looked at here or named there with the reason why not.
"""

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import Person
from tests.e2e.axe import grave_findings
from tests.e2e.conftest import NewTab
from tests.walked import START, Walk

LANGUAGES = ("vi", "en")


# Everybody's pages in one language, in turn; in both with `make soak`, since each takes a minute.
IN_TURN = [
    pytest.param(username, language, marks=() if language == LANGUAGES[number % 2] else pytest.mark.soak)
    for number, username in enumerate(START)
    for language in LANGUAGES
]


@pytest.mark.parametrize(("username", "language"), IN_TURN)
def test_no_page_has_a_grave_fault(tab: NewTab, demo_walk: Walk, username: str, language: str) -> None:
    person = Person(tab(), username).opens("/sign-in")
    if username:
        person.signs_in()
    if language == "en":
        person.switches_to("English")
    faults: dict[str, list[str]] = {}
    for address in demo_walk.by_person(username):
        person.opens(address)
        expect(person.page.locator("html")).to_have_attribute("lang", language)
        if found := grave_findings(person.page):
            faults[address] = found
    assert faults == {}
