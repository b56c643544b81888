"""The text of a decision edited in Word: brought back, compared row by row, accepted with a reason or refused."""

import io

import pytest
from docx import Document

from tests.offices import scene
from tests.sittings import OURS_CODES, SIGNATURE
from tests.webapp.awards.test_decision_forms import opened
from webapp.models import FinalText

COUNCIL = "concluded"
CODE = "QD-2019-0001"
PAGE = f"/awards/decisions/{CODE}"
UPLOAD = f"{PAGE}/final-text"


@scene
def drafted(council):
    council.draft(OURS_CODES[:2])
    return council


@pytest.fixture
def desk(browser, drafted):
    """The browser of the specialist who drafted it."""
    browser.sign_in_as(drafted.person("specialist"))
    return browser


def word(browser):
    return Document(io.BytesIO(browser.client.get(f"/cases/{CODE}/drafts/decision.docx").data))


def sent(browser, document, name="Quyết định.docx", status=200):
    """Bring a file back through the page."""
    file = io.BytesIO()
    document.save(file) if hasattr(document, "save") else file.write(document)
    file.seek(0)
    browser.get(UPLOAD)
    return browser.submit(f"form[action='{UPLOAD}']", status, file=(file, name))


def edited(browser):
    """The file with one amount changed."""
    document = word(browser)
    row = next(row for row in document.tables[-1].rows if "Nguyễn Thị Ượng" in row.cells[1].text)
    row.cells[3].paragraphs[0].runs[0].text = "540.000 đ"
    return document


def test_file_with_our_list_is_the_final_text_at_once(desk, drafted):
    assert desk.get(PAGE).one(f"a[href='{UPLOAD}']")
    page = sent(desk, word(desk))
    assert "Danh sách trùng khớp" in page.text
    assert not page.all("textarea")
    page = desk.get(PAGE)
    assert "Bản văn bản cuối" in page.text
    assert "đưa lại bản Word đã sửa của bản dự thảo số 1: danh sách trùng khớp." in page.text
    assert "Văn bản quyết định đã sửa trong Word" in page.text


def test_other_words_are_shown_and_are_not_signed_with_the_software(browser, desk, drafted):
    document = word(desk)
    line = next(each for each in document.paragraphs if "có hiệu lực kể từ ngày ký" in each.text)
    for run in line.runs:
        run.text = run.text.replace("kể từ ngày ký", "từ ngày 01/01/2020")
    page = sent(desk, document)
    assert "Danh sách trùng khớp" in page.text
    [change] = page.all(".wording-changes li")
    assert "01/01/2020" in change.find("ins").get_text()
    page = opened(browser, drafted, "head", "submit_decision", CODE)
    beside = page.one("section[aria-labelledby='beside-title']")
    assert beside.select_one(f"a[href='{PAGE}/submission.pdf']")
    assert "Bản văn bản cuối, 1 chỗ khác" in " ".join(beside.get_text().split())
    drafted.do("head", "submit_decision", CODE, decision="submit", signature=SIGNATURE)
    page = opened(browser, drafted, "office", "check_decision", CODE)
    assert "Bản văn bản cuối nhận lại từ Word khác văn bản ở đây 1 chỗ" in page.text
    sending = {"decision": "approve", "act": "complete"}
    page = browser.submit("form.task-form", 422, signing="here", **sending)
    assert "Hãy chọn ký ở ngoài phần mềm" in page.text
    sent(browser, word(browser))
    page = browser.get(f"/tasks/{drafted.task('check_decision', CODE).public_id}")
    assert "Bản văn bản cuối nhận lại từ Word đúng như văn bản ở đây" in page.text
    assert "Đã có bản khác thay" in page.text
    browser.submit("form.task-form", signing="here", **sending)


def test_differences_are_named_and_accepted_with_a_reason(desk, drafted):
    page = sent(desk, edited(desk))
    rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in page.all("tbody tr")]
    assert rows[0] == ["Bà Nguyễn Thị Ượng", "Tiền thưởng", "450.000\u00a0đ", "540.000\u00a0đ"]
    assert rows[1][:2] == ["Cả danh sách", "Tổng số tiền"]
    form = "form[action*='/final-texts/']"
    page = desk.submit(form, 422, act="accept", reason=" ")
    assert "Ghi lý do" in page.text
    page = desk.submit(form, act="accept", reason="Số cũ là lỗi gõ, theo Tờ trình số 9")
    assert "2 chỗ khác" in page.text
    assert "chấp nhận bản Word của bản dự thảo số 1 cùng các chỗ khác. Lý do: Số cũ là lỗi gõ" in page.text


def test_refused_text_is_kept_as_refused(desk, drafted):
    sent(desk, edited(desk))
    page = desk.submit("form[action*='/final-texts/']", act="refuse", reason="Sai số tiền")
    assert "từ chối bản Word của bản dự thảo số 1. Lý do: Sai số tiền" in page.text
    link = page.one("a[href*='/final-texts/']")
    page = desk.get(link["href"])
    assert "Sai số tiền" in page.text
    assert not page.all("textarea")


def test_a_later_file_takes_the_place_of_one_that_waits(desk, drafted):
    first = sent(desk, edited(desk))
    sent(desk, word(desk))
    page = desk.get(PAGE)
    assert "Đã có bản khác thay" in page.text
    action = first.one("form[action*='/final-texts/']")["action"]
    page = desk.post(action, {"act": "accept", "reason": "Muộn"}, status=409)
    assert "đã có bản khác thay" in page.text.lower()


def test_what_is_no_word_file_of_it_is_not_taken(desk, drafted):
    assert "Chọn tệp Word (.docx)." in sent(desk, b"%PDF-1.7 %%EOF", "a.pdf", 422).text
    other = Document()
    other.add_paragraph("Không có danh sách")
    assert "Tệp không có danh sách" in sent(desk, other, status=422).text
    from webapp.extensions import db

    assert db.session.query(FinalText).count() == 0


def test_others_read_it_and_only_who_works_on_the_text_brings_it_back(browser, desk, drafted):
    sent(desk, edited(desk))
    link = desk.get(PAGE).one("a[href*='/final-texts/']")["href"]
    browser.sign_in_as(drafted.person("clerk"))
    page = browser.get(link)
    assert not page.all("textarea")
    assert not browser.get(PAGE).all(f"a[href='{UPLOAD}']")
    browser.get(UPLOAD, status=404)
    browser.post(link, {"act": "accept", "reason": "Tôi"}, status=403)
    browser.sign_in_as(drafted.person("officer"))
    browser.get(link, status=404)


def test_numbered_decision_takes_nothing_back(desk, drafted):
    drafted.sign(CODE)
    drafted.number(CODE, 8)
    assert not desk.get(PAGE).all(f"a[href='{UPLOAD}']")
    desk.get(UPLOAD, status=404)
