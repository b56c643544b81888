"""The papers of a session as files: who gets which, at which state, and what is in them."""

import io
from urllib.parse import unquote

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import delete, select

from tests.offices import scene
from tests.sittings import CODES, OURS_CODES, SESSION, SIGNATURE, THEIR_CODE
from tests.webapp.documents.papers import needs_poppler, text
from webapp.extensions import db
from webapp.models import Case, Paper, RoleHolding

PAGE = f"/council/sessions/{SESSION}"
FORMATS = {
    "summary_sheet": ("pdf", "docx", "xlsx"),
    "vote_count": ("pdf", "docx"),
    "session_minutes": ("pdf", "docx"),
}
EVERY = [(document, form) for document, forms in FORMATS.items() for form in forms]
COUNTED = [(document, form) for document, form in EVERY if document != "summary_sheet"]
INSIDE = ("secretary", "chair", "authority", "head", "specialist", "member1", "member2", "auditor")
OUTSIDE = ("officer", "commune_chair", "other_officer", "registrant", "police", "admin", "stranger")


@scene
def counted(council):
    """All have voted; the first nominee has not passed."""
    for username in ("authority", "chair"):
        council.vote(username, SESSION, HS_2019_0001="disagree")
    council.vote("member1", SESSION)
    council.vote("member2", SESSION, HS_2019_0005="none")
    return council


@scene
def drafted(counted):
    """The minutes are drafted and not signed."""
    counted.minute(SESSION)
    return counted


@scene
def concluded(drafted):
    """The minutes are signed."""
    drafted.do("chair", "sign_minutes", SESSION, decision="sign", signature=SIGNATURE)
    drafted.work()
    return drafted


def file(document, form, code=SESSION):
    return f"/council/sessions/{code}/papers/{document}.{form}"


def fetched(browser, document, form):
    answer = browser.client.get(file(document, form))
    assert answer.status_code == 200
    return answer.data


def word_text(content):
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join(" ".join([*(one.text for one in document.paragraphs), *cells]).split())


def statuses(browser, wanted=EVERY):
    return {
        (document, form): browser.client.get(file(document, form)).status_code for document, form in wanted
    }


def links(browser):
    return {str(link["href"]) for link in browser.get(PAGE).all(".paper-files a")}


@pytest.mark.parametrize("username", INSIDE)
def test_who_knows_of_the_session_gets_what_is_there(browser, concluded, username):
    browser.sign_in_as(concluded.person(username))
    assert set(statuses(browser, [("summary_sheet", "xlsx"), *COUNTED]).values()) == {200}


@pytest.mark.parametrize("username", OUTSIDE)
def test_others_get_nothing_and_that_is_noted(browser, concluded, username):
    browser.sign_in_as(concluded.person(username))
    assert set(statuses(browser).values()) == {404}
    assert len(concluded.access("act_refused")) == len(EVERY)
    assert concluded.access("dossier_read") == []


def test_visitor_is_asked_to_sign_in(browser, council):
    assert browser.client.get(file("summary_sheet", "docx")).status_code == 302


def test_while_votes_are_cast_there_is_the_summary_sheet_alone(browser, council):
    council.vote("member1", SESSION)
    browser.sign_in_as(council.person("secretary"))
    found = statuses(browser)
    assert {one for one, status in found.items() if status == 200} == {
        ("summary_sheet", form) for form in FORMATS["summary_sheet"]
    }
    sheet = {file("summary_sheet", form) for form in FORMATS["summary_sheet"]}
    assert links(browser) == sheet | {f"{PAGE}/packet.pdf"}


def test_count_and_minutes_are_drafts_beside_the_task_that_writes_them(browser, counted):
    browser.sign_in_as(counted.person("secretary"))
    assert set(statuses(browser, COUNTED).values()) == {200}
    page = browser.get(f"/tasks/{counted.task('draft_minutes', SESSION).public_id}")
    assert "Biên bản họp Hội đồng (dự thảo)" in page.text
    page = browser.submit("main .notice form")
    assert page.form("form.task-form")["started_at"] != ""


def test_there_is_no_count_while_votes_are_cast(browser, council):
    browser.sign_in_as(council.person("chair"))
    assert set(statuses(browser, COUNTED).values()) == {404}


@pytest.mark.parametrize(
    ("document", "form"),
    [("summary_sheet", "txt"), ("vote_count", "xlsx"), ("decision", "pdf"), ("../vote_count", "pdf")],
)
def test_what_there_is_not_is_not_found(browser, concluded, document, form):
    browser.sign_in_as(concluded.person("secretary"))
    assert browser.client.get(file(document, form)).status_code == 404
    assert browser.client.get(file("vote_count", "pdf", CODES[0])).status_code == 404


