"""A decision is put right or supplemented by another one that cites it; register, certificate and history follow."""

import io

from sqlalchemy import select

from tests.amending import award_of, correct, issue, path_of, refused
from tests.offices import scene
from tests.proven import faults
from tests.sittings import OURS_CODES, SIGNATURE, THEIR_CODE
from tests.webapp.awards.test_decision_forms import opened
from tests.webapp.documents.papers import needs_poppler
from tests.webapp.operations.procedures.reading import read
from webapp.documents import render
from webapp.extensions import db
from webapp.models import AwardRecord, Certificate, Decision
from webapp.operations.interventions import stop_case
from webapp.queries.amendment_papers import correction_facts
from webapp.queries.award_papers import decision_facts
from webapp.queries.decisions import decision_of

COUNCIL = "concluded"
NAME = {"award": OURS_CODES[0], "field": "name", "after": "Nguyễn Thị Ửng"}


@scene
def corrected(council):
    """The name of the second awardee is put right, and where she lives."""
    decision = issue(council, OURS_CODES[:2])
    address = {"award": OURS_CODES[0], "field": "address", "after": "ấp Phú Tâm, xã An Cư"}
    return decision, correct(council, decision, [NAME, address])


def certificates():
    award = award_of(2)
    return db.session.scalars(
        select(Certificate).where(Certificate.award_id == award.id).order_by(Certificate.issue)
    ).all()


def test_register_history_and_certificate_have_the_right_name(browser, council, corrected):
    browser.sign_in_as(council.person("secretary"))
    text = browser.get("/awards/register").text
    assert "Nguyễn Thị Ửng" in text
    assert "ấp Phú Tâm" in text
    [entry] = db.session.scalars(select(AwardRecord).where(AwardRecord.award_id == award_of(2).id))
    assert (entry.name, entry.search_key) == ("Nguyễn Thị Ửng", "nguyen thi ung")
    first, second = certificates()
    assert (first.state, first.printed["bearer"]) == ("replaced", "Bà Nguyễn Thị Ượng")
    assert second.printed["bearer"] == "Bà Nguyễn Thị Ửng"
    assert second.printed["address"] == "Ấp Phú Tâm, xã An Cư"
    assert (second.cause, second.reason) == ("correction", "Quyết định số 16/QĐ-UBND")
    assert faults() == []


def test_codes_follow(browser, council, corrected):
    decision, code = corrected
    first, second = certificates()
    page = browser.get(path_of(first))
    assert page.one(".code-status").get_text(strip=True) == "Đã được cấp lại bản khác"
    assert "16/QĐ-UBND" in page.text
    assert "Bà Nguyễn Thị Ửng" in browser.get(path_of(second)).text
    page = browser.get(path_of(council.case(decision)))
    assert page.one(".code-status").get_text(strip=True) == "Đã được đính chính"
    page = browser.get(path_of(council.case(code)))
    assert "“Nguyễn Thị Ượng” → “Nguyễn Thị Ửng”" in page.text


@needs_poppler
def test_the_correction_cites_the_original(council, corrected):
    _decision, code = corrected
    said = " ".join(read(code, "correction_decision").split())
    for told in (
        "Số: 16/QĐ-UBND",
        "Căn cứ Quyết định số 09/QĐ-UBND",
        "Bà Nguyễn Thị Ượng",
        "đã ghi “Nguyễn Thị Ượng”, nay sửa thành “Nguyễn Thị Ửng”",
    ):
        assert told in said


def test_pages_lead_from_one_to_the_other(browser, council, corrected):
    decision, code = corrected
    browser.sign_in_as(council.person("specialist"))
    page = browser.get(f"/awards/decisions/{decision}")
    page = browser.get(page.one(f"a[href='/awards/amendments/{code}']")["href"])
    assert page.all(f"a[href='/awards/decisions/{decision}']")
    cells = [cell.get_text(strip=True) for cell in page.all("td del, td strong")]
    assert cells[:2] == ["Nguyễn Thị Ượng", "Nguyễn Thị Ửng"]


def test_what_reads_so_already_is_no_correction(council):
    decision = issue(council, OURS_CODES[:2])
    with refused("nothing_corrected"):
        correct(council, decision, [{**NAME, "after": "Nguyễn Thị Ượng"}])


def test_a_draft_that_is_given_up_corrects_nothing(council):
    decision = issue(council, OURS_CODES[:2])
    code = council.start("secretary", "award_correction", original=decision, reason="Sai tên")
    council.do("specialist", "draft_correction", code, corrections=[NAME])
    stop_case(code, "Không sai", actor=council.actor("head"), now=council.now)
    assert council.case(code).outcome == "cancelled"
    assert award_of(2).nomination.case.title == "Nguyễn Thị Ượng"


def test_a_supplement_cites_what_it_adds_to(browser, council):
    first = issue(council, OURS_CODES[:2])
    browser.sign_in_as(council.person("specialist"))
    page = browser.get(f"/awards/decisions/{first}")
    [link] = [each for each in page.all("a") if each.get_text(strip=True) == "Ra quyết định bổ sung"]
    assert browser.get(link["href"]).form()["supplements"] == first
    code = council.start("specialist", "award_issuance", round="nam-2019", supplements=first)
    council.do("specialist", "draft_decision", code, nominations=[THEIR_CODE])
    council.sign(code)
    council.number(code, 17)
    found = decision_of(db.session(), council.case(code))
    assert (found.kind, found.original.case.code) == ("award", first)
    facts = decision_facts(db.session(), found)
    assert any(basis.startswith("Căn cứ Quyết định số 09/QĐ-UBND") for basis in facts["bases"])
    page = browser.get(path_of(council.case(first)))
    assert "Được bổ sung bằng Quyết định số 17/QĐ-UBND" in page.text
    assert page.one(".code-status").get_text(strip=True) == "Còn hiệu lực"
    assert db.session.scalars(select(Decision.status).distinct()).all() == ["valid"]


def test_a_draft_that_others_have_overtaken_is_signed_no_more(browser, council):
    decision = issue(council, OURS_CODES[:2])
    code = council.start("specialist", "award_correction", original=decision, reason="Sai tên")
    council.do("specialist", "draft_correction", code, corrections=[NAME])
    correct(council, decision, [{**NAME, "after": "Nguyễn Thị Uổng"}])
    with refused("corrected_meanwhile"):
        council.sign(code)
    assert award_of(2).nomination.case.title == "Nguyễn Thị Uổng"


def test_a_correction_that_was_signed_elsewhere_is_compared_on_its_page(browser, council):
    decision = issue(council, OURS_CODES[:2])
    code = council.start("specialist", "award_correction", original=decision, reason="Sai tên")
    council.do("specialist", "draft_correction", code, corrections=[NAME])
    council.do("head", "submit_decision", code, decision="submit", signature=SIGNATURE)
    council.do("office", "check_decision", code, decision="approve", signing="elsewhere")
    facts = correction_facts(db.session(), decision_of(db.session(), council.case(code)))
    file = io.BytesIO(render("correction_decision", facts).pdf), "qd-dinh-chinh.pdf"
    opened(browser, council, "clerk", "record_signed_decision", code)
    sent = {"decision": "record", "signed_decision-_file": file, "act": "draft"}
    page = browser.submit("form.task-form", **sent)
    assert "Đã đọc và so" in page.text
    assert "Họ tên, tên tập thể: Nguyễn Thị Ửng" in page.one(".comparison-list").get_text(" ", strip=True)
