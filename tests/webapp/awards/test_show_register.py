"""The register of commendations: on the screen by pages, and whole to be printed."""

import pytest

from tests.offices import scene
from tests.sittings import OURS_CODES, THEIR_CODE
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
    assert len(entries(browser.get(f"{REGISTER}/print"))) == 4


def test_commune_sees_the_awards_of_its_own(browser, registered):
    browser.sign_in_as(registered.person("officer"))
    assert list(entries(browser.get(REGISTER)).values()) == [
        "Nguyễn Thị Ượng",
        "Tổ tự quản số 1",
        "Tổ tự quản số 2",
    ]


def test_print_is_the_whole_register_with_its_sum(browser, registered):
    browser.sign_in_as(registered.person("secretary"))
    page = browser.get(f"{REGISTER}/print?q=tu+quan")
    assert list(entries(page)) == ["3/2019", "4/2019"]
    assert "1.800.000\N{NO-BREAK SPACE}đ" in page.one("tfoot").get_text()
    assert page.one(".back-link")["href"] == f"{REGISTER}?body=&year=&q=tu+quan"


def test_draft_is_not_in_the_register(browser, council):
    council.sign(council.draft(OURS_CODES))
    browser.sign_in_as(council.person("secretary"))
    assert "Sổ chưa có mục nào" in browser.get(REGISTER).text


def test_registrant_has_no_place_here(browser, council):
    browser.sign_in_as(council.person("registrant"))
    browser.get(REGISTER, status=403)
