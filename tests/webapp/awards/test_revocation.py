"""Awards are revoked: struck from the register, told by their codes, out of the history, their money tracked."""

import datetime as dt
import io
from urllib.parse import urlsplit

import docx
import pytest
from sqlalchemy import select

from tests.amending import (
    award_of,
    handed_over,
    issue,
    path_of,
    prepare,
    propose,
    refused,
    revoke,
    today,
)
from tests.proven import faults
from tests.revoked import HER
from tests.sittings import OURS_CODES
from tests.webapp.awards.test_decision_forms import opened
from tests.webapp.documents.papers import needs_poppler
from tests.webapp.documents.squares import UNDER, page_of, scanned
from tests.webapp.operations.procedures.reading import kept, read
from webapp.extensions import db
from webapp.models import AwardRecord, Certificate, Decision, Notice, NumberSeries
from webapp.operations.interventions import stop_case
from webapp.operations.refusals import NotNow
from webapp.queries.award_history import counting

COUNCIL = "concluded"


def certificate_of(register_number):
    award = award_of(register_number)
    return db.session.scalars(select(Certificate).where(Certificate.award_id == award.id)).one()


def test_it_begins_on_the_page_of_the_decision(browser, council):
    decision = issue(council, OURS_CODES[:2])
    browser.sign_in_as(council.person("specialist"))
    page = browser.get(f"/awards/decisions/{decision}")
    [link] = [each for each in page.all("a") if each.get_text(strip=True) == "Hủy bỏ khen thưởng"]
    page = browser.get(link["href"])
    assert page.form()["original"] == decision
    page = browser.submit("main form", reason="Đơn phản ánh của nhân dân")
    assert page.all("select[name='ground'], input[name='ground']")
    browser.sign_in_as(council.person("clerk"))
    assert "Hủy bỏ khen thưởng" not in browser.get(f"/awards/decisions/{decision}").text


def test_register_is_struck_and_the_number_is_never_given_again(browser, council, revoked):
    decision, code = revoked
    award = award_of(2)
    assert (award.revoked_on, award.revoked_by.case.code) == (council.today, code)
    assert award.decision.status == "revoked_in_part"
    browser.sign_in_as(council.person("secretary"))
    page = browser.get("/awards/register")
    [struck] = page.all("tr.struck")
    assert struck.select_one(".register-number span").find(string=True).strip() == "2/2019"
    assert "Hủy bỏ theo Quyết định số 15/QĐ-UBND" in struck.get_text(" ")
    assert "Tổng tiền thưởng: 900.000 đ" in page.text.replace(" :", ":")
    assert "hủy bỏ ngày" in browser.get(f"/awards/decisions/{decision}").text
    issue(council, [OURS_CODES[2]], 20)
    assert award_of(3).decision.number == 20
    last = select(NumberSeries.last).where(NumberSeries.series.startswith("register/"))
    assert db.session.scalars(last).all() == [3]
    assert faults() == []


def scanned_page(browser, paper, words):
    """What a phone opens that reads the square on the page of a paper with these words."""
    [address] = scanned(paper, page_of(paper, words))
    return browser.get(urlsplit(address).path)


@needs_poppler
def test_squares_printed_before_say_revoked_since(browser, council, revoked):
    decision, code = revoked
    certificates = kept(decision, "certificate")
    page = scanned_page(browser, certificates, "Nguyễn Thị Ượng")
    assert page.one(".code-status").get_text(strip=True) == "Đã bị hủy bỏ"
    assert "15/QĐ-UBND" in page.text
    page = scanned_page(browser, certificates, "Tổ tự quản số 1")
    assert page.one(".code-status").get_text(strip=True) == "Còn hiệu lực"
    page = scanned_page(browser, kept(decision, "decision"), UNDER)
    assert page.one(".code-status").get_text(strip=True) == "Đã bị hủy bỏ một phần"
    page = browser.get(path_of(council.case(code)))
    for told in ("15/QĐ-UBND", "Khai khống thành tích", "12/KL-TTr", "450.000 đ", "Nguyễn Thị Ượng"):
        assert told in page.text.replace("\xa0", " ")


@needs_poppler
def test_decision_and_submission_are_drawn(council, revoked):
    _decision, code = revoked
    submission = " ".join(read(code, "revocation_submission").split())
    for told in (
        "Số: 31/TTr-PNV",
        "Gian dối trong kê khai thành tích".lower(),
        "Bà Nguyễn Thị Ượng",
        "450.000",
    ):
        assert told.lower() in submission.lower()
    decision = " ".join(read(code, "revocation_decision").split())
    for told in ("Số: 15/QĐ-UBND", "Hủy bỏ khen thưởng đối với", "Quyết định số 09/QĐ-UBND", "(Đã ký)"):
        assert told in decision


def test_history_knows_it_and_no_condition_counts_it(browser, council, revoked):
    [counted] = db.session.scalars(select(AwardRecord).where(counting()))
    assert counted.award_id == award_of(1).id
    browser.sign_in_as(council.person("specialist"))
    page = browser.get("/awards/history")
    assert not page.all(".empty-state")
    rows = [row.get_text(" ", strip=True) for row in page.all("tbody tr")]
    assert ["hủy bỏ theo" in row for row in rows if "Ượng" in row] == [True]


