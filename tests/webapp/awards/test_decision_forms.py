"""The forms of a decision as somebody opens them: usual texts, awards and ceilings beside names, prizes as decided."""

import io

from docx import Document
from sqlalchemy import select

from tests.factories import ROUND
from tests.redrafting import drafted_anew
from tests.sittings import OURS_CODES
from webapp.documents.blocks import FORCE
from webapp.extensions import db
from webapp.models import Award, DecisionVersion

COUNCIL = "concluded"


def opened(browser, council, username, element, code):
    """The page of a task that the person has taken."""
    browser.sign_in_as(council.person(username))
    browser.get(f"/tasks/{council.task(element, code).public_id}")
    return browser.submit("main .notice form")


def test_draft_begins_with_the_usual_texts_and_names_award_and_ceiling(browser, council):
    code = council.start("specialist", "award_issuance", round=ROUND)
    page = opened(browser, council, "specialist", "draft_decision", code)
    form = page.form("form.task-form")
    assert form["title"].startswith("Về việc khen thưởng phong trào")
    assert form["achievement"].startswith("Đã có thành tích trong phong trào")
    assert form["prize_source"] == "Quỹ thi đua, khen thưởng của huyện"
    assert form["copies_to"].split("\n") == ["Như Điều 3", "Lưu: VT"]
    offered = [label.get_text(strip=True) for label in page.all(".options .form-check-label")]
    [first] = [text for text in offered if text.startswith("Nguyễn Thị Ượng – xã An Cư: Giấy khen (")]
    assert first.endswith(", tối đa 03 tập thể, 06 cá nhân và hộ gia đình)")
    assert page.all(".options")[0]["data-all"] == "Chọn tất cả"


def test_handing_over_begins_with_names(browser, council):
    code = council.draft(OURS_CODES[:2])
    council.sign(code)
    council.number(code, 7)
    page = opened(browser, council, "specialist", "hand_over", code)
    form = page.form("form.task-form")
    assert form["recipients-0-received_by"] == "Tổ tự quản số 1"
    assert form["recipients-1-received_by"] == "Nguyễn Thị Ượng"
    assert page.one("[data-copy]")["data-copy"] == "như dòng đầu cho các dòng còn trống"


def test_who_has_not_got_it_yet_is_left_for_another_time(browser, council):
    code = council.draft(OURS_CODES[:2])
    council.sign(code)
    council.number(code, 7)
    opened(browser, council, "specialist", "hand_over", code)
    early = {"recipients-0-handed_on": "13/12/2019", "act": "complete"}
    page = browser.submit("form.task-form", status=422, decision="more", **early)
    assert "không được trước 14/12/2019, ngày của quyết định." in page.text
    day = {"recipients-0-handed_on": "14/12/2019", "act": "complete"}
    page = browser.submit(
        "form.task-form", status=422, decision="more", **day, **{"recipients-0-relation": "con"}
    )
    assert "Nhận thay thì ghi tên người đến nhận" in page.text
    day["recipients-0-relation"] = ""
    page = browser.submit("form.task-form", status=422, decision="done", **day)
    assert "Chưa có ngày trao: Nguyễn Thị Ượng." in page.text
    browser.submit("form.task-form", decision="more", **day)
    page = opened(browser, council, "specialist", "hand_over", code)
    form = page.form("form.task-form")
    assert form["recipients-0-received_by"] == "Nguyễn Thị Ượng"
    assert "recipients-1-received_by" not in form


