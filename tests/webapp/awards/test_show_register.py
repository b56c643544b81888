"""The register of commendations: on the screen by pages, whole as a sheet and as a book."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.offices import scene
from tests.sittings import OURS_CODES, THEIR_CODE
from tests.webapp.documents.papers import needs_poppler, pages
from webapp.awards import register_files
from webapp.extensions import db
from webapp.models import Award, Decision
from webapp.queries import register

COUNCIL = "concluded"
REGISTER = "/awards/register"


@scene
def registered(council):
    """Four awards in two decisions: numbers 1 to 4."""
    for number, codes in ((11, [OURS_CODES[0], THEIR_CODE]), (12, OURS_CODES[1:3])):
        decision = council.draft(codes)
        council.sign(decision)
        council.number(decision, number)
    return council


def entries(page):
    return {
        row.select_one(".register-number > span").find(string=True, recursive=False): row.th.a.get_text()
        for row in page.all("tbody tr")
    }


def test_entries_stand_in_the_order_of_their_numbers(browser, registered):
    browser.sign_in_as(registered.person("secretary"))
    page = browser.get(REGISTER)
    assert list(entries(page).items()) == [
        ("1/2019", "Hội Nông dân xã An Phú"),
        ("2/2019", "Nguyễn Thị Ượng"),
        ("3/2019", "Tổ tự quản số 1"),
        ("4/2019", "Tổ tự quản số 2"),
    ]
    assert "Tổng tiền thưởng: 3.150.000 đ" in page.text.replace(" :", ":")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("uong", ["Nguyễn Thị Ượng"]),
        ("nguyen thi", ["Nguyễn Thị Ượng"]),
        ("AN PHU", ["Hội Nông dân xã An Phú"]),
        ("tu quan 2", ["Tổ tự quản số 2"]),
        ("không có", []),
        ("%", []),
    ],
)
def test_search_finds_names_without_marks(browser, registered, words, found):
    browser.sign_in_as(registered.person("secretary"))
    assert list(entries(browser.get(REGISTER, query_string={"q": words})).values()) == found


def test_year_and_body_narrow_the_register(browser, registered):
    browser.sign_in_as(registered.person("auditor"))
    assert entries(browser.get(f"{REGISTER}?year=2018")) == {}
    assert len(entries(browser.get(f"{REGISTER}?year=2019&body=an-giang/tinh-bien"))) == 4
    assert entries(browser.get(f"{REGISTER}?body=an-giang")) == {}
    assert [o["value"] for o in browser.get(REGISTER).all("#filter-year option")] == ["", "2019"]


def test_pages_follow_one_another_without_a_gap(browser, registered, monkeypatch):
    for module in (register, __import__("webapp.awards.showing", fromlist=["x"])):
        monkeypatch.setattr(module, "PAGE_SIZE" if module is register else "REGISTER_SIZE", 3)
    browser.sign_in_as(registered.person("secretary"))
    first = browser.get(REGISTER)
    second = browser.get(str(first.one("a[rel=next]")["href"]))
    assert [*entries(first), *entries(second)] == ["1/2019", "2/2019", "3/2019", "4/2019"]


def test_commune_sees_the_awards_of_its_own(browser, registered):
    browser.sign_in_as(registered.person("officer"))
    assert list(entries(browser.get(REGISTER)).values()) == [
        "Nguyễn Thị Ượng",
        "Tổ tự quản số 1",
        "Tổ tự quản số 2",
    ]


@needs_poppler
def test_the_book_has_every_entry_that_is_asked_for_without_a_gap(browser, registered):
    strike(2)
    browser.sign_in_as(registered.person("secretary"))
    page = browser.get(REGISTER)
    [struck] = page.all("tbody tr.struck")
    assert "Hủy bỏ theo Quyết định số 12/QĐ-UBND ngày 15/12/2019" in struck.get_text()
    [said] = pages(browser.client.get(f"{REGISTER}.pdf").data)
    assert "SỔ KHEN THƯỞNG Tất cả các mục Ủy ban nhân dân huyện Tịnh Biên – năm 2019" in said
    at = [said.index(f" 0{number} ") for number in range(1, 5)]
    assert at == sorted(at)
    assert "Hủy bỏ theo" in said
    assert "Cộng 04 mục, tiền thưởng 2.700.000 đ" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "Trang 1/1" in said
    address = str(browser.get(f"{REGISTER}?q=tu+quan").one("a[href*='register.pdf']")["href"])
    answer = browser.client.get(address)
    assert answer.mimetype == "application/pdf"
    [said] = pages(answer.data)
    assert "Tên hoặc đơn vị: tu quan" in said
    assert "Cộng 02 mục" in said
    assert "Ượng" not in said


def test_the_sheet_has_every_entry_that_is_asked_for_without_a_gap(browser, registered):
    strike(2)
    browser.sign_in_as(registered.person("secretary"))
    address = str(browser.get(REGISTER).one("a[href*='register.xlsx']")["href"])
    rows = [
        [cell.value for cell in row]
        for row in load_workbook(io.BytesIO(browser.client.get(address).data)).worksheets[0]
    ]
    head = next(place for place, row in enumerate(rows) if row[0] == "Số vào sổ")
    assert [row[0] for row in rows[head + 1 :]] == [1, 2, 3, 4]
    said = [str(row[0]).replace("\xa0", " ") for row in rows[:head]]
    assert said[-1] == "Tổng tiền thưởng, không tính mục bị gạch bỏ: 2.700.000 đ"
    second = dict(zip(rows[head], rows[head + 2], strict=True))
    assert second["Người, đơn vị"] == "Nguyễn Thị Ượng"
    assert second["Tiền thưởng"] == 450_000
    assert second["Gạch bỏ"] == "Hủy bỏ theo Quyết định số 12/QĐ-UBND ngày 15/12/2019"
    [noted] = registered.access("list_exported")
    assert (noted.fields["page"], noted.fields["form"], noted.fields["rows"]) == (
        "awards.show_register",
        "xlsx",
        4,
    )


def test_what_is_too_long_for_a_paper_is_refused_with_a_sentence(browser, registered, monkeypatch):
    monkeypatch.setitem(register_files.MOST, "pdf", 3)
    browser.sign_in_as(registered.person("secretary"))
    page = browser.get(f"{REGISTER}.pdf?year=2019")
    assert "Một tệp chứa nhiều nhất 3 mục, đây là 4 mục" in page.one("body").get_text()
    assert page.form(".filters, main form")["year"] == "2019"
    assert "Không có mục nào" in browser.get(f"{REGISTER}.pdf?q=khong").one("body").get_text()


def strike(number):
    """An entry is revoked by the other decision."""
    award = db.session.scalar(select(Award).where(Award.register_number == number))
    decision = db.session.scalar(select(Decision).where(Decision.number == 12))
    award.revoked_on, award.revoked_by_id = dt.date(2019, 12, 15), decision.id
    db.session.commit()


def test_draft_is_not_in_the_register(browser, council):
    council.sign(council.draft(OURS_CODES))
    browser.sign_in_as(council.person("secretary"))
    assert "Sổ chưa có mục nào" in browser.get(REGISTER).text


def test_registrant_has_no_place_here(browser, council):
    browser.sign_in_as(council.person("registrant"))
    browser.get(REGISTER, status=403)
