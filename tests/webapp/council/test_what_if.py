"""A rule tried out: numbers in, outcome as a sentence."""

import pytest
from sqlalchemy import func, select

from webapp.extensions import db
from webapp.models.event import Event

PAGE = "/council/what-if"


@pytest.fixture
def tries(browser, council):
    """Sends the form as the secretary; gives the page."""
    browser.sign_in_as(council.person("secretary"))

    def act(status=200, **numbers):
        browser.get(PAGE)
        typed = {"rule": "eighty_percent", "members": "25", "present": "25", "agree": "21"}
        return browser.submit("form.panel", status, **typed | numbers)

    return act


def sentence(page):
    return " ".join(page.one(".tried-sentence").get_text().split())


def test_it_begins_with_the_members_of_the_own_council(browser, council):
    browser.sign_in_as(council.person("secretary"))
    form = browser.get(PAGE).form("form.panel")
    assert (form["members"], form["present"]) == ("4", "4")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (
            {},
            "21 trên 25 thành viên đồng ý (84,0 %), cần ít nhất 80 % tổng số thành viên: thông qua",
        ),
        ({"agree": "20"}, "thông qua, vừa đủ."),
        ({"agree": "19"}, "không thông qua, thiếu 1 phiếu."),
        ({"agree": "16", "present": "16"}, "hoãn xét, không đủ số thành viên tham gia"),
        ({"rule": "more_than_half", "agree": "12"}, "không thông qua, thiếu 1 phiếu."),
        ({"agree": "17", "present": "22", "written_agree": "3"}, "thông qua, vừa đủ."),
    ],
)
def test_numbers_come_to_an_outcome(tries, numbers, expected):
    assert expected in sentence(tries(**numbers))


def test_a_draft_of_the_council_is_tried_out_before_it_is_approved(tries, council):
    council.rule(threshold="1/1", comparison="at_least")
    page = tries()
    names = {
        option.get_text(strip=True): option.find("input")["value"]
        for option in page.all("#f-rule .form-check")
    }
    [own] = [code for name, code in names.items() if "Hội đồng TĐKT huyện Tịnh Biên, từ" in name]
    assert "không thông qua, thiếu 4 phiếu." in sentence(tries(rule=own))


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        ({"present": "26"}, "“Số thành viên có mặt” không được lớn hơn “Tổng số thành viên Hội đồng” (25)."),
        ({"agree": "20", "disagree": "9"}, "Số phiếu nhiều hơn số thành viên được biểu quyết."),
        ({"agree": "x"}, "Đồng ý"),
        ({"members": "0"}, "Tổng số thành viên Hội đồng"),
    ],
)
def test_impossible_numbers_are_named(tries, numbers, fault):
    page = tries(422, **numbers)
    assert fault in page.one(".error-summary").get_text()
    assert page.form("form.panel")["agree"] == numbers.get("agree", "21")


def test_nothing_is_kept(tries):
    before = db.session.scalar(select(func.count()).select_from(Event))
    tries()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Event)) == before


def test_the_council_s_people_reach_it_from_their_rules(browser, council):
    browser.sign_in_as(council.person("member1"))
    assert browser.get("/council/rules").all(f"a[href='{PAGE}']")


def test_strangers_do_not(browser, council):
    browser.sign_in_as(council.person("officer"))
    browser.get(PAGE, status=403)
