"""The forms of a decision as somebody opens them: usual texts, awards and ceilings beside names, prizes as decided."""

from tests.factories import ROUND
from tests.sittings import OURS_CODES

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


def test_handing_over_begins_with_names_and_prizes(browser, council):
    code = council.draft(OURS_CODES[:2])
    council.sign(code)
    council.number(code, 7)
    page = opened(browser, council, "specialist", "hand_over", code)
    form = page.form("form.task-form")
    assert form["recipients-0-received_by"] == "Tổ tự quản số 1"
    assert form["recipients-0-prize"].replace(".", "") == "900000"
    assert form["recipients-1-received_by"] == "Nguyễn Thị Ượng"
    assert page.one("[data-copy]")["data-copy"] == "như dòng đầu cho các dòng còn trống"


def test_who_has_not_got_it_yet_is_left_for_another_time(browser, council):
    code = council.draft(OURS_CODES[:2])
    council.sign(code)
    council.number(code, 7)
    opened(browser, council, "specialist", "hand_over", code)
    day = {"recipients-0-handed_on": "14/12/2019", "act": "complete"}
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
    browser.submit("form.task-form", **{"copies-0-way": "none", "sent_on": "14/12/2019", "act": "complete"})
    page = browser.get(f"/awards/decisions/{code}")
    assert [" ".join(each.get_text().split()) for each in page.all("#copies-title + ul li")] == [
        "xã An Cư phần mềm quản lý văn bản · 14/12/2019"
    ]
