"""Lists, letters and index that follow a decision, and who received what in whose place."""

import io

import pytest
from docx import Document

from tests.awarded import CODE, COLLECTIVE, OTHER_COLLECTIVE, PAGE, PERSON, award, awarded
from tests.webapp.documents.papers import needs_poppler, pages, text
from webapp.extensions import db
from webapp.models import ArchivedFile

__all__ = ["awarded"]

COUNCIL = "concluded"


def hand_over(council, *codes, decision="done", **more):
    rows = [
        {"recipient": code, "handed_on": "2019-12-14", "received_by": "Nguyễn Văn Tý"} | more
        for code in codes
    ]
    council.do("specialist", "hand_over", CODE, recipients=rows, decision=decision)


def steps(page):
    """How far each step has come."""
    return {
        step.dt.get_text(strip=True): count.get_text(strip=True)
        for step in page.all(".after-steps > div")
        if (count := step.select_one(".after-count"))
    }


@needs_poppler
def test_who_receives_an_award_for_another_stands_on_the_list_with_relation_and_paper(browser, awarded):
    task = awarded.task("hand_over", CODE).public_id
    paper = awarded.paper("specialist", task, "proxy", "uy-quyen.pdf")
    hand_over(awarded, PERSON, decision="more", relation="con trai", proxy=paper)
    handed = award(PERSON)
    assert (handed.handed_over_to, handed.received_relation) == ("Nguyễn Văn Tý", "con trai")
    assert handed.proxy_paper.filename == "uy-quyen.pdf"
    browser.sign_in_as(awarded.person("clerk"))
    page = browser.get(PAGE)
    assert steps(page)["Đã trao"] == "1/3"
    assert "con trai" in page.one("#awardees-title ~ * tbody").get_text()
    said = text(browser.client.get(f"{PAGE}/handover.pdf").data)
    assert "Nguyễn Văn Tý con trai" in said
    assert "Tổng cộng: 02 tập thể, 01 cá nhân 2.250.000 đ" in said
    assert said.count("Có Không") == 1, "only persons and households are asked to be shown"


@needs_poppler
def test_the_list_for_the_notice_board_has_no_money(browser, awarded):
    browser.sign_in_as(awarded.person("secretary"))
    browser.get(PAGE).one(f"a[href='{PAGE}/published.pdf']")
    said = text(browser.client.get(f"{PAGE}/published.pdf").data)
    assert "DANH SÁCH ĐƯỢC KHEN THƯỞNG" in said
    assert "I Giấy khen Tập thể (02) 1 Tổ tự quản số 1 xã An Cư Giấy khen" in said, (
        "in the order of the annex"
    )
    assert "450.000" not in said


@needs_poppler
def test_each_unit_gets_a_letter_about_its_own(browser, awarded):
    browser.sign_in_as(awarded.person("specialist"))
    [link] = browser.get(PAGE).all(".after-letters a")
    said = text(browser.client.get(link["href"]).data)
    assert "Kính gửi: Ủy ban nhân dân xã An Cư." in said
    assert "có 02 tập thể, 01 cá nhân được khen thưởng" in said
    assert "chậm nhất ngày 13 tháng 01 năm 2020" in said
    browser.get(f"{PAGE}/letters/an-giang/tinh-bien/an-phu.pdf", 404)


@needs_poppler
def test_the_index_of_the_file_says_how_long_it_is_kept_and_by_which_rule(browser, awarded):
    browser.sign_in_as(awarded.person("clerk"))
    browser.get(PAGE).one(f"a[href='{PAGE}/file-index.docx']")
    said = " ".join(pages(browser.client.get(f"{PAGE}/file-index.pdf").data))
    assert "Thời hạn bảo quản 10 năm (đến hết ngày 31/12/2029)" in said
    assert "Căn cứ: Giá trị mặc định của phần mềm, chưa kiểm chứng [chưa kiểm chứng]" in said
    assert "Quyết định khen thưởng" in said
    assert "Biên bản họp Hội đồng" in said
    assert "uy-quyen.pdf" not in said
    word = Document(io.BytesIO(browser.client.get(f"{PAGE}/file-index.docx").data))
    assert any("Thời hạn bảo quản: 10 năm" in line.text for line in word.paragraphs)


@pytest.mark.parametrize(("role", "status"), [("head", 403), ("secretary", 403), ("officer", 403)])
def test_the_index_is_for_who_closes_the_file(browser, awarded, role, status):
    browser.sign_in_as(awarded.person(role))
    browser.get(f"{PAGE}/file-index.pdf", status)


def test_a_closed_file_keeps_the_rule_of_its_day(browser, awarded):
    hand_over(awarded, PERSON, COLLECTIVE, OTHER_COLLECTIVE)
    awarded.do("clerk", "send_copies", CODE)
    awarded.do("secretary", "publish_decision", CODE)
    awarded.do("clerk", "close_file", CODE, file_number="12/2019-KT", kept_at="Kho lưu trữ, tủ 3")
    db.session.rollback()
    [kept] = db.session.query(ArchivedFile).all()
    assert (kept.code, kept.kept_at, kept.kept_until.isoformat()) == (
        "12/2019-KT",
        "Kho lưu trữ, tủ 3",
        "2029-12-31",
    )
    assert kept.retention == {
        "code": "lower_awards",
        "name": "Hồ sơ khen thưởng do cấp huyện, cấp xã, đơn vị quyết định",
        "years": 10,
        "citation": "Giá trị mặc định của phần mềm, chưa kiểm chứng",
        "mark": "unverified",
    }
    browser.sign_in_as(awarded.person("clerk"))
    page = browser.get(PAGE)
    assert "bảo quản đến hết 31/12/2029" in page.one(".after-steps").get_text()
    assert "đã lập hồ sơ lưu; bảo quản đến hết 31/12/2029" in page.text


@pytest.mark.parametrize("path", ["handover.pdf", "published.pdf", "letters/an-giang/tinh-bien/an-cu.pdf"])
def test_lists_are_for_who_issues_awards(browser, awarded, path):
    browser.sign_in_as(awarded.person("member1"))
    browser.get(f"{PAGE}/{path}", 403)
