"""The evidence of a case as a file that the worker writes, asked for on the page of its replay."""

import datetime as dt
import zipfile

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.people import AN_PHU
from webapp.audit.offline_verifier import Verification
from webapp.jobs import run
from webapp.models import Case, RoleHolding
from webapp.operations.people import end_role, give_role

TAKE = "form[action='/audit/bundles']"


def taken(browser, office, tmp_path, of, scope="case"):
    """Ask for a bundle on the page of a case, let the worker write it, and save it."""
    page = browser.page if browser.page else browser.get(f"/audit/cases/{of}")
    forms = [form for form in page.all(TAKE) if form.select_one(f"input[value={scope}]")]
    assert len(forms) == 1
    progress = browser.submit(f"{TAKE}:has(input[value={scope}])").answer.request.path
    run.settle(lambda: office.now)
    page = browser.get(progress)
    assert "Tệp đã sẵn sàng" in page.text
    path = tmp_path / "bundle.zip"
    path.write_bytes(browser.get(page.one("a[href$='/file']")["href"]).answer.data)
    return path


def test_an_auditor_takes_the_evidence_of_a_case(browser, office, walked, tmp_path):
    browser.get(f"/audit/cases/{walked}")
    bundle = taken(browser, office, tmp_path, walked)
    assert Verification(bundle).run().faults == []
    assert "Tải gói chứng cứ" in browser.get(f"/audit/cases/{walked}").text
    [event] = office.access("bundle_exported")
    assert event.fields["of"] == walked
    assert "tải gói chứng cứ đã ký của 1 hồ sơ" in browser.get("/audit/events?type=bundle_exported").text


def test_it_is_taken_on_the_page_of_exports_too(browser, office, walked, tmp_path):
    assert "Chọn một phong trào ở mục 1" in browser.get("/audit/export").text
    browser.get(f"/audit/export?codes={walked}")
    assert Verification(taken(browser, office, tmp_path, walked)).run().faults == []


def test_asked_for_twice_it_is_written_once(browser, office, walked):
    browser.get(f"/audit/cases/{walked}")
    first = browser.submit(TAKE).answer.request.path
    browser.get(f"/audit/cases/{walked}")
    assert browser.submit(TAKE).answer.request.path == first
    assert len(browser.get("/exports").all("tbody tr")) == 1


def test_the_page_of_a_campaign_offers_all_its_cases(browser, office, walked, tmp_path):
    campaign = next(row.code for row in office.read(select(Case)) if row.process == "campaign")
    page = browser.get(f"/audit/cases/{campaign}")
    assert "Gói cả phong trào (2 hồ sơ)" in page.text
    bundle = taken(browser, office, tmp_path, campaign, scope="campaign")
    assert Verification(bundle).run().faults == []
    names = zipfile.ZipFile(bundle).namelist()
    assert {f"case_files/{campaign}.pdf", f"case_files/{walked}.pdf"} <= set(names)


@pytest.mark.parametrize(
    ("scope", "of"),
    [
        ("case", "HS-1999-0001"),
        ("session", "HS-2019-0001"),
        ("campaign", "no-such"),
        ("planet", CAMPAIGN),
        ("", ""),
    ],
)
def test_what_is_not_there_is_not_found(browser, walked, scope, of):
    browser.get(f"/audit/cases/{walked}")
    browser.post("/audit/bundles", data={"scope": scope, "of": of}, status=404)


def test_an_auditor_of_another_commune_takes_nothing(browser, office, walked):
    stranger = office.person("stranger")
    then = {"actor": office.actor("admin"), "now": office.now}
    give_role(stranger.public_id, "auditor", AN_PHU, dt.date(2019, 1, 1), **then)
    browser.sign_in_as(stranger)
    for scope, of in (("case", walked), ("campaign", CAMPAIGN)):
        browser.post("/audit/bundles", data={"scope": scope, "of": of}, status=404)


@pytest.mark.parametrize("username", ["officer", "specialist", "chair", "admin"])
def test_who_does_not_audit_takes_nothing(browser, office, walked, username):
    browser.sign_in_as(office.person(username))
    browser.post("/audit/bundles", data={"scope": "case", "of": walked}, status=403)
    assert office.access("bundle_exported") == []


def test_whoever_is_no_auditor_any_more_when_it_is_written_gets_nothing(browser, office, walked):
    browser.get(f"/audit/cases/{walked}")
    progress = browser.submit(TAKE).answer.request.path
    auditor = office.person("auditor")
    [role] = [held for held in office.read(select(RoleHolding)) if held.person_id == auditor.id]
    end_role(auditor.public_id, role.id, office.today, actor=office.actor("admin"), now=office.now)
    office.move(days=1)
    run.settle(lambda: office.now)
    assert "Không ghi được" in browser.get(progress).text
