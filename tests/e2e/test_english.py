"""Whoever switches to English reads English everywhere; only names and what people entered stay Vietnamese."""

import pytest
from playwright.sync_api import expect

from tests.e2e.actors import Person
from tests.e2e.english import Names, untranslated
from tests.e2e.everybody import People
from tests.e2e.serving import LiveServer

CAMPAIGN = "/campaigns/tinh-bien-vi-nguoi-ngheo-2020"
# The tabs of each page are walked over too.
PAGES = {
    "specialist": (
        "/inbox/mine",
        "/nominations",
        "/nominations/HS-2019-0023",
        "/registrations/DK-2019-0017",
        "/submissions/TT-2019-0021",
        "/campaigns",
        CAMPAIGN,
        f"{CAMPAIGN}/start/award_issuance",
        "/clusters/cases/CK-2019-0001",
        "/council/sessions",
        "/council/sessions/PH-2019-0002",
        "/awards/decisions",
        "/awards/decisions/QD-2019-0002",
        "/awards/history/import",
        f"{CAMPAIGN}/import/nomination",
        "/cases/HS-2019-0023/freeze",
        "/notices",
        "/search?q=chau",
        "/account",
        "/delegations",
        "/delegations/new",
        "/absences/new",
        "/demo/tour",
    ),
    "auditor": ("/audit", "/audit/cases/HS-2019-0023"),
    "admin": ("/admin", "/campaigns/rules", "/account/tokens"),
}


def reads_english(person: Person, names: Names) -> None:
    """The page that is open says nothing in Vietnamese but names."""
    expect(person.page.locator("html")).to_have_attribute("lang", "en")
    for diagram in person.page.locator("[data-diagram]").all():
        expect(diagram.locator(".djs-shape").first).to_be_attached()
    assert untranslated(person.page, names) == set(), person.page.url


@pytest.mark.parametrize("username", PAGES)
def test_every_page_is_english(people: People, live_server: LiveServer, username: str) -> None:
    person, names = getattr(people, username), Names(live_server.data_dir)
    person.switches_to("English")
    for _address in person.walks(PAGES[username]):
        reads_english(person, names)
    for place in person.page.locator(".rail .rail-label").all_inner_texts():
        person.page.get_by_role("navigation", name="Places").get_by_role("link", name=place).click()
        reads_english(person, names)


def test_tasks_and_their_faults_are_english(people: People, live_server: LiveServer) -> None:
    names = Names(live_server.data_dir)
    secretary, member = people.secretary.switches_to("English"), people.member1.switches_to("English")

    secretary.opens_task("Prepare agenda and list of nominations", "PH-2019-0006")
    reads_english(secretary, names)
    secretary.main.get_by_role("button", name="Complete", exact=True).click()
    expect(secretary.page.locator("#error-summary")).to_be_focused()
    reads_english(secretary, names)

    member.opens_task("Cast your vote", "PH-2019-0004")
    reads_english(member, names)
    member.main.get_by_role("button", name="Review the ballot").click()
    member.sees("nominees are not marked yet")
    reads_english(member, names)


def test_and_back_to_vietnamese(people: People) -> None:
    registrant = people.registrant.switches_to("English").switches_to("Tiếng Việt")
    expect(registrant.page.locator("html")).to_have_attribute("lang", "vi")
    registrant.sees_in_main("Việc cần xử lý")
