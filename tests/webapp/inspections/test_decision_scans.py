"""The scan of the decision on an inspection: kept like other papers, read by who may know of it, in its minutes."""

import io
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from tests.inspecting import begin, mandate
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Paper
from webapp.operations.inspections import begin_inspection, change_inspection
from webapp.operations.papers import PaperRefused, Upload, file_store

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def scan(content=PDF, name="QĐ 15-QĐ-TTr.pdf"):
    return Upload(name, io.BytesIO(content), "inspection_decision")


@pytest.fixture
def inspection(office, cases):
    return begin_inspection(mandate(office), scan(), actor=office.actor("auditor"), now=office.now)


def url(inspection):
    [paper] = db.session.scalars(select(Paper.public_id).where(Paper.case_id.is_(None)))
    return f"/inspections/{inspection}/scans/{paper}", f"/papers/{paper}"


def kinds(inspection):
    db.session.rollback()
    return [event.type for event in eventlog.read_stream(db.session(), f"inspection/{inspection}")]


def test_it_is_kept_with_its_digest_in_the_log_and_verified(app, office, inspection):
    assert kinds(inspection) == ["inspection_begun", "paper_added"]
    said = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert said.exit_code == 0, said.output
    [sha256] = db.session.scalars(select(Paper.sha256).where(Paper.case_id.is_(None)))
    Path(file_store().path(sha256)).unlink()
    assert sha256 in app.test_cli_runner().invoke(args=["audit", "verify"]).output


def test_members_and_auditors_open_it_and_that_is_noted(browser, office, inspection):
    scan_url, paper_url = url(inspection)
    for username in ("stranger", "auditor"):
        browser.sign_in_as(office.person(username))
        assert "QĐ 15-QĐ-TTr.pdf" in browser.get(f"/inspections/{inspection}").text
        assert browser.client.get(scan_url).data == PDF
    readers = {event.actor for event in office.access("paper_read")}
    assert readers == {office.person(one).public_id for one in ("stranger", "auditor")}
    browser.get(paper_url, status=404)


@pytest.mark.parametrize("username", ["head", "officer", "member1", "other_officer"])
def test_nobody_else_opens_it(browser, office, inspection, username):
    browser.sign_in_as(office.person(username))
    for address in url(inspection):
        browser.get(address, status=404)


def test_it_is_not_opened_by_the_address_of_another_inspection(browser, office, inspection):
    other = begin(office, decision_number="16/QĐ-TTr")
    browser.sign_in_as(office.person("stranger"))
    browser.get(url(inspection)[0].replace(inspection, other), status=404)


def test_a_later_decision_is_added_and_the_same_file_again_is_not(office, inspection):
    for content in (PDF, PDF + b"% later\n%%EOF\n"):
        change_inspection(
            inspection, mandate(office), scan(content), actor=office.actor("auditor"), now=office.now
        )
    assert kinds(inspection) == ["inspection_begun", "paper_added", "paper_added"]


def test_what_is_no_paper_begins_nothing(office, cases):
    with pytest.raises(PaperRefused):
        begin_inspection(
            mandate(office), scan(b"MZ\x90\x00 program"), actor=office.actor("auditor"), now=office.now
        )
    assert begin(office).endswith("0001")


def test_it_comes_with_the_form_and_stands_in_the_minutes(browser, office, cases):
    browser.sign_in_as(office.person("auditor"))
    browser.get("/inspections/new")
    said = {
        "title": "Kiểm tra hồ sơ xã An Cư",
        "decision_number": "15/QĐ-TTr",
        "issued_by": "Chánh Thanh tra",
        "units-0-unit": "an-giang/tinh-bien/an-cu",
        "period_from": "01/11/2019",
        "period_to": "31/12/2019",
        "ends_on": "31/12/2019",
        "head": office.person("stranger").public_id,
    }
    page = browser.submit(status=422, **said, **{"scan-_file": (io.BytesIO(b"no pdf"), "qd.pdf")})
    assert page.one("#error-summary")
    page = browser.submit(**said, **{"scan-_file": (io.BytesIO(PDF), "QĐ 15.pdf")})
    assert "QĐ 15.pdf" in page.text
    browser.sign_in_as(office.person("stranger"))
    minutes = browser.client.get("/inspections/KT-2019-0001/minutes.docx").data
    written = "".join(each.text or "" for each in Document(io.BytesIO(minutes)).element.body.iter())
    assert "QĐ 15.pdf (SHA-256: " in written
