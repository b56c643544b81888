"""The emulation fund: estimated by a paper, spent by the year of payment, committed by that of the decision."""

import datetime as dt

from tests.awarded import CODE, PERSON, award, awarded
from webapp import eventlog
from webapp.extensions import db
from webapp.operations.payments import pay_prizes

__all__ = ["awarded"]

COUNCIL = "concluded"
FUND = "/awards/fund"
FORM = {"estimate": "10.000.000", "paper_number": "120/QĐ-UBND", "dated_on": "2019-01-10"}


def fund(page, year="2019"):
    """Estimate, spent, committed and left of a year."""
    [row] = [row for row in page.all("main tbody tr") if row.select("td")[0].get_text(strip=True) == year]
    cells = (cell.get_text(" ", strip=True).replace("\xa0", " ") for cell in row.select("td")[1:])
    return [cell.partition(" đ")[0] for cell in cells]


def test_the_head_enters_the_estimate_and_what_is_left_follows(browser, awarded):
    browser.sign_in_as(awarded.person("head"))
    assert fund(browser.get(FUND)) == ["chưa nhập", "0", "2.250.000", "–"]
    browser.submit("main form", **FORM)
    page = browser.submit("main form", **FORM)  # the same once more is no second estimate
    assert fund(page) == ["10.000.000", "0", "2.250.000", "7.750.000"]
    day = dt.date(2019, 12, 14)
    actor = awarded.actor("specialist")
    pay_prizes(CODE, [award(PERSON).public_id], day, "cash", actor=actor, now=awarded.now)
    assert fund(browser.get(FUND)) == ["10.000.000", "450.000", "1.800.000", "7.750.000"]
    page = browser.submit("main form", **FORM | {"estimate": "2.000.000", "note": "Điều chỉnh giữa năm"})
    assert fund(page) == ["2.000.000", "450.000", "1.800.000", "-250.000"]
    assert [item.find(string=True).strip()[:10] for item in page.all(".fund-history li")] == [
        "2.000.000\xa0",
        "10.000.000",
    ]
    overview = browser.get("/overview").one("#funds-title + ul").get_text(" ", strip=True)
    assert "huyện Tịnh Biên" in overview
    assert "đã chi 450.000 đ" in overview.replace("\xa0", " ")
    db.session.rollback()
    assert [each.type for each in eventlog.read_stream(db.session(), "funds")] == ["fund_set", "fund_set"]


def test_others_read_it_and_enter_nothing(browser, awarded):
    browser.sign_in_as(awarded.person("specialist"))
    assert not browser.get(FUND).all("main form")
    browser.post(FUND, FORM | {"unit": "an-giang/tinh-bien", "year": "2019"}, 403)
    browser.sign_in_as(awarded.person("officer"))
    assert "Đơn vị của bạn không quyết định khen thưởng" in browser.get(FUND).text
    browser.get(f"{FUND}?year={10**30}", 404)
    browser.sign_in_as(awarded.person("clerk"))
    browser.get(FUND, 403)


def test_a_paper_of_a_day_to_come_is_refused(browser, awarded):
    browser.sign_in_as(awarded.person("head"))
    browser.get(FUND)
    page = browser.submit("main form", 422, **FORM | {"dated_on": "2020-01-10"})
    assert "không được sau ngày hôm nay" in page.one("#error-summary").get_text()
