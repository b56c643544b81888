"""A commune keeps the files of its own campaign: its officer proposes, its chairman decides."""

import datetime as dt

from tests.factories import CAMPAIGN, STRAND
from tests.offices import scene
from tests.people import AN_CU
from tests.webapp.erasures.conftest import NAME
from webapp.models import ERASED
from webapp.operations.starts import start_case

OURS = f"{CAMPAIGN}-an-giang-tinh-bien-an-cu"


@scene
def refused(office, campaign):
    """The code of a registration for the commune's own campaign, refused there."""
    closes = (office.at + dt.timedelta(days=20)).date().isoformat()
    own = office.start("officer", "response", strands=[STRAND], registration_closes=closes)
    office.do("officer", "file_response", own, plan_number="15/KH-UBND", plan_date="2019-12-02")
    office.do("commune_chair", "approve_response", own, decision="approve")
    office.work()
    form = {"strand": STRAND, "nominee_kind": "individual", "nominee_name": NAME, "submitting_unit": AN_CU}
    officer = office.actor("officer")
    code = start_case("registration", OURS, {**form, "filled_by": "officer"}, actor=officer, now=office.now)
    office.do("officer", "fill_on_behalf", code)
    given = {"ground": "wrong_group", "ground_note": "Không thuộc đối tượng."}
    office.do("officer", "check_registration", code, decision="reject", **given)
    office.work()
    return code


def test_its_officer_proposes_and_its_chairman_decides(office, browser, refused):
    browser.sign_in_as(office.person("officer"))
    browser.get(f"/erasures/cases/{refused}")
    page = browser.submit(number="12/ĐN", reason="Theo yêu cầu của chủ thể dữ liệu")
    assert not page.all("button[value=agree]")
    browser.sign_in_as(office.person("commune_chair"))
    browser.get(page.answer.request.path)
    browser.submit(decision="agree")
    assert office.case(refused).title == ERASED


def test_nobody_of_another_commune_finds_it(office, browser, refused):
    browser.sign_in_as(office.person("other_officer"))
    browser.get(f"/erasures/cases/{refused}", status=404)


def test_a_commune_keeps_no_file_of_the_district(office, browser, withdrawn):
    browser.sign_in_as(office.person("officer"))
    assert not browser.get("/erasures").all("tbody tr")
    browser.get(f"/erasures/cases/{withdrawn}", status=404)
