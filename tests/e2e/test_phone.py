"""Everything can be read and done on a phone of 360 × 780."""

import pytest
from playwright.sync_api import expect

from tests.e2e.everybody import People
from tests.e2e.phone import PHONE, WIDTH, fits

CAMPAIGN = "/campaigns/tinh-bien-vi-nguoi-ngheo-2020"
# The tabs of each page are walked over too.
PAGES = {
    "officer": (
        "/inbox/mine",
        "/nominations",
        "/nominations/HS-2019-0025",
        "/registrations/DK-2019-0016",
        "/submissions/TT-2019-0023",
        "/campaigns",
        CAMPAIGN,
        f"{CAMPAIGN}/start/registration",
        "/notices",
        "/search?q=chau",
        "/account",
        "/delegations",
        "/delegations/new",
        "/absences/new",
    ),
    "secretary": (
        "/nominations/board",
        "/nominations/map",
        "/views",
        "/exports",
        "/council/sessions",
        "/council/sessions/PH-2019-0002",
        "/council/sessions/PH-2019-0004",
        "/council/sessions/PH-2019-0004/nominees/HS-2019-0030",
        "/council/sessions/PH-2018-0001/compare",
        "/awards/decisions",
        "/awards/decisions/QD-2019-0001",
        "/awards/decisions/QD-2019-0001/signatures",
        "/owing",
        "/owing/unit?desk=an-giang/tinh-bien&unit=an-giang/tinh-bien/an-cu",
        "/messages",
        "/deadlines?whose=unit",
        "/follow",
        "/verify/file",
        "/verify",
        "/demo/tour",
    ),
    "auditor": ("/audit", "/audit/cases/HS-2019-0025"),
    "admin": ("/admin", "/admin/mails", "/campaigns/rules"),
}


@pytest.mark.parametrize("username", PAGES)
def test_pages_fit_the_screen(people: People, username: str) -> None:
    person = people.another(username, **PHONE)
    for _address in person.walks(PAGES[username]):
        for diagram in person.page.locator("[data-diagram]").all():
            expect(diagram.locator(".djs-shape").first).to_be_attached()
        fits(person.page)


def test_a_task_is_done_after_stepping_into_a_role(people: People) -> None:
    officer = people.at_the_door("officer", **PHONE)
    assert officer.page.evaluate("document.documentElement.scrollWidth") <= WIDTH
    officer.steps_in()
    fits(officer.page)

    officer.opens_task("Kiểm tra đăng ký", "DK-2019-0019")
    fits(officer.page)
    officer.main.get_by_role("button", name="Hoàn thành", exact=True).tap()
    expect(officer.page.locator("#error-summary")).to_be_focused()
    fits(officer.page)
    officer.fills_in({"Kết luận": "Chấp nhận đăng ký"}).completes()
    fits(officer.page)


def test_a_ballot_is_cast(people: People) -> None:
    member = people.another("member2", **PHONE)
    member.opens_task("Bỏ phiếu", "PH-2019-0005")
    fits(member.page)
    choices = member.main.locator("fieldset.ballot-line").first.get_by_role("radio")
    for choice in choices.all():
        box = choice.locator("xpath=..").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 40, "too small for a finger"
    member.marks("Đồng ý")
    fits(member.page)
    member.reviews()
    fits(member.page)
    member.casts()