def test_recipients_of_copies_stand_there_with_their_usual_way(browser, council):
    code = council.draft(OURS_CODES[:1])
    council.sign(code)
    council.number(code, 7)
    page = opened(browser, council, "clerk", "send_copies", code)
    form = page.form("form.task-form")
    assert (form["copies-0-recipient"], form["copies-0-way"]) == ("Thường trực Huyện ủy", "document_system")
    assert "xã An Cư" in page.text
    sent = {"copies-0-way": "none", "act": "complete"}
    page = browser.submit("form.task-form", status=422, sent_on="13/12/2019", **sent)
    assert "“Ngày gửi” không được trước 14/12/2019, ngày của quyết định." in page.text
    browser.submit("form.task-form", sent_on="14/12/2019", **sent)
    page = browser.get(f"/awards/decisions/{code}")
    assert page.one(".copies-way").get_text() == "phần mềm quản lý văn bản · 14/12/2019"
    assert [each.get_text() for each in page.all(".copies-way + ul li")] == ["xã An Cư"]


def test_draft_begins_with_the_bases_of_the_rule_set_and_the_standard_articles(browser, council):
    code = council.start("specialist", "award_issuance", round=ROUND)
    page = opened(browser, council, "specialist", "draft_decision", code)
    form = page.form("form.task-form")
    assert form["signer"] == council.person("authority").public_id, "nobody else can sign"
    assert (
        form["legal_bases"]
        .split("\n")[1]
        .startswith("Căn cứ Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003")
    )
    assert form["article_awards"] == "[khen thưởng] [thành tích] (có danh sách kèm theo)."
    assert form["entry_into_force"] == FORCE
    assert "Trưởng phòng Tài chính - Kế hoạch" in form["executors"]
    assert form["grouping"] == "award"
    assert {each["data-standard"] for each in page.all("template[data-standard]")} >= {
        "f-legal_bases",
        "f-article_awards",
        "f-executors",
    }


def facts_of(number):
    return db.session.scalar(select(DecisionVersion.facts).where(DecisionVersion.number == number))


def test_own_wording_is_printed_and_an_emptied_text_is_the_standard_one(council):
    code = council.draft(
        OURS_CODES[:2], entry_into_force="Có hiệu lực từ ngày 01/01/2020.", executors="Ai cũng thi hành."
    )
    assert facts_of(1)["blocks"]["force"] == "Có hiệu lực từ ngày 01/01/2020."
    drafted_anew(council, code, OURS_CODES[:2])
    blocks = facts_of(2)["blocks"]
    assert blocks["force"] == FORCE
    assert blocks["execution"].startswith("Chánh Văn phòng")


def test_place_that_cannot_be_filled_is_named(browser, council):
    code = council.start("specialist", "award_issuance", round=ROUND)
    opened(browser, council, "specialist", "draft_decision", code)
    page = browser.submit(
        "form.task-form",
        422,
        act="complete",
        nominations=OURS_CODES[0],
        signer=council.person("authority").public_id,
        article_awards="Tặng [số lượng] người.",
    )
    assert "không có gì để điền vào [số lượng]" in page.text


def test_list_and_register_run_by_award_and_kind_or_by_strand(council):
    council.draft(OURS_CODES[:3])
    groups = facts_of(1)["groups"]
    assert [group["title"] for group in groups] == ["Giấy khen"]
    assert [line["nominee"]["kind"] for line in groups[0]["lines"]] == [
        "collective",
        "collective",
        "individual",
    ]
    assert groups[0]["lines"][0]["part"].startswith("Nội dung thi đua")
    awards = db.session.scalars(select(Award).order_by(Award.position)).all()
    assert [each.nomination.case.title for each in awards][-1] == "Nguyễn Thị Ượng"


def test_draft_is_a_word_file_with_the_same_list(browser, council):
    code = council.draft(OURS_CODES[:2], grouping="strand")
    browser.sign_in_as(council.person("head"))
    link = browser.get(f"/awards/decisions/{code}").one("a[href$='/drafts/decision.docx']")
    document = Document(io.BytesIO(browser.client.get(link["href"]).data))
    rows = [[cell.text for cell in row.cells] for row in document.tables[-1].rows]
    assert rows[1][1].startswith("Nội dung thi đua")
    assert ["2", "Bà Nguyễn Thị Ượng", "xã An Cư", "450.000\u00a0đ"] in rows
