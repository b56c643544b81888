"""The list of sessions."""

import pytest

from tests.sittings import SESSION
from tests.statements import statements

LIST = "/council/sessions"


def cells(page):
    return [" ".join(cell.get_text(" ").split()) for cell in page.all("tbody tr:first-child > *")]


def test_row_says_how_far_the_session_is(browser, council):
    council.vote("member1", SESSION)
    browser.sign_in_as(council.person("secretary"))
    page = browser.get(LIST)
    session, _campaign, _when, state, nominees, votes, passed = cells(page)
    assert session.startswith("Phiên họp số 01/2019")
    assert (state, nominees, votes, passed) == ("Đang bỏ phiếu", "5", "1 / 4", "–")


def test_results_stand_there_after_the_count(browser, council):
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    council.vote("member2", SESSION, HS_2019_0005="none")
    browser.sign_in_as(council.person("member1"))
    _session, _campaign, _when, state, _nominees, votes, passed = cells(browser.get(LIST))
    assert (state, votes, passed) == ("Đang lập biên bản", "4 / 4", "5 / 5")


def test_secretary_opens_a_session_from_here(browser, council):
    browser.sign_in_as(council.person("secretary"))
    links = [str(link["href"]) for link in browser.get(LIST).all(".page-actions a")]
    assert links == ["/council/rules", "/campaigns/tinh-bien-vi-nguoi-ngheo-2020/start/council_vote"]
    assert browser.get(links[1]).one("select, input[name=subject]")


@pytest.mark.parametrize("username", ["member1", "chair", "auditor"])
def test_others_see_the_list_only(browser, council, username):
    browser.sign_in_as(council.person(username))
    page = browser.get(LIST)
    assert page.all("tbody tr")
    assert [link["href"] for link in page.all(".page-actions a")] == ["/council/rules"]


@pytest.mark.parametrize("username", ["officer", "registrant", "clerk"])
def test_who_has_no_seat_near_the_council_is_kept_out(browser, council, username):
    browser.sign_in_as(council.person(username))
    browser.get(LIST, status=403)


def test_list_of_another_year_is_empty(browser, council):
    browser.sign_in_as(council.person("secretary"))
    assert "Chưa có phiên họp nào" in browser.get(LIST + "?year=2018").text


def test_statements_do_not_grow_with_the_rows(browser, council):
    browser.sign_in_as(council.person("secretary"))
    browser.get(LIST)
    before = len(statements(lambda: browser.client.get(LIST)))
    council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    council.start("secretary", "council_vote", round="nam-2019", subject="Xét bổ sung")
    assert len(statements(lambda: browser.client.get(LIST))) == before
