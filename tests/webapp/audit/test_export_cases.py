"""The log of the cases an auditor may see as a file, written by the worker."""

import csv
import io
import json
import sqlite3
import zipfile

import pytest
from lxml import etree
from openpyxl import load_workbook
from sqlalchemy import select

from tests.factories import CAMPAIGN
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import Case, ListExport
from webapp.operations import event_logs
from webapp.queries.mined import mined_cases


@pytest.fixture
def exported(browser, office):
    """Asks for a file on a page, lets the worker write it and gives the zip."""

    def ask(form, where="/audit/export"):
        browser.get(where)
        page = browser.submit("main form.panel", form=form)
        assert "Chờ" in page.text or "Đang" in page.text
        run.settle(lambda: office.now)
        made = db.session.scalars(select(ListExport).order_by(ListExport.id.desc())).first()
        assert (made.state, made.written) == ("done", made.total)
        answer = browser.client.get(f"/exports/{made.public_id}/file")
        return zipfile.ZipFile(io.BytesIO(answer.data))

    return ask


def mined(code):
    [case] = mined_cases(db.session(), [Case.code == code])
    return case


def test_the_page_says_what_is_in_it_and_what_is_not(browser, walked):
    page = browser.get(f"/audit/export?campaign={CAMPAIGN}")
    assert "Có 2 hồ sơ." in page.text
    assert "phiếu bầu" in page.text
    assert [each["value"] for each in page.all("[name=form]")] == [
        *("xlsx", "csv", "xes", "ocel_json", "ocel_sqlite")
    ]


def test_a_sheet_has_a_line_for_each_event(exported, walked):
    packed = exported("xlsx", f"/audit/export?codes={walked}")
    [name] = [each for each in packed.namelist() if each.endswith(".xlsx")]
    page = load_workbook(packed.open(name)).worksheets[0]
    heads, *rows = list(page.iter_rows(min_row=2, values_only=True))
    assert heads[0] == "Hồ sơ"
    assert [row[5] for row in rows] == [event.activity for event in mined(walked).events]


def test_the_diagrams_lie_beside_it(exported, walked):
    packed = exported("csv", f"/audit/export?codes={walked}")
    diagrams = [each for each in packed.namelist() if each.endswith(".bpmn")]
    assert any(each.startswith("log-bpmn/nomination-") for each in diagrams)
    assert etree.fromstring(packed.read(diagrams[0])).tag.endswith("definitions")
    lines = list(csv.DictReader(io.TextIOWrapper(packed.open("log.csv"), "utf-8-sig")))
    assert {line["case"] for line in lines} == {walked}
    assert len(lines) == len(mined(walked).events)


def test_xes_and_both_kinds_of_ocel(exported, walked, tmp_path):
    wanted = f"/audit/export?campaign={CAMPAIGN}"
    trace = etree.fromstring(exported("xes", wanted).read(f"{CAMPAIGN}.xes"))
    assert len(trace.findall("trace")) == 2
    log = json.loads(exported("ocel_json", wanted).read(f"{CAMPAIGN}.json"))
    exported("ocel_sqlite", wanted).extract(f"{CAMPAIGN}.sqlite", tmp_path)
    with sqlite3.connect(tmp_path / f"{CAMPAIGN}.sqlite") as file:
        tables = {
            kind: file.execute(f"SELECT count(*) FROM {kind}").fetchone() for kind in ("event", "object")
        }
    file.close()
    assert tables == {"event": (len(log["events"]),), "object": (len(log["objects"]),)}
    assert {each["type"] for each in log["events"]} == {each["name"] for each in log["eventTypes"]}
    assert {each["type"] for each in log["objects"]} == {each["name"] for each in log["objectTypes"]}


def test_it_is_noted_with_how_much_it_holds(exported, office, walked):
    exported("xes", f"/audit/export?codes={walked}")
    [noted] = office.access("event_log_exported")
    assert noted.fields == {"form": "xes", "campaign": "", "cases": 1, "events": len(mined(walked).events)}


def test_only_what_the_auditor_may_see_is_in_it(exported, walked):
    case = db.session.scalar(select(Case).where(Case.code == walked))
    other = db.session.execute(db.text("SELECT id FROM unit WHERE code = 'an-giang'")).scalar_one()
    values = {"unit_id": other, "organiser_id": other, "district_id": other}
    table = Case.__table__
    db.session.execute(table.update().where(table.c.id == case.id).values(**values))
    db.session.commit()
    packed = exported("csv")
    lines = csv.DictReader(io.TextIOWrapper(packed.open("log.csv"), "utf-8-sig"))
    assert walked not in {line["case"] for line in lines}


def test_filters_of_the_list_are_carried_along(browser, walked):
    listed = browser.get(f"/audit?q={walked}&process=nomination")
    page = browser.get(listed.one(".list-acts a")["href"])
    assert page.form("main form.filters")["q"] == walked
    assert "Có 1 hồ sơ." in page.text


def test_nothing_is_written_of_no_cases(browser, office, walked):
    browser.get("/audit/export?codes=HS-1999-0001")
    page = browser.submit("main form.panel", 422, form="csv")
    assert "Không có hồ sơ nào như vậy" in page.text
    assert office.access("event_log_exported") == []


def test_more_events_than_a_sheet_holds_are_refused(browser, monkeypatch, walked):
    monkeypatch.setattr("webapp.audit.exporting.MOST_ROWS", 3)
    browser.get("/audit/export")
    page = browser.submit("main form.panel", 422, form="xlsx")
    assert "1.000.000 sự kiện" in page.text


def test_a_sheet_that_grew_meanwhile_says_so(app, monkeypatch, walked, tmp_path):
    monkeypatch.setattr(event_logs, "MOST_ROWS", 3)
    log = event_logs.EventLog([Case.code == walked])
    with pytest.raises(event_logs.TooManyRows):
        list(event_logs.write_event_log(tmp_path / "log.xlsx", "xlsx", log))


def test_few_cases_are_in_memory_at_once(app, office, walked, tmp_path):
    for name in "ABC":
        office.register(nominee_name=f"Lê Thị {name}")
    log = event_logs.EventLog([Case.process == "registration"])
    assert list(event_logs.write_event_log(tmp_path / "log.csv", "csv", log)) == [1, 2, 3, 3]


def test_only_auditors_export(browser, office, walked):
    browser.sign_in_as(office.person("specialist"))
    browser.get("/audit/export", status=403)
    browser.post("/audit/export", {"form": "csv"}, 403)
    assert db.session.scalars(select(ListExport)).all() == []