def test_who_submitted_is_told(council, revoked):
    told = db.session.scalars(select(Notice).where(Notice.template == "award_revoked")).all()
    assert {each.person_id for each in told} >= {council.person("officer").id}


def test_copies_are_recorded_and_the_unit_reads_the_decision(browser, council, revoked):
    _decision, code = revoked
    page, copies = f"/awards/amendments/{code}", f"/awards/amendments/{code}/copies"
    browser.sign_in_as(council.person("clerk"))
    assert browser.get(page).one(f"a[href='{copies}']")
    browser.get(copies)
    early = browser.submit("main form", 422, sent_on="2019-01-02", way0="paper")
    assert early.form()["way0"] == "paper"
    told = browser.submit("main form", sent_on=today(council))
    ways = [each.get_text(strip=True) for each in told.all("[aria-labelledby=copies-title] h3")]
    assert [each.split(" · ")[0] for each in ways] == ["phần mềm quản lý văn bản", "bản giấy"]
    assert "xã An Cư" in told.one("[aria-labelledby=copies-title]").get_text()
    assert not told.all(f"a[href='{copies}']")
    assert (
        "Đã ghi nhận gửi cho mọi nơi nhận" in browser.post(copies, {"way0": "paper"}).one("body").get_text()
    )
    word = docx.Document(io.BytesIO(browser.client.get(f"{page}/decision.docx").data))
    assert any("Hủy bỏ khen thưởng đối với 01 cá nhân" in each.text for each in word.paragraphs)
    browser.sign_in_as(council.person("officer"))
    received = browser.get("/awards/received")
    assert "15/QĐ-UBND" in received.text
    link = received.one("a[href*='/awards/received/']")["href"]
    assert browser.client.get(link).data.startswith(b"%PDF")
    browser.get(copies, status=403)
    assert faults() == []


def test_a_decision_all_of_whose_awards_are_revoked_is_revoked(browser, council):
    decision = issue(council, [OURS_CODES[0]])
    code = revoke(council, decision, [{**HER, "amount_due": 0}])
    assert council.case(code).outcome == "revoked"
    status = select(Decision.status).where(Decision.case_id == council.case(decision).id)
    assert db.session.scalar(status) == "revoked"
    browser.sign_in_as(council.person("specialist"))
    assert "award_revocation" not in str(browser.get(f"/awards/decisions/{decision}").answer.data)
    page = browser.get("/awards/decisions")
    assert {"QD-2019-0001", "HB-2019-0001"} <= set(page.text.split())


def test_what_is_revoked_is_handed_over_to_nobody(browser, council):
    decision = issue(council, OURS_CODES[:2])
    revoke(council, decision, [{**HER, "amount_due": 0}])
    rows = {row["recipient"]: row for row in handed_over(decision, council.today)}
    early = {**rows[OURS_CODES[1]], "handed_on": (council.today - dt.timedelta(days=1)).isoformat()}
    for row, code in ((rows[OURS_CODES[0]], "award_revoked"), (early, "before_decision")):
        with refused(code):
            council.do("specialist", "hand_over", decision, recipients=[row], decision="more")
    page = opened(browser, council, "specialist", "hand_over", decision)
    assert page.form("form.task-form")["recipients-0-recipient"] == OURS_CODES[1]
    council.do("specialist", "hand_over", decision, recipients=[rows[OURS_CODES[1]]], decision="done")


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([{**HER, "amount_due": 450_001}], "over_prize"),
        ([HER, HER], "revoked_twice"),
    ],
)
def test_what_cannot_be_revoked_so_is_refused(council, rows, code):
    decision = issue(council, OURS_CODES[:2])
    with refused(code):
        propose(council, decision, rows)


def test_an_award_stands_in_one_proposal_at_a_time(council):
    decision = issue(council, OURS_CODES[:2])
    first = propose(council, decision, [HER])
    with refused("revocation_open"):
        propose(council, decision, [HER])
    stop_case(first, "Rút để kiểm tra lại", actor=council.actor("head"), now=council.now)
    assert council.case(first).outcome == "withdrawn"
    prepare(council, "HB-2019-0002", [HER])
    assert award_of(2).revoked_on is None


def test_what_has_a_number_is_not_withdrawn(council, revoked):
    _decision, code = revoked
    with pytest.raises(NotNow, match="decision_numbered"):
        stop_case(code, "Nhầm", actor=council.actor("head"), now=council.now)


def test_a_refusal_strikes_nothing(council):
    decision = issue(council, OURS_CODES[:2])
    code = propose(council, decision, [HER])
    council.do("head", "review_revocation", code, decision="submit")
    council.work()
    council.do("authority", "decide_revocation", code, decision="refuse", refusal_reason="Chưa đủ căn cứ")
    assert council.case(code).outcome == "refused"
    assert award_of(2).revoked_on is None


def test_stranger_learns_nothing_of_it(browser, council, revoked):
    _decision, code = revoked
    browser.sign_in_as(council.person("other_officer"))
    browser.get(f"/awards/amendments/{code}", status=404)
