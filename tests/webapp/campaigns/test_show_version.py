"""A rule set is amended on its pages: entry by entry in a draft, sent, compared, approved."""

import datetime as dt

import pytest

from tests.people import TINH_BIEN
from webapp.operations import people
from webapp.operations.acting import SYSTEM

FORM = "main form"
SET = f"/campaigns/rules/law-2014?unit={TINH_BIEN}"


@pytest.fixture
def admin(signed_in, office):
    """The administrator of Tịnh Biên before the rule set in force."""
    clerk = office.person("clerk").public_id
    people.give_role(clerk, "admin", TINH_BIEN, dt.date(2018, 1, 1), actor=SYSTEM, now=office.now)
    browser = signed_in("clerk")
    browser.get(SET)
    return browser


def follow(browser, label):
    """Open the link that screen readers call so; the first where there are several."""
    links = browser.page.all("main a")
    found = next(link for link in links if label in (link.get("aria-label"), link.get_text(strip=True)))
    return browser.get(str(found["href"]))


def changes(page):
    """Entry, what it said, what it says."""
    return [
        tuple(cell.get_text(" ", strip=True) for cell in row.select("th, td"))
        for row in page.all("section[aria-labelledby=draft-title] tbody tr")
    ]


def amended(admin, **fields):
    follow(admin, "Sửa: Thẩm định hồ sơ")
    given = {"days": "12", "from_day": "01/01/2020", "citation": "Quyết định số 15/QĐ-UBND"}
    return admin.submit(FORM, **{**given, **fields})


def press(browser, act, status=200):
    """Press the button of the draft whose address ends so."""
    button = browser.page.one(f"button[formaction*='/{act}?'], button[formaction$='/{act}']")
    return browser.post(str(button["formaction"]), status=status)


def test_from_an_entry_to_the_rule_in_force(admin, signed_in):
    page = amended(admin)
    before, after = changes(page)
    assert before[0] == "Thẩm định hồ sơ"
    assert "10 ngày làm việc" in before[1]
    assert "đến 31/12/2019" in before[2]
    assert after[:2] == ("Thẩm định hồ sơ mới", "–")
    assert "12 ngày làm việc" in after[2]
    press(admin, "submit")
    authority = signed_in("authority")
    assert "Có dự thảo sửa đổi chờ phê duyệt" in authority.get("/notices").text
    link = authority.get(f"/campaigns/rules?unit={TINH_BIEN}").one("section li a")
    authority.get(str(link["href"]))
    page = press(authority, "approve")
    assert "Bản sửa đổi của huyện Tịnh Biên." in page.text
    assert "12 ngày làm việc" in page.text
    page = follow(authority, "So sánh")
    assert "12 ngày làm việc" in page.text


def test_the_authority_finds_it_with_its_tasks_and_returns_it_with_a_reason(admin, signed_in):
    amended(admin)
    press(admin, "submit")
    authority = signed_in("authority")
    strip = authority.get("/inbox/mine").one(".awaiting")
    assert strip.h2.get_text(" ", strip=True) == "Chờ phê duyệt 1"
    assert "huyện Tịnh Biên" in strip.text
    authority.get(str(strip.a["href"]))
    action = str(authority.page.one(".return-fold form")["action"])
    authority.post(action, {"reason": " "}, status=422)
    page = authority.post(action, {"reason": "Ghi rõ căn cứ của hạn 12 ngày."})
    assert not page.all("button[formaction$='/approve']")
    assert not authority.get("/inbox/mine").all(".awaiting")
    clerk = signed_in("clerk")
    assert "Ghi rõ căn cứ của hạn 12 ngày." in clerk.get("/notices").text
    page = clerk.get(action.replace("/return", ""))
    assert "Người có thẩm quyền trả lại: Ghi rõ căn cứ" in page.one(".returned-draft").get_text(
        " ", strip=True
    )
    follow(clerk, "Sửa: Thẩm định hồ sơ")
    page = clerk.submit(FORM, days="11", citation="Quyết định 15")
    assert "Ghi rõ căn cứ" in page.text, "what was asked for stays in sight until it is sent again"
    page = press(clerk, "submit")
    assert "Ghi rõ căn cứ" not in page.text
    assert signed_in("authority").get("/inbox/mine").all(".awaiting")


