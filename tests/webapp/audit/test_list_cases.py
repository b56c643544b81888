"""The list of cases an auditor may look at."""

import datetime as dt

from sqlalchemy import event

from tests.offices import scene
from tests.people import AN_CU, AN_PHU
from webapp.extensions import db
from webapp.operations.acting import SYSTEM
from webapp.operations.imports import import_plan
from webapp.operations.interventions import freeze_case
from webapp.operations.people import give_role
from workflows.plan import SHIPPED_PLANS


@scene
def cases(office):
    office.open_campaign()
    here = office.nominate(nominee_name="Nguyễn Văn Đoàn")
    there = office.nominate("other_officer", nominee_name="Chau Sóc Khonl", submitting_unit=AN_PHU)
    office.register(nominee_name="Lê Thị Ước")
    freeze_case(there, "Có đơn", actor=office.actor("specialist"), now=office.now)
    return here, there


def codes(page):
    return [row.td.get_text(strip=True) for row in page.all("tbody tr")]


def test_lists_the_cases_of_the_district(browser, cases):
    page = browser.get("/audit")
    assert page.heading == "Thanh tra, kiểm tra"
    assert codes(page) == ["DK-2019-0001", "HS-2019-0002", "HS-2019-0001", "PT-2019-0001"]
    assert "Tạm dừng xét" in page.text


FOUND = {
    "q=doan": ["HS-2019-0001"],
    "q=DOÀN+nguyen": ["HS-2019-0001"],
    "q=hs-2019-0002": ["HS-2019-0002"],
    "q=an+phu": ["HS-2019-0002"],
    "q=uoc": ["DK-2019-0001"],
    "process=nomination": ["HS-2019-0002", "HS-2019-0001"],
    "process=nomination&state=frozen": ["HS-2019-0002"],
    "state=active&q=khonl": [],
    "q=100%25": [],
    "process=';--": [],
    "unit=an-giang/tinh-bien/an-phu": ["HS-2019-0002"],
    "unit=an-giang/tinh-bien": ["DK-2019-0001", "HS-2019-0002", "HS-2019-0001", "PT-2019-0001"],
    "unit=an-giang/tinh": [],
    "campaign=nowhere": [],
    "person=nobody": [],
    "process=registration&outcome=accepted": ["DK-2019-0001"],
    "outcome=accepted&q=uoc": ["DK-2019-0001"],
    "since=01/01/2019": ["DK-2019-0001", "HS-2019-0002", "HS-2019-0001", "PT-2019-0001"],
    "until=01/01/2019": [],
    "page=99": ["DK-2019-0001", "HS-2019-0002", "HS-2019-0001", "PT-2019-0001"],
}


def test_is_narrowed_and_searched_without_marks(browser, cases):
    for query, found in FOUND.items():
        assert codes(browser.get(f"/audit?{query}")) == found, query


def test_is_narrowed_to_who_acted(browser, office, cases):
    assert codes(browser.get(f"/audit?person={office.person('secretary').name}")) == ["PT-2019-0001"]


def test_a_day_that_is_none_is_told(browser, cases):
    page = browser.get("/audit?since=31/02/2019")
    assert len(codes(page)) == 4
    assert "“31/02/2019” không phải là ngày" in page.one("#fault-since").get_text()


def test_each_case_stands_once_with_its_own_campaign(browser, office, cases):
    another = (SHIPPED_PLANS / "tinh-bien-gia-dinh-2020.yaml").read_text("utf-8")
    import_plan(another, actor=SYSTEM, now=office.now)
    page = browser.get("/audit")
    assert codes(page) == ["DK-2019-0001", "HS-2019-0002", "HS-2019-0001", "PT-2019-0001"]
    assert "Kế hoạch giả định" not in page.text


def test_leads_to_the_replay(browser, cases):
    page = browser.get("/audit?q=doan")
    assert page.one("tbody th a")["href"] == f"/audit/cases/{cases[0]}"


def test_an_auditor_of_a_commune_sees_that_commune(browser, office, cases):
    stranger = office.person("stranger")
    then = {"actor": SYSTEM, "now": office.now}
    give_role(stranger.public_id, "auditor", AN_CU, dt.date(2019, 1, 1), **then)
    browser.sign_in_as(office.person("stranger"))
    assert codes(browser.get("/audit")) == ["DK-2019-0001", "HS-2019-0001"]
    browser.get(f"/audit/cases/{cases[1]}", 404)


def test_is_not_for_others(browser, office, cases):
    for username in ("officer", "secretary", "admin", "stranger"):
        browser.sign_in_as(office.person(username))
        browser.get("/audit", 403)


def test_turns_pages(browser, office, monkeypatch):
    monkeypatch.setattr("webapp.queries.audit.PAGE_SIZE", 2)
    office.open_campaign()
    for name in ("Một", "Hai", "Ba"):
        office.register(nominee_name=f"Người Thứ {name}")
    assert codes(browser.get("/audit")) == ["DK-2019-0003", "DK-2019-0002"]
    second = browser.page.one("a[rel=next]")["href"]
    assert codes(browser.get(second)) == ["DK-2019-0001", "PT-2019-0001"]


def test_asks_the_database_as_often_for_many_as_for_one(browser, office, campaign):
    office.register()
    browser.get("/audit")
    few = statements(lambda: browser.get("/audit"))
    for number in range(6):
        office.register(nominee_name=f"Người Thứ {number}")
    assert statements(lambda: browser.get("/audit")) == few


def statements(act):
    count = 0

    def note(*_given):
        nonlocal count
        count += 1

    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    return count
