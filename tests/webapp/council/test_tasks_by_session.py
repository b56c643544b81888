"""The list of tasks in groups by the session of the council they belong to."""

from tests.sittings import SESSION


def test_a_ballot_stands_under_its_session(browser, council):
    browser.sign_in_as(council.person("member1"))
    page = browser.get("/inbox/mine?group=session")
    [head] = [row.get_text(" ", strip=True) for row in page.all("#inbox-list .group-row")]
    assert head.startswith("Phiên họp số")
    assert head.endswith(" 1")
    link = page.one("#inbox-list a.row-link")["href"]
    assert f"session={SESSION}" in link
    page = browser.get(link)
    assert page.one(".task-progress").get_text(strip=True) == "1 / 1"
    assert page.one(".back-link")["href"] == "/inbox/mine?group=session"


def test_nothing_is_offered_for_many_ballots(browser, council):
    """A vote is taken, given away and decided for many by nobody."""
    browser.sign_in_as(council.person("member1"))
    page = browser.get("/inbox/mine")
    assert page.all("#inbox-list a.row-link")
    assert page.all("#inbox-list [name=task]") == []
    assert page.one("#selection").has_attr("hidden")
    assert page.all("#selection [name=act]") == []
