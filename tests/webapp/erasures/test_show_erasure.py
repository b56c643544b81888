"""One erasure: decided by the head or the chairman, and what every page says of the case afterwards."""

import pytest
from sqlalchemy import select

from tests.erased import asked, erase
from tests.webapp.erasures.conftest import NAME
from webapp.models import ERASED, Case, Paper
from webapp.operations.erasures import propose_erasure


@pytest.fixture
def proposed(office, withdrawn):
    """Public id of an erasure that waits."""
    return propose_erasure(withdrawn, asked(office), actor=office.actor("clerk"), now=office.now)


def test_says_that_it_cannot_be_undone_and_erases(office, browser, withdrawn, proposed):
    browser.sign_in_as(office.person("head"))
    page = browser.get(f"/erasures/{proposed}")
    assert "không thể khôi phục" in page.text
    assert NAME in page.text
    page = browser.submit(decision="agree")
    assert "Đã xóa dữ liệu cá nhân." in str(page.soup)
    assert NAME not in str(page.soup)
    assert office.case(withdrawn).title == ERASED


def test_asks_why_it_is_refused(office, browser, withdrawn, proposed):
    browser.sign_in_as(office.person("authority"))
    browser.get(f"/erasures/{proposed}")
    page = browser.submit(status=422, decision="refuse")
    assert page.one("#error-summary")
    page = browser.submit(decision="refuse", reason="Chưa rõ người yêu cầu")
    assert "Chưa rõ người yêu cầu" in page.text
    assert office.case(withdrawn).title == NAME


@pytest.mark.parametrize("username", ["clerk", "specialist", "auditor"])
def test_who_does_not_decide_sees_no_button_and_is_refused(office, browser, withdrawn, proposed, username):
    browser.sign_in_as(office.person(username))
    assert not browser.get(f"/erasures/{proposed}").all("button[value=agree]")
    browser.post(f"/erasures/{proposed}", {"decision": "agree"}, status=403)
    assert office.case(withdrawn).title == NAME


def test_every_page_of_the_case_says_that_it_was_erased(office, browser, withdrawn):
    erase(office, withdrawn)
    for username in ("specialist", "auditor", "officer"):
        browser.sign_in_as(office.person(username))
        page = browser.get(f"/nominations/{withdrawn}")
        assert "Dữ liệu cá nhân của hồ sơ này đã được xóa theo quy định" in page.text
        assert NAME not in str(page.soup)
        assert bool(page.all("a[href^='/erasures/']")) == (username != "officer")
        assert ERASED in browser.get("/nominations").text
    assert withdrawn not in browser.get("/search?q=chau+thi").text


def test_its_papers_are_gone_with_a_clear_sentence(office, browser, withdrawn):
    query = select(Paper.public_id).join(Case).where(Case.code == withdrawn)
    papers = office.read(query)
    erase(office, withdrawn)
    browser.sign_in_as(office.person("specialist"))
    for paper in papers:
        page = browser.get(f"/papers/{paper}", status=410)
        assert "đã được xóa theo quy định" in page.text
    assert papers


def test_replay_walks_every_step_and_tells_what_is_gone(office, browser, withdrawn):
    browser.sign_in_as(office.person("auditor"))
    before = browser.client.get(f"/cases/{withdrawn}/path.json").get_json()
    erase(office, withdrawn)
    for step in range(1, 5):
        page = browser.get(f"/audit/cases/{withdrawn}?step={step}")
        assert "Đã kiểm chứng: khớp" in page.text
        assert NAME not in str(page.soup)
    assert browser.client.get(f"/cases/{withdrawn}/path.json").get_json() == before
