"""What members find of their inspections: their entry of the rail, the cases of one alone, findings when it is over."""

import io

import pytest
from docx import Document
from sqlalchemy import select

from tests.inspecting import DAY, begin, raised, standing
from tests.people import AN_PHU
from webapp.models import Campaign, Unit
from webapp.operations.inspections import end_inspection
from webapp.operations.interventions import stop_case
from webapp.queries.standing import visible_campaign


def rail(page):
    return [link["href"] for link in page.all("nav.rail a")]


def minutes(browser, inspection):
    answer = browser.client.get(f"/inspections/{inspection}/minutes.docx")
    paragraphs = Document(io.BytesIO(answer.data)).element.body.iter("{*}p")
    return "\n".join("".join(part.text or "" for part in paragraph.iter("{*}t")) for paragraph in paragraphs)


def over(office, inspection):
    end_inspection(inspection, "Không có vi phạm", actor=office.actor("stranger"), now=office.now)


def test_a_member_has_one_entry_while_it_lasts_and_one_afterwards(browser, office, inspection):
    browser.sign_in_as(office.person("stranger"))
    assert "/audit" in rail(browser.get("/"))
    assert "/inspections" not in rail(browser.get("/"))
    over(office, inspection)
    page = browser.get("/inspections")
    assert "/audit" not in rail(page)
    assert page.one("nav.rail a[aria-current]")["href"] == "/inspections"
    assert inspection in page.text


def test_who_never_inspected_has_none(browser, office, inspection):
    for username in ("head", "officer", "admin"):
        browser.sign_in_as(office.person(username))
        assert "/inspections" not in rail(browser.get("/overview"))


def test_who_inspects_twice_narrows_cases_to_one(browser, office, cases, inspection):
    other = begin(office, units=[AN_PHU], decision_number="16/QĐ-TTr")
    browser.sign_in_as(office.person("stranger"))
    listed = {code: browser.get(f"/audit?inspection={code}").text for code in (inspection, other)}
    assert [cases[0] in listed[inspection], cases[1] in listed[inspection]] == [True, False]
    assert [cases[0] in listed[other], cases[1] in listed[other]] == [False, True]
    page = browser.get("/audit")
    assert all(case in page.text for case in cases)
    offered = [option["value"] for option in page.all("select[name=inspection] option")]
    assert offered == ["", inspection, other]
    assert cases[0] not in browser.get("/audit?inspection=KT-2019-0009").text


def test_one_inspection_is_no_choice(browser, office, cases, inspection):
    browser.sign_in_as(office.person("stranger"))
    assert not browser.get("/audit").all("select[name=inspection]")
    assert cases[0] in browser.get(f"/audit?inspection={inspection}").text


def test_of_one_that_is_over_a_member_opens_the_findings_they_raised(browser, office, cases):
    inspection = begin(office, members=("member3",))
    own = raised(office, inspection, cases[0])
    theirs = raised(office, inspection, cases[0], by="member3", seen="Biên bản không ghi ngày")
    over(office, inspection)
    browser.sign_in_as(office.person("stranger"))
    page = browser.get(f"/inspections/{inspection}")
    assert "Biên bản không ghi ngày" in page.text
    assert [link["href"] for link in page.all(".finding-list a")] == [f"/findings/{own}"]
    browser.get(f"/findings/{own}")
    browser.get(f"/findings/{theirs}", status=404)


@pytest.mark.parametrize("act", ["note", "finding"])
def test_an_event_that_is_not_there_has_no_form(browser, office, cases, inspection, act):
    browser.sign_in_as(office.person("stranger"))
    for event in (0, 999, 2**31, "x"):
        browser.get(f"/inspections/{inspection}/{act}?case={cases[0]}&event={event}", status=404)
    browser.get(f"/inspections/{inspection}/{act}?case={cases[0]}&event=1")


def test_offices_and_places_can_be_inspected_and_campaigns_of_the_reader_are_offered(browser, office, cases):
    browser.sign_in_as(office.person("auditor"))
    page = browser.get("/inspections/new")
    offered = {option["value"] for option in page.all("select[name=units-0-unit] option")} - {""}
    kinds = office.read(select(Unit.kind).where(Unit.code.in_(offered)))
    assert {"committee", "office"} <= set(kinds)
    assert "hamlet" not in kinds
    campaigns = {option["value"] for option in page.all("input[name=campaign]")} - {""}  # few: radios
    known = select(Campaign.code).where(visible_campaign(standing(office, "auditor")))
    assert campaigns == set(office.read(known))


def test_no_decision_is_of_a_day_to_come(browser, office, cases):
    browser.sign_in_as(office.person("auditor"))
    browser.get("/inspections/new")
    page = browser.submit(
        status=422,
        title="Kiểm tra",
        decision_number="1/QĐ",
        issued_by="Chánh Thanh tra",
        decision_date=f"{office.today + DAY:%d/%m/%Y}",
        begins_on=f"{office.today + DAY:%d/%m/%Y}",
        ends_on=f"{office.today + DAY:%d/%m/%Y}",
        period_from="01/11/2019",
        period_to="31/12/2019",
        head=office.person("stranger").public_id,
        **{"units-0-unit": "an-giang/tinh-bien/an-cu"},
    )
    assert "Ngày quyết định" in page.one("#error-summary").text


def test_minutes_tell_the_step_the_files_and_why_a_finding_was_withdrawn(browser, office, cases, inspection):
    answered, withdrawn = (
        raised(office, inspection, cases[0], seen=seen) for seen in ("Thiếu chữ ký", "Thiếu dấu")
    )
    office.work()
    task = office.task("answer_finding", answered)
    paper = office.paper("head", task.public_id, "other", name="Biên bản họp ấp.pdf")
    office.do("head", "answer_finding", answered, answer="Lưu tại xã", evidence=[paper])
    stop_case(withdrawn, "Nêu nhầm hồ sơ.", actor=office.actor("stranger"), now=office.now)
    browser.sign_in_as(office.person("stranger"))
    told = minutes(browser, inspection)
    assert "Tài liệu kèm theo: Biên bản họp ấp.pdf" in told
    assert "đã rút, lý do: nêu nhầm hồ sơ" in told
    assert "sự kiện số 1 trong nhật ký: Lê Văn Cán Bộ, “Đề nghị khen thưởng”, lúc" in told
