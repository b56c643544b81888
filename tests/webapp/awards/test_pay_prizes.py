"""Prize money: who receives it, paid by a list, taken back; identity numbers stay with who pays."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from tests.awarded import CODE, COLLECTIVE, PAGE, PERSON, award, awarded, nominee
from tests.webapp.documents.papers import needs_poppler, text
from webapp import eventlog
from webapp.extensions import db
from webapp.identity import identity_digest
from webapp.jobs import run
from webapp.models import AwardPayment, Notice, Payee
from webapp.operations.acting import Now
from webapp.operations.payments import erase_payees

__all__ = ["awarded"]

COUNCIL = "concluded"
NUMBER = "089180001234"
PAYEES, PAYMENTS = f"{PAGE}/payees", f"{PAGE}/payments"


@pytest.fixture
def payer(browser, awarded):
    """The specialist of the district."""
    browser.sign_in_as(awarded.person("specialist"))
    return browser


def payees(browser, number=NUMBER, **more):
    """The form of payees with the person's row filled in."""
    page = browser.get(PAYEES)
    [at] = [at for at, name in enumerate(page.all("main tbody th")) if "Nguyễn Thị Ượng" in name.get_text()]
    filled = {"identity_number": number, "account": "1234 5678", "bank": "Ngân hàng Nông nghiệp"} | more
    return {f"payees-{at}-{name}": value for name, value in filled.items()}


def pay(browser, *codes, status=200, **changes):
    browser.get(PAYMENTS)
    form = {"awards": [award(code).public_id for code in codes], "way": "cash"} | changes
    return browser.submit("main form", status, **form)


def rows(page):
    return {row.th.span.find(string=True, recursive=False): row for row in page.all("main tbody tr")}


def live():
    db.session.rollback()
    return list(db.session.scalars(select(AwardPayment).where(AwardPayment.undone_at.is_(None))))


def test_payees_are_entered_and_stand_on_the_list_to_pay_by(payer):
    page = payer.submit("main form", **payees(payer))
    assert page.heading == "Tiền thưởng"
    assert "đã nhập" in rows(page)["Nguyễn Thị Ượng"].get_text()
    book = load_workbook(io.BytesIO(payer.client.get(f"{PAGE}/payment.xlsx").data))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    [person] = [row for row in cells if row[1] == "Bà Nguyễn Thị Ượng"]
    assert person[2:8] == ["xã An Cư", "Giấy khen", None, NUMBER, "1234 5678", "Ngân hàng Nông nghiệp"]
    assert sorted(row[8] for row in cells[3:7]) == [450_000, 900_000, 900_000, 2_250_000]
    assert cells[7][0] == "Bằng chữ: Hai triệu hai trăm năm mươi nghìn đồng."
    assert cells[2][10] == "Ký nhận"


@needs_poppler
def test_the_list_is_there_as_a_pdf_with_the_total_of_the_decision(payer):
    said = text(payer.client.get(f"{PAGE}/payment.pdf").data)
    assert "Tổng cộng: 02 tập thể, 01 cá nhân 2.250.000 đ" in said
    assert "Quyết định số 08/QĐ-UBND ngày 14/12/2019" in said


def test_a_number_that_is_not_that_of_the_dossier_is_refused(payer, settings):
    nominee(PERSON).identity = identity_digest(settings.data_dir, NUMBER)
    db.session.commit()
    page = payer.submit("main form", 422, **payees(payer, "089180009999"))
    assert "không phải số định danh trong hồ sơ" in page.one("#error-summary").get_text()
    page = payer.submit("main form", **payees(payer, "089180009999", name="Nguyễn Văn Tý"))
    assert "Nguyễn Văn Tý" in rows(page)["Nguyễn Thị Ượng"].get_text()
    assert payer.submit("main form", **payees(payer, name="")).heading == "Tiền thưởng"


def test_who_does_not_pay_sees_no_identity_number(payer, awarded):
    payer.submit("main form", **payees(payer))
    assert len(awarded.access("dossier_read")) == 1
    for role, status in [
        ("clerk", 403),
        ("secretary", 403),
        ("authority", 403),
        ("office", 403),
        ("officer", 403),
    ]:
        payer.sign_in_as(awarded.person(role))
        for path in (PAYEES, PAYMENTS, f"{PAGE}/payment.xlsx", f"{PAGE}/payment.pdf"):
            payer.get(path, status)
        if role != "officer":
            assert NUMBER not in payer.get(PAGE).answer.get_data(as_text=True)
    db.session.rollback()
    for event in eventlog.read_stream(db.session(), eventlog.case_stream(CODE)):
        assert NUMBER not in str(event)


def test_all_are_paid_by_one_tick_and_none_by_none(payer):
    assert "Khoản đã chi" in pay(payer, status=422, awards=None).one("#error-summary").get_text()
    page = pay(payer, awards=None, all="true")
    assert "Đã ghi nhận chi 2.250.000 đ" in page.one("body").get_text().replace("\xa0", " ")
    assert not page.all("main form button.btn-primary")


def test_a_prize_is_paid_once_and_taken_back_with_a_reason(payer):
    page = pay(payer, PERSON, COLLECTIVE)
    assert "Đã ghi nhận chi 1.350.000 đ" in page.one("body").get_text().replace("\xa0", " ")
    assert not rows(page)["Nguyễn Thị Ượng"].find("input")
    again = payer.post(
        PAYMENTS, {"awards": award(PERSON).public_id, "way": "cash", "paid_on": "2019-12-14"}, 422
    )
    assert again.one("#error-summary")
    [first] = [each for each in live() if each.amount == 450_000]
    payer.get(f"/awards/payments/{first.public_id}/undo")
    assert "Lý do" in payer.submit("main form", 422, reason=" ").one("#error-summary").get_text()
    page = payer.submit("main form", reason="Ghi nhầm người")
    assert rows(page)["Nguyễn Thị Ượng"].find("input")
    assert [each.amount for each in live()] == [900_000]
    page = payer.get(PAGE)
    assert "đã hủy khoản chi 450.000" in page.text.replace("\xa0", " ")
    assert "Ghi nhầm người" not in page.text


@pytest.mark.parametrize(
    ("day", "said"),
    [("2019-12-13", "không được trước 14/12/2019"), ("2020-01-14", "không được sau ngày hôm nay")],
)
def test_a_day_before_the_decision_or_to_come_is_refused(payer, day, said):
    page = pay(payer, PERSON, status=422, paid_on=day)
    assert said in page.one("#error-summary").get_text()
    assert live() == []


def test_numbers_are_erased_ninety_days_after_the_payment(payer, awarded):
    payer.submit("main form", **payees(payer) | {f"payees-{at}-bank": "Ngân hàng" for at in range(3)})
    pay(payer, PERSON)
    count = select(func.count()).select_from(Payee)
    for days, left in [(90, 3), (91, 2)]:
        at = awarded.now.at + dt.timedelta(days=days)
        erase_payees(Now(at, at))
        assert db.session.scalar(count) == left
    db.session.rollback()
    [event] = [
        e for e in eventlog.read_stream(db.session(), eventlog.case_stream(CODE)) if e.type == "payees_erased"
    ]
    assert event.fields == {"count": 1}


def test_the_daily_work_erases_them(payer, awarded):
    payer.submit("main form", **payees(payer))
    pay(payer, PERSON)
    at = awarded.now.at + dt.timedelta(days=100)
    run.daily(Now(at, at))
    assert db.session.scalar(select(func.count()).select_from(Payee)) == 0
    assert db.session.scalar(select(func.count()).select_from(Notice)) > 0
