"""The rows behind a number."""

import pytest


@pytest.fixture
def proposed(office, campaign):
    code = office.nominate(nominee_name="Đỗ Thị Bính")
    office.do("officer", "prepare_on_behalf", code, name_on_paper="Đỗ Thị Bính")
    return code


PATH = "/numbers/proposals/rows?column=proposed"


def test_visitor_is_asked_to_sign_in(browser):
    assert browser.get(PATH).heading == "Đăng nhập"


def test_registrant_has_no_business_here(signed_in):
    signed_in("registrant").get(PATH, status=403)


def test_says_what_is_counted_and_leads_to_each(signed_in, proposed):
    browser = signed_in("secretary")
    page = browser.get(f"{PATH}&unit=an-giang/tinh-bien/an-cu&year=2019")
    assert page.heading == "Đề nghị, khen thưởng: Đề nghị"
    assert page.one(".rows-of").get_text(" ", strip=True) == "Đơn vị xã An Cư Năm 2019 Số dòng 1"
    assert browser.get(page.one("main tbody a")["href"]).heading == "Đỗ Thị Bính"


def test_leads_back_to_the_report_as_narrowed(signed_in, proposed):
    page = signed_in("secretary").get(f"{PATH}&year=2019")
    assert page.one(".back-link")["href"] == "/numbers/proposals?year=2019"


def test_a_number_the_report_does_not_have_is_not_found(signed_in):
    browser = signed_in("secretary")
    browser.get("/numbers/proposals/rows?column=nonsense", status=404)
    browser.get("/numbers/proposals/rows", status=404)
    browser.get("/numbers/times/rows?column=nonsense", status=404)
    browser.get("/numbers/nonsense/rows?column=proposed", status=404)


def test_nobody_else_sees_the_rows_of_a_commune(signed_in, proposed):
    assert "Không có dòng nào" in signed_in("other_officer").get(PATH).text
