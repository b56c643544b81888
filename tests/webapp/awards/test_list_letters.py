"""Letters of thanks beside a decision: typed in, printed with the certificates, checked by their code, taken back."""

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.sittings import OURS_CODES
from tests.webapp.documents.papers import needs_poppler, pages
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Award, Certificate, PrintRun
from webapp.operations.papers import file_store
from webapp.operations.print_runs import NewRun, begin_run

COUNCIL = "concluded"
CODE = "QD-2019-0001"
LETTERS = f"/awards/decisions/{CODE}/letters"
TYPED = {
    "name": "Công ty TNHH Thương mại Đại Phúc",
    "address": "thành phố Long Xuyên, tỉnh An Giang",
    "reason": "đã đóng góp cất 12 căn nhà đại đoàn kết cho hộ nghèo năm 2019",
}


@scene
def numbered(council):
    council.draft(OURS_CODES[:2])
    council.sign(CODE)
    council.number(CODE, 8)


@pytest.fixture
def clerk(browser, council, numbered):
    """The clerk at the letters of a decision that has its number."""
    browser.sign_in_as(council.person("clerk"))
    browser.get(LETTERS)
    return browser


def letters():
    db.session.rollback()
    kept = select(Certificate).where(Certificate.type == "thanks_letter")
    return list(db.session.scalars(kept.order_by(Certificate.id)))


def printed(council):
    begin_run(CODE, NewRun("", "", "unit", "one_file"), actor=council.actor("clerk"), now=council.now)
    council.work()
    db.session.rollback()
    run = db.session.scalar(select(PrintRun).order_by(PrintRun.id.desc()))
    return pages(file_store().open(run.sha256).read())


@needs_poppler
def test_a_letter_is_made_and_printed_after_the_certificates(clerk, council):
    clerk.submit("main form", **TYPED)
    page = clerk.post(LETTERS, TYPED)  # the same form once more makes no second letter
    assert "Đã lập thư cảm ơn Công ty TNHH Thương mại Đại Phúc" in page.one("body").get_text()
    [letter] = letters()
    assert (letter.award_id, letter.made_by_id) == (None, council.person("clerk").id)
    assert [each.register_number for each in db.session.scalars(select(Award))] == [1, 2]
    *certificates, said = printed(council)
    assert ["THƯ CẢM ƠN" in each for each in certificates] == [False, False]
    for text in (
        "ỦY BAN NHÂN DÂN HUYỆN TỊNH BIÊN",
        "trân trọng cảm ơn",
        "Công ty TNHH Thương mại Đại Phúc",
        "Thành phố Long Xuyên, tỉnh An Giang",
        "Đã đóng góp cất 12 căn nhà đại đoàn kết cho hộ nghèo năm 2019",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH",
        "Nguyễn Văn Chủ Tịch",
        "Mã kiểm tra:",
    ):
        assert text in said
    assert "Số vào sổ" not in said
    assert "Thư cảm ơn (1)" in clerk.get(f"/awards/decisions/{CODE}/print").text


def test_anybody_reads_a_letter_by_its_code_and_that_it_was_taken_back(clerk, council):
    page = clerk.submit("main form", **TYPED)
    code = page.all("tbody td")[1].get_text(strip=True)
    clerk.get("/verify")
    shown = clerk.submit("form[action='/verify']", code=code)
    assert "Công ty TNHH Thương mại Đại Phúc" in shown.text
    clerk.get(LETTERS)
    page = clerk.submit("tbody form")
    assert "đã thu lại" in page.one("tbody tr.struck").get_text()
    assert len(printed(council)) == 2
    clerk.get("/verify")
    assert "Đã bị hủy bỏ" in clerk.submit("form[action='/verify']", code=code).text
    clerk.get(LETTERS)
    clerk.post(f"/awards/letters/{letters()[0].public_id}/take-back", status=409)


def test_what_does_not_fit_or_is_missing_is_said_and_stays_typed(clerk):
    page = clerk.submit("main form", 422, **TYPED | {"reason": " "})
    assert "Nội dung cảm ơn" in page.one("#error-summary").get_text()
    long = "đã ủng hộ nhiều phần quà cho hộ nghèo " * 25
    page = clerk.submit("main form", 422, **TYPED | {"reason": long, "name": "Công ty" + "Phúc" * 70})
    assert "không vừa chỗ trên giấy" in page.one("#error-summary").get_text()
    page = clerk.submit("main form", 422, **TYPED | {"name": "Bà Lan \U0001f600"})
    assert "có ký tự mà phông chữ" in page.one("#error-summary").get_text()
    assert page.one("[name=reason]").get_text(strip=True) == TYPED["reason"]
    assert letters() == []


def test_the_history_tells_of_a_letter_and_names_nobody(clerk):
    clerk.submit("main form", **TYPED)
    db.session.rollback()
    *_before, entered, code = eventlog.read_stream(db.session(), f"case/{CODE}")
    assert (entered.type, code.type) == ("letter_entered", "code_issued")
    assert set(entered.fields) == {"letter"}
    assert "lập một thư cảm ơn" in clerk.get(f"/awards/decisions/{CODE}").text


def test_no_letter_before_there_is_a_number_and_none_by_others(browser, council):
    council.draft(OURS_CODES[:2])
    browser.sign_in_as(council.person("clerk"))
    assert browser.get(LETTERS).all("main form") == []
    page = browser.post(LETTERS, TYPED)
    assert "Thư cảm ơn được lập khi quyết định đã vào số" in page.one("body").get_text()
    browser.sign_in_as(council.person("head"))
    browser.get(LETTERS, 403)
