"""The submission of a draft to whoever signs it: after the vote, of the same facts, with initials."""

import io

from docx import Document

from tests.offices import scene
from tests.sittings import OURS_CODES, SIGNATURE
from tests.webapp.documents.papers import needs_poppler, text

COUNCIL = "concluded"
CODE = "QD-2019-0001"
PAGE = f"/awards/decisions/{CODE}"
DRAFT = f"/cases/{CODE}/drafts/decision.pdf"

pytestmark = needs_poppler


@scene
def drafted(council):
    council.draft(OURS_CODES[:2])
    return council


def test_submission_tells_of_the_vote_and_of_the_list(browser, drafted):
    browser.sign_in_as(drafted.person("head"))
    browser.get(PAGE).one(f"a[href='{PAGE}/submission.pdf']")
    read = text(browser.client.get(f"{PAGE}/submission.pdf").data)
    assert "PHÒNG NỘI VỤ" in read
    assert "/TTr-PNV" in read
    assert "Về việc đề nghị khen thưởng phong trào thi đua" in read
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân huyện Tịnh Biên" in read
    assert (
        "đã biểu quyết thông qua 02 trường hợp có tên tại danh sách kèm theo tại Phiên họp số 01/2019" in read
    )
    assert "Tổng số tiền thưởng là 1.350.000 đồng" in read
    assert "Bà Nguyễn Thị Ượng" in read
    assert "xem xét, quyết định./. (NTCV)" in read
    assert "DỰ THẢO" in read
    assert "(Đã ký)" not in read


def test_submitted_it_is_signed_and_the_decision_is_initialled(browser, drafted):
    drafted.do("head", "submit_decision", CODE, decision="submit", signature=SIGNATURE)
    drafted.do("office", "check_decision", CODE, decision="approve")
    browser.sign_in_as(drafted.person("authority"))
    read = text(browser.client.get(f"{PAGE}/submission.pdf").data)
    assert "DỰ THẢO" not in read
    assert f"TRƯỞNG PHÒNG NỘI VỤ (Đã ký) {drafted.person('head').name}" in read
    marks = ["".join(word[0] for word in drafted.person(who).name.split()) for who in ("head", "office")]
    assert f"Quyết định này./. ({'; '.join(marks)})" in text(browser.client.get(DRAFT).data)
    assert f"Ký nháy : {drafted.person('head').name}, {drafted.person('office').name}" in browser.get(
        PAGE
    ).text.replace("Ký nháy:", "Ký nháy :")


def test_submission_is_a_word_file_too(browser, drafted):
    browser.sign_in_as(drafted.person("head"))
    document = Document(io.BytesIO(browser.client.get(f"{PAGE}/submission.docx").data))
    assert any("Tổ tự quản số 1" in cell.text for row in document.tables[-1].rows for cell in row.cells)


def test_final_decision_is_a_word_file_too(browser, drafted):
    drafted.sign(CODE)
    drafted.number(CODE, 8)
    browser.sign_in_as(drafted.person("clerk"))
    browser.get(PAGE).one(f"a[href='{PAGE}/decision.docx']")
    document = Document(io.BytesIO(browser.client.get(f"{PAGE}/decision.docx").data))
    assert any("08/QĐ-UBND" in cell.text for row in document.tables[0].rows for cell in row.cells)
    assert any("Bà Nguyễn Thị Ượng" in cell.text for row in document.tables[-1].rows for cell in row.cells)


def test_stranger_gets_neither(browser, drafted):
    browser.sign_in_as(drafted.person("officer"))
    browser.get(f"{PAGE}/submission.pdf", status=404)
    browser.get(f"{PAGE}/decision.docx", status=404)
