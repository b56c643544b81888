"""The place of the reports."""


def test_visitor_is_asked_to_sign_in(browser):
    assert browser.get("/numbers").heading == "Đăng nhập"


def test_leads_to_the_first_report_and_is_current_in_the_rail(signed_in, campaign):
    page = signed_in("secretary").get("/numbers")
    assert page.answer.request.path == "/numbers/proposals"
    assert page.one(".rail [aria-current]:not(.menu-item)").get_text(" ", strip=True).startswith("Số liệu")


def test_registrant_does_not_find_it_in_the_rail(signed_in):
    page = signed_in("registrant").get("/overview")
    assert page.all(".rail a[href='/numbers']") == []
