"""The prize of a revoked award comes back: proposed as it was paid, tracked by receipts, asked for by the clock."""

from sqlalchemy import select

from tests.amending import (
    award_of,
    issue,
    refused,
    today,
)
from tests.proven import faults, open_elements
from tests.sittings import OURS_CODES
from webapp.extensions import db
from webapp.models import Notice
from webapp.operations.payments import pay_prizes
from webapp.queries.funds import fund_units, fund_years, funds_of_year
from webapp.queries.standing import standing_of

COUNCIL = "concluded"


def test_money_comes_back_in_parts_and_is_asked_for_by_the_clock(browser, council, revoked):
    _decision, code = revoked
    assert open_elements(code) == ["collect_prize"]
    row = {"award": OURS_CODES[0], "returned_on": today(council), "document_number": "PT 15/2020"}
    council.do("specialist", "collect_prize", code, decision="more", repayments=[{**row, "amount": 200_000}])
    browser.sign_in_as(council.person("specialist"))
    page = browser.get(f"/awards/amendments/{code}")
    foot = [cell.get_text(strip=True).replace("\xa0", " ") for cell in page.all("tfoot td")]
    assert foot == ["Tổng cộng", "450.000 đ", "200.000 đ", "250.000 đ"]
    assert "PT 15/2020" in page.text
    with refused("over_owed"):
        council.do(
            "specialist", "collect_prize", code, decision="more", repayments=[{**row, "amount": 250_001}]
        )
    with refused("before_decision"):
        early = {**row, "amount": 1, "returned_on": "2019-12-01"}
        council.do("specialist", "collect_prize", code, decision="more", repayments=[early])
    with refused("money_left"):
        council.do("specialist", "collect_prize", code, decision="done")
    council.move(days=21)
    council.move(days=11)
    templates = set(db.session.scalars(select(Notice.template)))
    assert {"prize_return_reminder", "prize_return_overdue"} <= templates
    council.do("specialist", "collect_prize", code, decision="done", repayments=[{**row, "amount": 250_000}])
    assert (council.case(code).state, council.case(code).outcome) == ("ended", "revoked")
    assert faults() == []


def test_what_came_back_is_spent_of_the_fund_no_longer(browser, council, revoked):
    """What is taken back of it is spent again, with its reason; what came instead counts."""
    _decision, code = revoked
    row = {"award": OURS_CODES[0], "returned_on": today(council), "document_number": "PT 15/2020"}
    council.do("specialist", "collect_prize", code, decision="more", repayments=[{**row, "amount": 200_000}])
    head = standing_of(db.session(), council.person("head"), council.today)
    [fund] = funds_of_year(db.session(), head, council.today.year)
    assert (fund.spent, fund.committed) == (450_000 - 200_000, award_of(1).prize)
    [year] = fund_years(db.session(), fund_units(db.session(), head), [council.today.year])
    assert (year.spent, year.committed) == (fund.spent, fund.committed)
    council.do(
        "specialist", "collect_prize", code, decision="done", unreturned_reason="Đã chuyển đi nơi khác"
    )
    page = take_back(browser, council, code, reason="Ghi thừa một số 0", amount=20_000)
    [wrong, right] = page.all(".repayment")
    assert wrong.s.get_text(" ", strip=True).replace("\xa0", " ").startswith("200.000 đ")
    assert "Ghi thừa một số 0" in wrong.get_text()
    assert (right.s, right.find("a").get_text()) == (None, "Hủy khoản này")
    foot = [each.get_text(strip=True).replace("\xa0", " ") for each in page.all("tfoot td")]
    assert foot == ["Tổng cộng", "450.000 đ", "20.000 đ", "430.000 đ"]
    assert "đã hủy khoản nộp lại 200.000 đ ghi nhầm; số đúng là 20.000 đ" in page.text.replace("\xa0", " ")
    db.session.rollback()
    [fund] = funds_of_year(db.session(), head, council.today.year)
    assert fund.spent == 450_000 - 20_000
    assert faults() == []


def take_back(browser, council, code, **form):
    """The only repayment of a case is taken back on its page, after what cannot be was refused."""
    browser.sign_in_as(council.person("specialist"))
    [link] = browser.get(f"/awards/amendments/{code}").all(".repayment a")
    browser.get(link["href"])
    assert "Số chứng từ" in browser.submit("main form", 422, **form).one("#error-summary").get_text()
    form |= {"returned_on": today(council), "document_number": "PT 16/2020"}
    over = browser.submit("main form", 422, **form | {"amount": 450_001}).one("#error-summary").get_text()
    assert "450.000" in over
    page = browser.submit("main form", **form)
    assert "Khoản này đã được hủy" in browser.post(link["href"], {"reason": "Lần nữa"}, 409).text
    return page


def test_what_was_paid_is_proposed_to_come_back(browser, council):
    """Nothing of a prize that nobody has paid: then no money is asked for."""
    decision = issue(council, [OURS_CODES[0]])
    code = council.start("specialist", "award_revocation", original=decision, reason="Đơn phản ánh")
    browser.sign_in_as(council.person("specialist"))
    task = f"/tasks/{council.task('prepare_revocation', code).public_id}"
    page = browser.get(task)
    assert page.one("[name='awards-0-amount_due']")["value"] == "0"
    assert "(chưa chi)" in page.text
    pay = {"actor": council.actor("specialist"), "now": council.now}
    pay_prizes(decision, [award_of(1).public_id], council.today, "cash", **pay)
    assert browser.get(task).one("[name='awards-0-amount_due']")["value"].replace(".", "") == "450000"


def test_who_cannot_pay_is_let_off_with_a_reason(council, revoked):
    _decision, code = revoked
    why = "Hộ đã chuyển đi, QĐ 20/QĐ-UBND"
    council.do("specialist", "collect_prize", code, decision="done", unreturned_reason=why)
    assert council.case(code).outcome == "revoked"


def test_the_page_of_payments_says_what_was_decided_and_what_of_it_was_revoked(browser, council, revoked):
    decision, _code = revoked
    browser.sign_in_as(council.person("specialist"))
    page = browser.get(f"/awards/decisions/{decision}/payments")
    sums = [each.get_text(" ", strip=True).split("\xa0đ")[0] for each in page.all("main dd")]
    assert sums == ["1.350.000", "450.000", "0", "900.000"]
