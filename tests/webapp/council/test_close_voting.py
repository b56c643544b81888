"""Closing the vote and noting absent members, through the pages."""

import pytest

from tests.proven import open_elements
from tests.sittings import SESSION
from webapp.extensions import db

PAGE = f"/council/sessions/{SESSION}"
CLOSE = f"{PAGE}/close-voting"


def test_page_before_the_act_names_who_has_not_voted(browser, council):
    council.vote("member1", SESSION)
    browser.sign_in_as(council.person("chair"))
    page = browser.get(str(browser.get(PAGE).one(f"a[href='{CLOSE}']")["href"]))
    assert "3 thành viên có mặt chưa bỏ phiếu:" in page.text
    assert [each.get_text() for each in page.all("main li")] == [
        "Nguyễn Văn Chủ Tịch",
        "Lý Thị Thường Trực",
        "Tạ Thị Hai",
    ]
    page = browser.submit("form.confirm")
    assert "Đã kết thúc bỏ phiếu." in page.one("#flashes").get_text()
    assert "Đang kiểm phiếu" in page.text
    council.work()
    db.session.rollback()
    assert open_elements(SESSION) == ["draft_minutes"]


def test_vote_that_is_over_has_nothing_to_close(browser, council):
    browser.sign_in_as(council.person("chair"))
    browser.get(CLOSE)
    browser.submit("form.confirm")
    assert browser.get(CLOSE).answer.request.path == PAGE
    page = browser.post(CLOSE, status=409)
    assert "Phiên họp này không đang bỏ phiếu." in page.text


@pytest.mark.parametrize("username", ["member1", "specialist", "authority"])
def test_who_does_not_run_the_council_cannot_close(browser, council, username):
    browser.sign_in_as(council.person(username))
    assert not browser.get(PAGE).all(f"a[href='{CLOSE}']")
    browser.post(CLOSE, status=403)
    db.session.rollback()
    assert open_elements(SESSION) == ["cast_vote"] * 4


def test_secretary_prepares_and_does_not_close(browser, council):
    browser.sign_in_as(council.person("secretary"))
    assert browser.get(CLOSE).answer.request.path == PAGE
    browser.post(CLOSE, status=403)


def test_member_who_does_not_come_is_noted(browser, council):
    browser.sign_in_as(council.person("secretary"))
    form = browser.get(PAGE).all(".member-list form")[3]
    page = browser.post(str(form["action"]))
    assert "Đã ghi nhận vắng mặt" in page.one("#flashes").get_text()
    members = [each.get_text(" ", strip=True) for each in page.all(".member-list li")]
    assert "Vắng mặt" in members[3]
    db.session.rollback()
    assert open_elements(SESSION) == ["cast_vote"] * 3
    page = browser.post(str(form["action"]), status=409)
    assert "Thành viên này đã bỏ phiếu." in page.text
