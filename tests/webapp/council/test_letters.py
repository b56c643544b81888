"""Letters with the results of a session: one to each submitting unit, read by that unit alone."""

import io

import pytest
from docx import Document
from sqlalchemy import select

from tests.offices import scene
from tests.people import AN_CU, AN_PHU
from tests.sittings import CODES, SESSION, SIGNATURE
from tests.webapp.documents.papers import needs_poppler, text
from webapp.extensions import db
from webapp.models import Notice, Paper
from webapp.operations.outbox import lease_due, run_item
from webapp.queries.letter_papers import DOCUMENT

LIST = f"/council/sessions/{SESSION}/letters"
OUR_PEOPLE = {"officer", "colleague", "commune_chair"}
THEIR_PEOPLE = {"other_officer", "other_chair", "member2"}


def voted(council):
    """The first two nominees have too few votes; the rest pass."""
    for username in ("authority", "chair"):
        council.vote(username, SESSION, HS_2019_0001="disagree", HS_2019_0002="abstain")
    council.vote("member1", SESSION)
    council.vote("member2", SESSION, HS_2019_0005="none")


@scene
def concluded(council):
    voted(council)
    council.conclude(SESSION)
    return council


def letter(unit, form="pdf"):
    return f"{LIST}/{unit}.{form}"


def letters():
    return list(db.session.scalars(select(Paper).where(Paper.document_type == DOCUMENT).order_by(Paper.id)))


def readable(browser):
    """Units whose letter the person signed in can open, as a PDF and as a Word file alike."""
    found = {
        (unit, form): browser.client.get(letter(unit, form)).status_code
        for unit in (AN_CU, AN_PHU)
        for form in ("pdf", "docx")
    }
    assert set(found.values()) <= {200, 404}
    pdf = {unit for (unit, form), status in found.items() if (form, status) == ("pdf", 200)}
    assert pdf == {unit for (unit, form), status in found.items() if (form, status) == ("docx", 200)}
    return pdf


@pytest.mark.parametrize("username", sorted(OUR_PEOPLE))
def test_people_of_a_unit_read_its_letter_and_no_other(browser, concluded, username):
    browser.sign_in_as(concluded.person(username))
    assert readable(browser) == {AN_CU}
    assert browser.client.get(f"/council/sessions/{SESSION}").status_code == 404


@pytest.mark.parametrize("username", ["other_officer", "other_chair"])
def test_people_of_another_unit_read_theirs(browser, concluded, username):
    browser.sign_in_as(concluded.person(username))
    assert readable(browser) == {AN_PHU}


@pytest.mark.parametrize("username", ["secretary", "chair", "head", "authority", "auditor"])
def test_who_runs_or_audits_the_council_reads_all(browser, concluded, username):
    browser.sign_in_as(concluded.person(username))
    assert readable(browser) == {AN_CU, AN_PHU}
    assert [one.get_text() for one in browser.get(LIST).all(".paper-files li > span:first-child")] == [
        "xã An Cư",
        "xã An Phú",
    ]


@pytest.mark.parametrize("username", ["registrant", "other_registrant", "police", "admin", "stranger"])
def test_others_read_none(browser, concluded, username):
    browser.sign_in_as(concluded.person(username))
    assert readable(browser) == set()
    browser.get(LIST, status=404)
    assert concluded.access("paper_read") == []
    assert len(concluded.access("act_refused")) == 5


def test_there_is_none_before_the_minutes_are_signed(browser, council):
    voted(council)
    council.minute(SESSION)
    for username in ("officer", "secretary"):
        browser.sign_in_as(council.person(username))
        browser.get(LIST, status=404)
        assert readable(browser) == set()
    assert letters() == []


@pytest.mark.parametrize("unit", ["an-giang", "an-giang/tinh-bien/cong-an", "nowhere", "an-giang/tinh-bien"])
def test_unit_that_submitted_nothing_has_no_letter(browser, concluded, unit):
    browser.sign_in_as(concluded.person("secretary"))
    assert browser.client.get(letter(unit)).status_code == 404


