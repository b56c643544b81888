"""The exemplars everybody may read of."""

import pytest

from tests.desk import database, office
from tests.introducing import HEADLINE, introduce, introduced, propose, select
from tests.pages import Browser
from tests.statements import statements
from tests.webapp.operations.test_replications import applied

__all__ = ["applied", "database", "introduced", "office"]


@pytest.fixture
def visitor(app):
    return Browser(app)


def headlines(page):
    return [link.get_text(strip=True) for link in page.all(".introduced-card h2 a")]


def test_only_what_is_introduced_is_listed(visitor, office, introduced):
    propose(office, exemplar_name="Mô hình mới đề xuất")
    page = visitor.get("/introduced")
    assert headlines(page) == [HEADLINE]
    assert page.one(".introduced-card img")["alt"] == "Đàn bò của tổ"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=nuoi bo", True),
        ("q=thoat NGHEO an cu", True),
        ("q=vay nang lai", False),
        ("kind=model", True),
        ("kind=individual", False),
        ("unit=an-giang/tinh-bien/an-cu", True),
        ("unit=an-giang/tinh-bien", True),
        ("unit=an-giang/tinh-bien/an-phu", False),
    ],
)
def test_it_is_searched_without_marks_and_narrowed(visitor, introduced, query, found):
    assert headlines(visitor.get(f"/introduced?{query}")) == [HEADLINE] * found


def test_an_empty_list_says_what_will_stand_here(visitor, office):
    assert "Hiện chưa giới thiệu điển hình nào" in visitor.get("/introduced").text


def test_the_sign_in_page_leads_there(visitor, office):
    page = visitor.get("/sign-in")
    links = [link["href"] for link in page.all(".sign-in-form a")]
    assert links == ["/follow", "/verify", "/verify/file", "/awarded", "/introduced"]


def test_communes_are_counted_in_a_table_and_on_a_map(visitor, applied):
    page = visitor.get("/introduced")
    rows = {
        row.th.get_text(strip=True): [cell.get_text(strip=True) for cell in row.select("td")]
        for row in page.all(".by-commune tbody tr")
    }
    assert rows["xã An Cư"] == ["1", "–", "–"]
    assert rows["xã An Phú"] == ["–", "1", "–"]
    assert len(rows) == 14
    marks = {mark.g["aria-label"]: mark["href"] for mark in page.all(".map-mark")}
    told = "xã An Phú: 0 điển hình được giới thiệu, 1 điển hình đang áp dụng, 0 đã có kết quả"
    assert marks[told] == "/introduced?unit=an-giang/tinh-bien/an-phu"
    assert len(marks) == 14


def test_more_exemplars_ask_no_more_of_the_database(visitor, office, introduced):
    visitor.get("/introduced")
    before = len(statements(lambda: visitor.client.get("/introduced")))
    for number in (1, 2):
        code = propose(office, exemplar_name=f"Mô hình thứ {number}")
        select(office, code)
        introduce(office, code, headline=f"Mô hình {number}")
    assert len(headlines(visitor.get("/introduced"))) == 3
    assert len(statements(lambda: visitor.client.get("/introduced"))) == before
