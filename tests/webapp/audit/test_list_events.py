"""The list of events."""

import datetime as dt

from tests.people import AN_PHU
from tests.webapp.audit.test_list_cases import statements
from webapp.audit.words import EVENTS
from webapp.operations.acting import SYSTEM
from webapp.operations.people import give_role
from workflows.events import VOCABULARY


def told(page):
    return [row.select("td")[1].get_text(strip=True) for row in page.all("tbody tr")]


def places(page):
    return [row.select("td")[3].get_text(" ", strip=True) for row in page.all("tbody tr")]


def test_tells_in_sentences_what_happened_newest_first(browser, walked):
    page = browser.get("/audit/events")
    assert page.heading == "Nhật ký"
    assert any("Lê Văn Cán Bộ" in line for line in told(page))
    assert f"{walked} #1" in " ".join(places(browser.get(f"/audit/events?stream={walked}")))


def test_every_kind_of_event_has_its_name():
    assert EVENTS.keys() == VOCABULARY.keys()


FROZEN = ["Ngô Thị Chuyên Viên tạm dừng xét hồ sơ. Lý do: Có đơn phản ánh"]
FOUND = {
    "type=case_frozen": FROZEN,
    "type=case_frozen&person=ngo+thi": FROZEN,
    "type=case_frozen&person=can+bo": [],
    "type=case_frozen&stream=HS-2019-0001": FROZEN,
    "type=case_frozen&stream=case/HS-2019-0002": [],
    "type=no_such": [],
    "before=1": [],
}


def test_is_narrowed(browser, walked):
    for query, found in FOUND.items():
        assert told(browser.get(f"/audit/events?{query}")) == found, query


def test_is_narrowed_to_one_stream(browser, walked):
    page = browser.get(f"/audit/events?stream={walked}")
    assert {place.split(" ")[0] for place in places(page)} == {walked}
    page = browser.get("/audit/events?stream=law/")
    assert all(place.startswith("law/") for place in places(page))
    assert len(places(page)) == 4


def test_an_event_of_a_case_leads_to_its_step(browser, walked):
    page = browser.get("/audit/events?type=case_frozen")
    target = page.one("tbody a")["href"]
    assert target.startswith(f"/audit/cases/{walked}?event=")
    assert "tạm dừng xét hồ sơ" in browser.get(target).one("[data-caption]").get_text()


def test_turns_pages_by_the_id_of_the_last_row(browser, walked, monkeypatch):
    monkeypatch.setattr("webapp.queries.audit_events.PAGE_SIZE", 5)
    seen, page = [], browser.get(f"/audit/events?stream={walked}")
    while True:
        seen += places(page)
        older = page.all("a[rel=next]")
        if not older:
            break
        page = browser.get(older[0]["href"])
    numbers = [int(place.rpartition("#")[2]) for place in seen]
    assert numbers == list(range(len(numbers), 0, -1))
    assert len(numbers) > 10
    newest = page.one(".pager a")["href"]
    assert places(browser.get(newest)) == seen[:5]


def test_reading_and_refused_acts_are_events(browser, office, walked):
    browser.get(f"/audit/cases/{walked}")
    browser.get(f"/audit/cases/{walked}")
    browser.get("/audit/cases/HS-1999-0001", 404)
    assert told(browser.get("/audit/events?type=dossier_read")) == [
        f"Trịnh Văn Thanh Tra xem hồ sơ {walked}."
    ]
    browser.sign_in_as(office.person("officer"))
    browser.get("/audit", 403)
    browser.sign_in_as(office.person("auditor"))
    assert "/audit" in told(browser.get("/audit/events?type=act_refused"))[0]


def test_an_auditor_of_a_commune_does_not_see_what_others_do(browser, office, walked):
    then = {"actor": SYSTEM, "now": office.now}
    give_role(office.person("stranger").public_id, "auditor", AN_PHU, dt.date(2019, 1, 1), **then)
    browser.get(f"/audit/cases/{walked}")
    browser.sign_in_as(office.person("stranger"))
    assert places(browser.get(f"/audit/events?stream={walked}")) == []
    assert told(browser.get("/audit/events?type=dossier_read")) == []
    assert told(browser.get("/audit/events?type=role_given&person=")) != []
    names = " ".join(told(browser.get("/audit/events?type=person_added")))
    assert "Võ Thị An Phú" in names
    assert "Lê Văn Cán Bộ" not in names
    assert len(places(browser.get("/audit/events?stream=law/"))) == 4


def test_asks_the_database_as_often_for_many_as_for_few(browser, office, walked, monkeypatch):
    browser.get("/audit/events")
    monkeypatch.setattr("webapp.queries.audit.PAGE_SIZE", 3)
    few = statements(lambda: browser.get("/audit/events"))
    monkeypatch.setattr("webapp.queries.audit_events.PAGE_SIZE", 50)
    assert statements(lambda: browser.get("/audit/events")) == few
