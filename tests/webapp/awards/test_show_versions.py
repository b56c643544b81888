"""Versions of a decision: kept at each draft, compared on a page and in Word."""

import io

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.redrafting import DRAFT, drafted_anew
from tests.sittings import OURS_CODES, THEIR_CODE
from tests.webapp.documents.papers import needs_poppler, text

COUNCIL = "concluded"
CODE = "QD-2019-0001"
PAGE = f"/awards/decisions/{CODE}/versions"


@pytest.fixture
def drafted(council):
    """A draft on two nominations; the first of them is a person, the other a collective."""
    council.draft(OURS_CODES[:2])
    return council


@pytest.fixture
def redrafted(drafted):
    """The collective has gone, two others came; the abstract and an article read otherwise."""
    title = DRAFT["title"].replace("khen thưởng", "tặng Giấy khen")
    codes = [OURS_CODES[0], OURS_CODES[2], THEIR_CODE]
    drafted_anew(drafted, CODE, codes, title=title, more_articles="Giao Phòng Nội vụ theo dõi.")
    return drafted


def test_one_version_has_nothing_to_be_compared_with(browser, drafted):
    browser.sign_in_as(drafted.person("office"))
    page = browser.get(PAGE)
    assert "Bản số 1" in page.text
    assert "Mới có một bản, chưa có gì để so sánh." in page.text


def test_page_shows_what_came_and_went_in_text_and_list(browser, redrafted):
    browser.sign_in_as(redrafted.person("office"))
    link = browser.get(f"/awards/decisions/{CODE}").one(f"a[href='{PAGE}']")
    assert link.get_text(strip=True) == "2 bản dự thảo"
    page = browser.get(PAGE)
    assert "thưởng" in [each.get_text(strip=True) for each in page.all(".answers del")]
    assert "tặng Giấy" in [each.get_text(strip=True) for each in page.all(".answers ins")]
    changes = {
        row.th.get_text(strip=True): row.select("td")[1].get_text(" ", strip=True)
        for row in page.all("#compared-title ~ .table-wrap tbody tr")
    }
    assert changes["Tổ tự quản số 1"] == "không còn trong danh sách"
    assert changes["Tổ tự quản số 2"].startswith("mới vào danh sách")
    assert changes["Hội Nông dân xã An Phú"].startswith("mới vào danh sách")
    assert "Bà Nguyễn Thị Ượng" not in changes


@needs_poppler
def test_each_version_can_be_read_as_it_was(browser, redrafted):
    browser.sign_in_as(redrafted.person("office"))
    first, second = (text(browser.client.get(f"{PAGE}/{number}.pdf").data) for number in (1, 2))
    assert "Tổ tự quản số 1" in first
    assert "Tổ tự quản số 1" not in second
    assert "Điều 3. Giao Phòng Nội vụ theo dõi." in second
    assert "DỰ THẢO" in first
    for wanted in (f"{10**30}.pdf", f"2.docx?against={10**30}"):
        assert browser.client.get(f"{PAGE}/{wanted}").status_code == 404


def test_word_file_tracks_the_changes_under_the_name_of_who_drafted(browser, redrafted):
    browser.sign_in_as(redrafted.person("office"))
    link = browser.get(PAGE).one("a[href$='against=1']")
    body = Document(io.BytesIO(browser.client.get(link["href"]).data)).element.body
    struck = {"".join(t.text for t in each.iter(qn("w:delText"))) for each in body.iter(qn("w:del"))}
    assert "Tổ tự quản số 1" in struck
    assert {each.get(qn("w:author")) for each in body.iter(qn("w:del"))} == {"Ngô Thị Chuyên Viên"}


def test_numbered_decision_is_compared_as_it_stands_now(browser, redrafted):
    redrafted.sign(CODE)
    redrafted.number(CODE, 8)
    browser.sign_in_as(redrafted.person("clerk"))
    page = browser.get(PAGE)
    assert page.one("#compared-title").get_text(strip=True) == "Thay đổi: bản hiện tại so với bản số 2"
    assert "8" in [each.get_text(strip=True).partition("/")[0] for each in page.all(".answers ins")]


def test_what_is_asked_for_wrongly_is_not_there(browser, redrafted):
    browser.sign_in_as(redrafted.person("office"))
    browser.get(f"{PAGE}?old=1&new=7", status=404)
    browser.get(f"{PAGE}/3.pdf", status=404)
    browser.get(f"{PAGE}/2.docx?against=9", status=404)
    browser.sign_in_as(redrafted.person("officer"))
    browser.get(PAGE, status=404)
    browser.get(f"{PAGE}/1.pdf", status=404)
