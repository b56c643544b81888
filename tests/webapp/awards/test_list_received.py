"""Decisions that were sent to a unit: listed for who works there, readable, and hidden from everybody else."""

from tests.people import AN_CU
from tests.sittings import OURS_CODES

COUNCIL = "concluded"
PAGE = "/awards/received"


def sent(council):
    code = council.draft(OURS_CODES[:1])
    council.sign(code)
    council.number(code, 7)
    rows = [{"recipient": AN_CU, "way": "document_system"}]
    council.do("clerk", "send_copies", code, sent_on="2019-12-14", copies=rows)


def test_the_notice_leads_to_the_decision_and_its_paper(browser, council):
    sent(council)
    browser.sign_in_as(council.person("officer"))
    page = browser.get("/notices")
    assert "Đơn vị được gửi quyết định khen thưởng" in page.text
    page = browser.get(PAGE)
    assert "07/QĐ-UBND" in page.text
    assert "xã An Cư" in page.text
    link = page.one("a[href*='/awards/received/']")["href"]
    assert browser.client.get(link).data.startswith(b"%PDF")


def test_another_unit_sees_nothing_of_it(browser, council):
    sent(council)
    browser.sign_in_as(council.person("officer"))
    link = browser.get(PAGE).one("a[href*='/awards/received/']")["href"]
    browser.sign_in_as(council.person("other_officer"))
    assert "Chưa có quyết định nào được gửi đến đơn vị" in browser.get(PAGE).text
    browser.get(link, status=404)
