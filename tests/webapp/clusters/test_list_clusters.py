"""The list of clusters, the page of one, its criteria table, the form that opens a year."""

from tests import clustered
from tests.clustered import CASE, CODE, NAME, YEAR
from tests.statements import statements


def names(page):
    return [link.get_text(strip=True) for link in page.all(".data-table .row-link")]


def test_it_names_year_leader_and_state(signed_in, opened):
    page = signed_in("officer").get("/clusters")
    assert names(page) == [NAME]
    row = page.one(".data-table tbody tr").get_text(" ", strip=True)
    for text in ("huyện Tịnh Biên", "3", "2019", "xã An Cư", "Đang xử lý"):
        assert text in row
    assert names(signed_in("officer").get("/clusters?year=2019")) == [NAME]
    assert names(signed_in("officer").get("/clusters?year=1800")) == [NAME]


def test_it_is_empty_for_others(signed_in, opened):
    assert "Chưa có cụm, khối" in signed_in("province_specialist").get("/clusters").text
    signed_in("registrant").get("/clusters", status=403)


def test_it_asks_as_often_for_many_as_for_few(signed_in, office, opened):
    browser = signed_in("secretary")
    browser.get("/clusters")
    assert len(statements(lambda: browser.get("/clusters"))) < 15


def test_a_cluster_shows_members_with_periods_and_its_years(signed_in, opened):
    page = signed_in("auditor").get(f"/clusters/{CODE}")
    members = page.one("section[aria-labelledby=members-title]").get_text(" ", strip=True)
    for text in ("xã An Cư", "xã An Phú", "Công an huyện Tịnh Biên", "01/01/2018"):
        assert text in members
    link = page.one("section[aria-labelledby=years-title] a[href*='/criteria/']")
    page = signed_in("auditor").get(link["href"])
    for text in ("không phải quy định của cơ quan nào", "Tổng điểm được phép vượt 100", "quá 50 %"):
        assert text in page.text
    signed_in("auditor").get("/clusters/criteria/none", status=404)


def test_the_leader_opens_a_year(signed_in, office):
    clustered.found_cluster(office)
    browser = signed_in("officer")
    page = browser.get(f"/clusters/{CODE}/{YEAR}")
    assert "Chưa mở chấm điểm năm này" in page.text
    browser.get(f"/clusters/{CODE}/{YEAR}/start")
    page = browser.submit("main form.panel", 422, self_due="10/12/2019", cross_due="10/12/2019")
    assert page.one("#f-cross_due-fault")
    page = browser.submit("main form.panel", self_due="10/12/2019", cross_due="14/12/2019")
    assert CASE in page.text
    assert page.one(".act-bar a[href^='/tasks/']")


def test_who_may_not_open_a_year(signed_in, office):
    clustered.found_cluster(office)
    for username in ("other_officer", "commune_chair", "authority"):
        assert not signed_in(username).get(f"/clusters/{CODE}/{YEAR}").all("a[href$='/start']")
        signed_in(username).get(f"/clusters/{CODE}/{YEAR}/start", status=403)
    signed_in("province_specialist").get(f"/clusters/{CODE}/{YEAR}/start", status=404)


def test_a_year_that_runs_is_not_opened_again(signed_in, opened):
    browser = signed_in("officer")
    browser.get(f"/clusters/{CODE}/{YEAR}/start")
    browser.submit("main form.panel", 409, self_due="10/12/2019", cross_due="14/12/2019")


def test_the_organiser_cancels(signed_in, office, opened):
    browser = signed_in("specialist")
    link = browser.get(f"/clusters/{CODE}/{YEAR}").one("a[href$='/stop']")
    browser.get(link["href"])
    browser.submit("main form", reason="Nhầm bảng tiêu chí")
    assert office.case(CASE).outcome == "cancelled"
    assert not signed_in("officer").get(f"/clusters/{CODE}/{YEAR}").all("a[href$='/stop']")


def test_the_code_of_a_case_leads_to_its_board(signed_in, opened):
    page = signed_in("officer").get(f"/search?q={CASE}")
    assert page.answer.request.path == f"/clusters/{CODE}/{YEAR}"
