"""The pages of inspections: begun, read, answered through the browser; minutes taken home."""

import io

import pytest
from docx import Document

from tests.inspecting import found, raised
from tests.webapp.documents.papers import needs_poppler, text
from webapp import eventlog
from webapp.extensions import db


@pytest.fixture
def finding(office, cases, inspection):
    code = raised(office, inspection, cases[0])
    office.work()
    return code


def test_an_auditor_begins_an_inspection(browser, office, cases):
    browser.sign_in_as(office.person("auditor"))
    browser.get("/inspections")
    browser.get("/inspections/new")
    page = browser.submit(
        title="Kiểm tra hồ sơ xã An Cư",
        decision_number="15/QĐ-TTr",
        issued_by="Chánh Thanh tra",
        **{"units-0-unit": "an-giang/tinh-bien/an-cu"},
        period_from="01/11/2019",
        period_to="31/12/2019",
        ends_on="31/12/2019",
        head=office.person("stranger").public_id,
    )
    assert page.heading == "Kiểm tra hồ sơ xã An Cư"
    assert "Quách Thị Không Vai (trưởng đoàn)" in page.text
    assert "KT-2019-0001" in browser.get("/inspections").text


def test_what_is_missing_is_named_and_what_was_typed_is_kept(browser, office):
    browser.sign_in_as(office.person("auditor"))
    browser.get("/inspections/new")
    page = browser.submit(status=422, title="Kiểm tra hồ sơ xã An Cư", ends_on="31/12/2019")
    assert "Số quyết định" in page.one("#error-summary").text
    assert page.form()["title"] == "Kiểm tra hồ sơ xã An Cư"


def test_a_member_writes_on_the_step_of_the_replay(browser, office, cases, inspection):
    browser.sign_in_as(office.person("stranger"))
    page = browser.get(f"/audit/cases/{cases[0]}?step=1")
    [raise_link, note_link] = [link["href"] for link in page.all(".mark-acts a")]
    browser.get(note_link)
    page = browser.submit(text="Hỏi lại xã An Cư")
    assert "Hỏi lại xã An Cư" in page.text
    browser.get(raise_link)
    said = found(office) | {"answer_by": "12/12/2019"}
    page = browser.submit(**said)
    assert page.heading == f"Phát hiện về hồ sơ {cases[0]}"
    assert "Chờ giải trình" in page.text
    page = browser.get(f"/audit/cases/{cases[0]}?step=1")
    assert "PK-2019-0001" in page.text


def test_the_office_finds_it_on_the_page_of_the_case_and_in_its_list(browser, office, cases, finding):
    browser.sign_in_as(office.person("head"))
    assert finding in browser.get(f"/nominations/{cases[0]}").text
    assert finding in browser.get("/findings?state=answer").text
    assert finding not in browser.get("/findings?state=closed").text
    assert "Biên bản họp ấp không có chữ ký" in browser.get(f"/findings/{finding}").text
    task = office.task("answer_finding", finding)
    assert "Biên bản họp ấp không có chữ ký" in browser.get(f"/tasks/{task.public_id}").text


@pytest.mark.parametrize("username", ["specialist", "member1", "officer", "registrant", "other_officer"])
def test_nobody_else_finds_it(browser, office, cases, finding, username):
    browser.sign_in_as(office.person(username))
    browser.get(f"/findings/{finding}", status=404)
    assert finding not in browser.get("/findings").text


def test_the_notes_are_for_members_alone(browser, office, cases, inspection):
    from webapp.operations.inspections import write_note

    write_note(inspection, cases[0], 1, "Hỏi lại xã An Cư", actor=office.actor("stranger"), now=office.now)
    browser.sign_in_as(office.person("auditor"))
    assert "Hỏi lại xã An Cư" not in browser.get(f"/inspections/{inspection}").text
    assert "Hỏi lại xã An Cư" not in browser.get("/audit/events").text
    browser.sign_in_as(office.person("stranger"))
    assert "Hỏi lại xã An Cư" in browser.get(f"/inspections/{inspection}").text


def test_an_inspection_of_others_has_no_page(browser, office, inspection):
    for username in ("head", "other_officer", "member1"):
        browser.sign_in_as(office.person(username))
        browser.get(f"/inspections/{inspection}", status=404)
        assert inspection not in browser.get("/inspections").text
    assert office.access("act_refused")


def test_the_head_of_the_inspection_ends_it(browser, office, inspection):
    browser.sign_in_as(office.person("stranger"))
    browser.get(f"/inspections/{inspection}/end")
    page = browser.submit(conclusion="Hồ sơ cơ bản đầy đủ")
    assert "Hồ sơ cơ bản đầy đủ" in page.text
    browser.get("/audit", status=403)
    browser.get(f"/inspections/{inspection}")


def test_who_raised_a_finding_withdraws_it_on_its_page(browser, office, finding):
    browser.sign_in_as(office.person("stranger"))
    browser.get(f"/findings/{finding}/withdraw")
    assert "Đã rút" in browser.submit(reason="Đã đối chiếu bản giấy").text
    browser.get(f"/findings/{finding}/withdraw", status=403)


def test_what_was_read_found_and_answered_stands_in_the_minutes(browser, office, cases, inspection, finding):
    office.do("head", "answer_finding", finding, answer="Biên bản lưu tại xã")
    browser.sign_in_as(office.person("stranger"))
    browser.get(f"/audit/cases/{cases[0]}")
    answer = browser.client.get(f"/inspections/{inspection}/minutes.docx")
    written = "\n".join(
        each.text for each in Document(io.BytesIO(answer.data)).element.body.iter() if each.text
    )
    for said in (finding, "Biên bản họp ấp không có chữ ký", "Biên bản lưu tại xã", cases[0], "15/QĐ-TTr"):
        assert said in written, said
    assert cases[1] not in written
    [taken] = office.access("minutes_taken")
    assert taken.fields["form"] == "docx"


@needs_poppler
def test_minutes_without_findings_say_so(browser, office, cases, inspection, tmp_path):
    browser.sign_in_as(office.person("stranger"))
    answer = browser.client.get(f"/inspections/{inspection}/minutes.pdf")
    told = " ".join(text(answer.data).split())
    assert "không nêu phát hiện nào" in told
    assert "Chưa có hồ sơ nào" in told


def test_minutes_are_for_members(browser, office, inspection):
    for username in ("auditor", "admin", "head"):
        browser.sign_in_as(office.person(username))
        browser.get(f"/inspections/{inspection}/minutes.pdf", status=404)


def test_every_reading_of_an_inspector_is_noted(browser, office, cases, inspection):
    browser.sign_in_as(office.person("stranger"))
    browser.get(f"/audit/cases/{cases[0]}")
    browser.get(f"/nominations/{cases[0]}")
    assert [event.fields["case"] for event in office.access("dossier_read")] == [cases[0]]
    browser.get(f"/audit/cases/{cases[1]}", status=404)
    reader = office.person("stranger").public_id
    refused = [event for event in office.access("act_refused") if event.actor == reader]
    assert [event.fields["path"] for event in refused] == [f"/audit/cases/{cases[1]}"]
    assert eventlog.read_stream(db.session(), f"case/{cases[0]}")[-1].type != "dossier_read"