@needs_poppler
def test_letter_tells_a_unit_its_own_results_with_the_grounds(browser, concluded):
    browser.sign_in_as(concluded.person("officer"))
    written = text(browser.client.get(letter(AN_CU)).data)
    assert "Kính gửi: Ủy ban nhân dân xã An Cư." in written
    assert "Kết quả xét khen thưởng năm 2019" in written
    assert (
        "I. Đủ điều kiện khen thưởng, trình Chủ tịch Ủy ban nhân dân huyện Tịnh Biên quyết định: "
        "02 hồ sơ (02 tập thể)" in written
    )
    assert "II. Không đủ điều kiện khen thưởng: 02 hồ sơ (01 tập thể, 01 cá nhân)" in written
    assert "Bà Nguyễn Thị Ượng" in written
    ground = (
        "Không đủ tỷ lệ đồng ý: 02/04 đồng ý (50%), chưa đạt trên 50% tổng số thành viên Hội đồng (cần 03)"
    )
    assert ground in written
    assert written.count("02/04 đồng ý") == 2
    assert "chưa kiểm chứng" not in written
    assert "TM. HỘI ĐỒNG KT. CHỦ TỊCH HỘI ĐỒNG PHÓ CHỦ TỊCH THƯỜNG TRỰC Lý Thị Thường Trực" in written
    assert "Hội Nông dân xã An Phú" not in written


def test_word_file_says_the_same(browser, concluded):
    browser.sign_in_as(concluded.person("other_officer"))
    answer = browser.client.get(letter(AN_PHU, "docx"))
    document = Document(io.BytesIO(answer.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert any("Hội Nông dân xã An Phú" in cell for cell in cells)
    assert not any("Tổ tự quản" in cell for cell in cells)
    assert "Kính gửi: Ủy ban nhân dân xã An Phú." in [one.text for one in document.paragraphs]


def test_letters_are_kept_once_though_the_worker_dies_half_way(council):
    voted(council)
    council.minute(SESSION)
    council.work()
    council.do("chair", "sign_minutes", SESSION, decision="sign", signature=SIGNATURE)
    [delivering] = lease_due(council.now)
    run_item(delivering, council.now)
    run_item(delivering, council.now)
    assert [paper.filename for paper in letters()] == [
        f"Thông báo kết quả {SESSION} xã An Cư.pdf",
        f"Thông báo kết quả {SESSION} xã An Phú.pdf",
    ]


def test_people_of_the_units_hear_of_it_once_and_are_led_to_it(browser, concluded):
    told = list(
        db.session.scalars(select(Notice.person_id).where(Notice.template == "session_result_letter"))
    )
    wanted = {concluded.person(username).id for username in OUR_PEOPLE | THEIR_PEOPLE}
    assert (len(told), set(told)) == (len(wanted), wanted)
    browser.sign_in_as(concluded.person("officer"))
    page = browser.get("/notices")
    said = "Đã có thông báo kết quả xét khen thưởng của đơn vị: Phiên họp số 01/2019 của Hội đồng."
    [form] = [form for form in page.all(".notice-list form") if said in form.get_text()]
    page = browser.post(str(form["action"]))
    assert page.heading == "Thông báo kết quả"
    assert [str(link["href"]) for link in page.all(".paper-files a")] == [
        letter(AN_CU),
        letter(AN_CU, "docx"),
    ]


@needs_poppler
def test_withdrawn_and_deferred_are_told_apart(browser, council):
    from webapp.operations.interventions import stop_case

    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    stop_case(CODES[3], "Xin rút", actor=council.actor("officer"), now=council.now)
    council.vote("member2", SESSION, HS_2019_0005="none")
    council.conclude(SESSION)
    browser.sign_in_as(council.person("officer"))
    written = text(browser.client.get(letter(AN_CU)).data)
    assert "II. Không xét do đã rút hồ sơ: 01 hồ sơ (01 tập thể)" in written
    assert "Không đủ điều kiện" not in written