def test_what_is_wrong_is_named_and_nothing_typed_is_lost(admin):
    follow(admin, "Sửa: Thẩm định hồ sơ")
    page = admin.submit(FORM, 422, days="0x", from_day="32/13/2020", note="Sẽ hỏi lại")
    assert len(page.all(".field-fault")) == 2
    assert page.form(FORM)["note"] == "Sẽ hỏi lại"
    page = admin.submit(FORM, 422, act="correct", days="10", from_day="", note="")
    assert "Nội dung không khác" in page.text


def test_an_entry_is_ended_and_one_added(admin):
    follow(admin, "Chấm dứt: Tài liệu minh chứng thành tích")
    admin.submit(FORM, last_day="31/12/2019")
    admin.get(admin.page.answer.request.path.split("?")[0] + "/add/refusal_grounds")
    page = admin.submit(FORM, code="late", name="Nộp quá hạn", citation="Quy chế", mark="unverified")
    assert [row[0] for row in changes(page)] == ["Tài liệu minh chứng thành tích", "Nộp quá hạn mới"]


@pytest.mark.parametrize(("years", "said"), [("70", "70 năm (Cấp tỉnh)"), ("", "vĩnh viễn (Cấp tỉnh)")])
def test_how_long_files_are_kept_is_a_number_of_years_or_for_ever(admin, years, said):
    follow(admin, "Chấm dứt: Tài liệu minh chứng thành tích")
    admin.submit(FORM, last_day="31/12/2019")
    admin.get(admin.page.answer.request.path.split("?")[0] + "/add/retention_periods")
    source = {"citation": "Quy chế văn thư", "mark": "unverified"}
    page = admin.submit(
        FORM, code="flags", name="Hồ sơ cờ thi đua", levels=["province"], years=years, **source
    )
    assert [row[0] for row in changes(page)][-1] == "Hồ sơ cờ thi đua mới"
    assert changes(page)[-1][2].startswith(said)


def test_an_award_comes_with_who_decides_it(admin):
    version = admin.page.one("a[href$='/text?unit=an-giang/tinh-bien']")["href"].partition("/text")[0]
    admin.get(f"{version}/add/awards?unit={TINH_BIEN}")
    page = admin.submit(
        FORM,
        code="letter_of_praise",
        name="Thư khen",
        family="commendation",
        kinds=["individual"],
        citation="Quy chế",
        mark="unverified",
        **{"decided_by-0-level": "district", "decided_by-0-office": "Chủ tịch Ủy ban nhân dân huyện"},
    )
    assert [row[0] for row in changes(page)] == ["Thư khen mới", "Thư khen: Cấp huyện mới"]


def test_a_page_left_open_does_not_overwrite(admin):
    first = follow(admin, "Sửa: Thẩm định hồ sơ")
    address = first.answer.request.full_path
    admin.submit(FORM, days="12", from_day="01/01/2020", citation="A")
    page = admin.get(address, status=409)
    assert "đã có người sửa tiếp" in page.text


def test_the_whole_text_is_checked_line_by_line(admin):
    follow(admin, "Sửa toàn văn")
    text = admin.page.form(FORM)["text"]
    page = admin.submit(FORM, 422, text=text.replace("days: 10", "days: mười", 1))
    assert "Dòng" in page.one(".field-fault").get_text()
    assert "days: mười" in page.form(FORM)["text"]


def test_the_file_is_what_is_kept(admin):
    link = admin.page.one("a[download][href*='.yaml']")
    answer = admin.client.get(str(link["href"]))
    assert answer.mimetype == "application/yaml"
    assert answer.get_data(as_text=True).startswith("# Bộ quy định")


@pytest.mark.parametrize("username", ["officer", "secretary", "member1", "auditor"])
def test_others_read_what_is_in_force_and_learn_of_no_draft(admin, signed_in, username):
    page = amended(admin)
    draft = page.answer.request.path
    other = signed_in(username)
    assert "dự thảo" not in other.get("/campaigns/rules/law-2014").text
    other.get(draft, status=404)
    other.get(f"{draft}/amend/clocks/0", status=403)
    other.post(f"{draft}/approve", status=403)


def test_an_administrator_of_another_unit_amends_nothing_here(admin, signed_in):
    page = amended(admin)
    draft = page.answer.request.path
    province = signed_in("admin")
    province.get(draft, status=404)
    assert province.get("/campaigns/rules/law-2014").all(".rule-acts a")
