"""The page of a decision and its draft as a paper."""

import pytest
from sqlalchemy import delete, func, select

from tests.offices import scene
from tests.sittings import OURS_CODES
from tests.statements import statements
from tests.webapp.documents.papers import needs_poppler, text
from webapp.extensions import db
from webapp.follow_codes import typed_code
from webapp.models import Paper, Verification

COUNCIL = "concluded"
CODE = "QD-2019-0001"
PAGE = f"/awards/decisions/{CODE}"
DRAFT = f"/cases/{CODE}/drafts/decision.pdf"


@scene
def drafted(council):
    """A draft on two nominations, with legal bases left to the rule set."""
    council.draft(OURS_CODES[:2])
    return council


def steps(page):
    return {each.select_one(".step-name").get_text(): each["class"][1] for each in page.all(".step")}


def test_draft_shows_expected_prizes_and_whose_turn_it_is(browser, drafted):
    browser.sign_in_as(drafted.person("head"))
    page = browser.get(PAGE)
    assert steps(page) == {
        "Dự thảo": "step-done",
        "Trình": "step-current",
        "Kiểm tra": "step-ahead",
        "Ký": "step-ahead",
        "Vào số": "step-ahead",
        "Lập giấy khen": "step-ahead",
        "Gửi nơi nhận": "step-ahead",
        "Trao tặng": "step-ahead",
        "Công bố": "step-ahead",
        "Lập hồ sơ lưu": "step-ahead",
    }
    assert page.one(".decision-acts a").get_text(strip=True) == "Trình dự thảo quyết định"
    assert "Tiền thưởng dự kiến" in page.text
    assert page.one(".in-words span").get_text() == "Một triệu ba trăm năm mươi nghìn đồng"


def test_issued_decision_shows_numbers_and_papers(browser, drafted):
    drafted.sign(CODE)
    drafted.number(CODE, 8)
    browser.sign_in_as(drafted.person("clerk"))
    page = browser.get(PAGE)
    assert steps(page)["Lập giấy khen"] == "step-done"
    assert steps(page)["Trao tặng"] == "step-current"
    assert "08/QĐ-UBND" in page.text
    assert "Nguyễn Văn Chủ Tịch Chủ tịch · 14/12/2019" in page.text
    awardees = [" ".join(row.get_text(" ").split()) for row in page.all("tbody tr:not(.strand-row)")]
    assert awardees[1].startswith("2 Nguyễn Thị Ượng Cá nhân · xã An Cư Giấy khen 2 450.000 đ")
    papers = [link.find(string=True, recursive=False) for link in page.all(".file-list a:not([download])")]
    assert papers == ["Quyết định khen thưởng", "Giấy khen, bằng khen"]
    assert not page.all(f"a[href='{DRAFT}']")


def test_cancelled_draft_stops_where_it_stood(browser, drafted):
    from webapp.operations.interventions import stop_case

    stop_case(CODE, "Chờ chỉ đạo", actor=drafted.actor("head"), now=drafted.now)
    browser.sign_in_as(drafted.person("specialist"))
    page = browser.get(PAGE)
    assert steps(page) == {"Dự thảo": "step-done", "Đã hủy": "step-stopped"}
    assert "Dự thảo chưa có ai trong danh sách." in page.text


@needs_poppler
def test_draft_is_drawn_for_whoever_asks_and_not_kept(browser, drafted):
    kept = db.session.scalar(select(func.count()).select_from(Paper))
    browser.sign_in_as(drafted.person("office"))
    browser.get(PAGE).one(f"a[href='{DRAFT}']")
    answer = browser.client.get(DRAFT)
    assert answer.mimetype == "application/pdf"
    read = text(answer.data)
    assert "DỰ THẢO" in read
    assert "Căn cứ Luật Thi đua, Khen thưởng ngày 26 tháng 11 năm 2003" in read
    assert "Căn cứ kết quả biểu quyết tại Phiên họp số 01/2019" in read
    assert "Bà Nguyễn Thị Ượng" in read
    assert "450.000 đ" in read
    assert "(Đã ký)" not in read
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Paper)) == kept


def test_draft_of_an_issued_decision_leads_to_the_paper(browser, drafted):
    drafted.sign(CODE)
    drafted.number(CODE, 8)
    browser.sign_in_as(drafted.person("office"))
    assert browser.client.get(DRAFT, follow_redirects=True).data.startswith(b"%PDF")


@pytest.mark.parametrize("path", [PAGE, DRAFT])
def test_stranger_learns_nothing_of_a_decision(browser, drafted, path):
    browser.sign_in_as(drafted.person("officer"))
    browser.get(path, status=404)


def test_statements_do_not_grow_with_the_awardees(browser, drafted):
    drafted.draft([OURS_CODES[2]])
    browser.sign_in_as(drafted.person("specialist"))
    browser.get(PAGE)
    two = len(statements(lambda: browser.client.get(PAGE)))
    assert len(statements(lambda: browser.client.get("/awards/decisions/QD-2019-0002"))) == two


def test_numbered_decision_leads_to_what_anybody_sees_by_its_code(browser, drafted):
    drafted.sign(CODE)
    drafted.number(CODE, 8)
    browser.sign_in_as(drafted.person("clerk"))
    page = browser.get(PAGE)
    link = page.one("a[href^='/v/']")
    assert typed_code(link.get_text(strip=True)) == link["href"].removeprefix("/v/").partition(".")[0]
    assert "Quyết định số 08/QĐ-UBND" in browser.get(link["href"]).heading
    assert "Quyết định đã có mã để ai cũng kiểm tra được." in page.text
    assert "2 giấy khen, bằng khen đã có mã" in page.text


def test_decision_from_before_says_that_it_has_no_code(browser, drafted):
    drafted.sign(CODE)
    drafted.number(CODE, 8)
    db.session.execute(delete(Verification))
    db.session.commit()
    browser.sign_in_as(drafted.person("clerk"))
    page = browser.get(PAGE)
    assert "không có: vào số trước khi có mã kiểm tra" in page.text
    assert not page.all("a[href^='/v/']")


def test_papers_numbered_before_there_were_codes_are_drawn_without(browser, drafted):
    drafted.sign(CODE)
    form = {"number": 8, "symbol": "QĐ-UBND", "dated_on": drafted.today.isoformat()}
    drafted.do("clerk", "number_decision", CODE, **form)
    db.session.execute(delete(Verification))
    db.session.commit()
    drafted.work()
    papers = db.session.scalars(select(Paper).where(Paper.facts.is_not(None), Paper.case.has(code=CODE)))
    kept = {paper.document_type: paper.facts for paper in papers}
    assert kept["decision"]["code"] is None
    assert [one.get("code") for one in kept["certificate"]["certificates"]] == [None, None]
