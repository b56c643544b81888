"""The list of decisions."""

from tests.sittings import CODES, OURS_CODES
from tests.statements import statements

COUNCIL = "concluded"
LIST = "/awards/decisions"


def rows(page):
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in page.all("tbody tr")
    ]


def test_drafts_come_first_then_the_newest_number(browser, council):
    issued = council.draft(OURS_CODES[:1])
    council.sign(issued)
    council.number(issued, 5)
    council.draft(OURS_CODES[1:3])
    browser.sign_in_as(council.person("specialist"))
    found = [(row[1], row[3], row[4], row[5]) for row in rows(browser.get(LIST))]
    assert found == [
        ("chưa có số", "Chờ trình", "2", "1.800.000 đ"),
        ("05/QĐ-UBND 14/12/2019", "Chờ trao tặng", "1", "450.000 đ"),
    ]


def test_specialist_drafts_from_here_what_waits(browser, council):
    browser.sign_in_as(council.person("specialist"))
    link = browser.get(LIST).one(".page-actions a")
    assert link.get_text(" ", strip=True) == "Lập quyết định (5 đề nghị đang chờ)"
    assert str(link["href"]).endswith("/start/award_issuance")
    council.draft(OURS_CODES[:3])
    council.draft([CODES[4]])
    assert "(1 đề nghị đang chờ)" in browser.get(LIST).one(".page-actions a").get_text()


def test_others_draft_nothing(browser, council):
    browser.sign_in_as(council.person("authority"))
    assert not browser.get(LIST).all(".page-actions a")


def test_state_and_year_narrow_the_list(browser, council):
    code = council.draft(OURS_CODES)
    browser.sign_in_as(council.person("head"))
    assert len(rows(browser.get(f"{LIST}?state=submitting"))) == 1
    assert "Không có quyết định nào phù hợp" in browser.get(f"{LIST}?state=signing").text
    assert "Không có quyết định nào phù hợp" in browser.get(f"{LIST}?year=2018").text
    assert len(rows(browser.get(f"{LIST}?year=2019"))) == 1
    council.sign(code)
    assert len(rows(browser.get(f"{LIST}?state=numbering"))) == 1


def test_unit_without_decisions_is_led_to_the_register(browser, council):
    council.draft(OURS_CODES)
    browser.sign_in_as(council.person("officer"))
    page = browser.get(LIST)
    assert rows(page) == []
    assert page.one(".empty-state a")["href"] == "/awards/register"


def test_registrant_has_no_place_here(browser, council):
    browser.sign_in_as(council.person("registrant"))
    browser.get(LIST, status=403)


def test_statements_do_not_grow_with_the_rows(browser, council):
    council.draft(OURS_CODES[:1])
    browser.sign_in_as(council.person("head"))
    browser.get(LIST)
    one = len(statements(lambda: browser.client.get(LIST)))
    council.draft(OURS_CODES[1:3])
    council.draft([CODES[4]])
    assert len(statements(lambda: browser.client.get(LIST))) == one