@needs_poppler
@pytest.mark.parametrize(("document", "said"), [("vote_count", "Tổ trưởng"), ("session_minutes", "Nhất trí")])
def test_draft_says_that_it_is_one(browser, drafted, document, said):
    browser.sign_in_as(drafted.person("chair"))
    pdf = text(fetched(browser, document, "pdf"))
    assert "DỰ THẢO" in pdf
    assert said in pdf
    word = Document(io.BytesIO(fetched(browser, document, "docx")))
    assert "DỰ THẢO" in word.sections[0].first_page_header.paragraphs[0].text
    assert said in word_text(fetched(browser, document, "docx"))


@needs_poppler
def test_signed_papers_are_no_drafts_and_the_pdf_is_the_kept_one(browser, concluded):
    browser.sign_in_as(concluded.person("chair"))
    kept = browser.client.get(f"/papers/{paper_of('session_minutes')}").data
    assert fetched(browser, "session_minutes", "pdf") == kept
    assert "DỰ THẢO" not in text(kept)
    word = Document(io.BytesIO(fetched(browser, "session_minutes", "docx")))
    assert "DỰ THẢO" not in word.sections[0].first_page_header.paragraphs[0].text
    assert "(Đã ký)" in word_text(fetched(browser, "session_minutes", "docx"))


def paper_of(kind):
    query = select(Paper.public_id).join(Case, Case.id == Paper.case_id)
    return db.session.scalar(query.where(Case.code == SESSION, Paper.kind == kind))


def test_files_hold_the_facts_of_the_session(browser, concluded):
    browser.sign_in_as(concluded.person("secretary"))
    count = word_text(fetched(browser, "vote_count", "docx"))
    assert "Kết quả biểu quyết xét khen thưởng năm 2019" in count
    assert "Bà Nguyễn Thị Ượng" in count
    assert "02/04" in count
    sheet = word_text(fetched(browser, "summary_sheet", "docx"))
    assert "Phiên họp số 01/2019" in sheet
    assert "tối đa 03 tập thể, 06 cá nhân và hộ gia đình" in sheet
    book = load_workbook(io.BytesIO(fetched(browser, "summary_sheet", "xlsx")))
    codes = [cell.value for sheet in book for cell in sheet["B"] if str(cell.value).startswith("HS-")]
    assert sorted(codes) == sorted([*OURS_CODES, THEIR_CODE])


def test_office_files_are_for_saving_and_nothing_is_kept_by_the_way(browser, concluded):
    browser.sign_in_as(concluded.person("secretary"))
    answer = browser.client.get(file("summary_sheet", "xlsx"))
    named = answer.headers["Content-Disposition"]
    assert named.startswith(f'attachment; filename="Bang trich ngang {SESSION}.xlsx"')
    assert unquote(named).endswith(f"Bảng trích ngang {SESSION}.xlsx")
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_reading_is_noted(browser, concluded):
    browser.sign_in_as(concluded.person("auditor"))
    fetched(browser, "vote_count", "docx")
    fetched(browser, "vote_count", "pdf")
    assert [event.fields["case"] for event in concluded.access("dossier_read")] == [SESSION]
    assert [event.fields["paper"] for event in concluded.access("paper_read")] == [paper_of("vote_count")]


def test_member_without_a_role_reads_the_sheet_and_the_packet_and_no_more(browser, council):
    code = council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    member = council.person("member1").id
    db.session.execute(delete(RoleHolding).where(RoleHolding.person_id == member))
    db.session.commit()
    browser.sign_in_as(council.person("member1"))
    assert browser.client.get(f"/council/sessions/{code}").status_code == 200
    assert browser.client.get(file("summary_sheet", "docx", code)).status_code == 200
    assert browser.client.get(f"/council/sessions/{code}/packet.pdf").status_code == 200
    assert browser.client.get(file("vote_count", "docx", code)).status_code == 404


def test_page_links_every_file_that_is_there(browser, concluded):
    browser.sign_in_as(concluded.person("secretary"))
    assert links(browser) == {file(*one) for one in EVERY} | {f"{PAGE}/packet.pdf", f"{PAGE}/letters"}
    assert "dự thảo" not in browser.get(PAGE).one(".paper-files").get_text()


def test_page_marks_drafts(browser, drafted):
    browser.sign_in_as(drafted.person("secretary"))
    assert browser.get(PAGE).one(".paper-files").get_text().count("dự thảo") == 2
