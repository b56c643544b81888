"""Voting rules of a council: drafted, approved, and used by the next session."""

import pytest
from lxml import etree
from sqlalchemy import select

from tests.proven import faults
from tests.sittings import OURS_CODES
from webapp.extensions import db
from webapp.models import CouncilSession, VoteProfileVersion
from webapp.operations.refusals import InvalidForm
from workflows.engine.lint_tables import table_faults

RULES, NEW = "/council/rules", "/council/rules/an-giang/tinh-bien/new"
EIGHTY = {
    "rule": "eighty_percent",
    "quota": "cuts",
    "quota_tie": "second_ballot",
    "citation": "Quy chế số 05/QC",
}
MEASURED = {
    "rule": "custom",
    "name": "Từ hai phần ba số có mặt",
    "threshold": "2/3",
    "comparison": "at_least",
    "base": "present",
    "citation": "Quy chế số 05/QC",
}


@pytest.fixture
def draft(browser, council):
    """Drafts a rule as the secretary; gives the page that answers."""

    def act(answers, status=200):
        browser.sign_in_as(council.person("secretary"))
        browser.get(NEW)
        return browser.submit("form.panel", status, **answers)

    return act


@pytest.fixture
def approve(browser, council):
    """Approves the one draft as the chairman of the council."""

    def act(word="approve", status=200):
        browser.sign_in_as(council.person("authority"))
        browser.get(RULES)
        return browser.post(f"{RULES}/{newest().public_id}/{word}", status=status)

    return act


def newest():
    db.session.rollback()
    return db.session.scalar(select(VoteProfileVersion).order_by(VoteProfileVersion.id.desc()))


def kept():
    db.session.rollback()
    query = select(VoteProfileVersion).order_by(VoteProfileVersion.id)
    return [(each.status, each.profile["rule"]["threshold"]) for each in db.session.scalars(query)]


def test_what_the_law_presumes_holds_at_first(browser, council):
    browser.sign_in_as(council.person("member1"))
    page = browser.get(RULES)
    assert "Quá bán tổng số thành viên" in page.one(".vote-rule").get_text()
    assert not page.all(f"a[href='{NEW}']")


def test_a_draft_holds_when_the_chairman_has_approved_it(browser, council, draft, approve):
    page = draft(EIGHTY)
    assert "Đã lưu dự thảo." in page.one("#flashes").get_text()
    assert "Quá bán" in page.all(".vote-rule")[0].get_text()
    page = approve()
    assert "Từ 80% tổng số thành viên" in page.all(".vote-rule")[0].get_text()
    assert kept() == [("approved", "4/5")]
    assert faults() == []


def test_a_rule_made_to_measure_says_all_its_parts(draft, approve):
    draft(MEASURED)
    page = approve()
    assert "Từ hai phần ba số có mặt" in page.all(".vote-rule")[0].get_text()
    rule = newest().profile["rule"]
    assert (rule["threshold"], rule["base"], rule["quorum"], rule["ballot"]) == (
        "2/3",
        "present",
        "2/3",
        "open",
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"threshold": "3/2"}, "“Tỷ lệ đồng ý cần đạt” phải là tỷ lệ không quá 1"),
        ({"threshold": "0,8"}, "Tỷ lệ đồng ý cần đạt"),
        ({"threshold": "1/1", "comparison": "more_than"}, "Không thể đạt trên toàn bộ."),
        ({"citation": ""}, "Căn cứ"),
        ({"from_date": "10/12/2019", "to_date": "09/12/2019"}, "Áp dụng đến ngày"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_kept(draft, changes, fault):
    page = draft(MEASURED | changes, 422)
    assert fault in page.one(".error-summary").get_text()
    assert kept() == []


def test_a_discarded_draft_holds_nowhere_and_is_decided_once(browser, draft, approve):
    draft(EIGHTY)
    page = approve("discard")
    assert "Quá bán" in page.all(".vote-rule")[0].get_text()
    approve(status=409)
    assert kept() == [("discarded", "4/5")]


@pytest.mark.parametrize("username", ["secretary", "chair", "member1"])
def test_only_the_chairman_of_the_council_decides(browser, council, draft, username):
    draft(EIGHTY)
    row = newest().public_id
    browser.sign_in_as(council.person(username))
    browser.get(RULES)
    browser.post(f"{RULES}/{row}/approve", status=403)
    assert kept() == [("draft", "4/5")]


@pytest.mark.parametrize(("username", "status"), [("chair", 403), ("member1", 403), ("officer", 403)])
def test_only_the_secretary_drafts(browser, council, username, status):
    browser.sign_in_as(council.person(username))
    browser.get(NEW, status=status)


def test_the_next_session_votes_by_it_and_an_open_one_keeps_its_own(council, draft, approve):
    draft(EIGHTY)
    approve()
    council.sit(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    db.session.rollback()
    query = select(CouncilSession.profile).order_by(CouncilSession.id)
    assert [profile["rule"]["threshold"] for profile in db.session.scalars(query)] == ["1/2", "4/5"]


def test_awards_of_different_rules_need_sessions_of_their_own(council, draft, approve):
    draft(EIGHTY | {"awards": ["provincial_certificate_of_merit"]})
    approve()
    higher = {"nominee_name": "Võ Thành Lẫm", "proposed_award": "provincial_certificate_of_merit"}
    codes = council.bring(higher, {"nominee_name": "Neáng Sóc Kha"})
    with pytest.raises(InvalidForm) as refusal:
        council.summon(codes)
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [
        ("/nominations", "mixed_profiles")
    ]
    assert OURS_CODES[0] not in codes


def test_the_decision_table_says_which_rule_holds_for_which_award(browser, council, draft, approve):
    draft({**EIGHTY, "awards": ["certificate_of_merit"], "from_date": "2019-01-01"})
    approve()
    browser.sign_in_as(council.person("member1"))
    link = str(browser.get(RULES).one("a[href$='table.dmn']")["href"])
    answer = browser.client.get(link)
    assert answer.mimetype == "application/xml"
    table = etree.fromstring(answer.data)
    assert list(table_faults("table.dmn", table)) == []
    rows = {
        tuple(cell.findtext("{*}text") for cell in rule.iterfind("{*}inputEntry")): rule.findtext(
            "{*}outputEntry/{*}text"
        )
        for rule in table.iter("{*}rule")
    }
    assert rows == {
        ('"certificate_of_merit"',): '"Từ 80% tổng số thành viên"',
        ("-",): '"Quá bán tổng số thành viên"',
    }
    browser.get("/council/rules/an-giang/an-cu/table.dmn", status=404)


def test_the_chairman_is_told_of_a_draft_and_the_secretary_of_what_became_of_it(
    browser, council, draft, approve
):
    draft(EIGHTY)
    browser.sign_in_as(council.person("authority"))
    assert "Có quy tắc biểu quyết chờ phê duyệt" in browser.get("/notices").text
    page = browser.submit(".notice-list li:first-child form")
    assert page.answer.request.path == RULES
    assert "không sửa được nữa" in page.one(".rule-version details").get_text()
    approve()
    browser.sign_in_as(council.person("secretary"))
    assert "Quy tắc biểu quyết đã được phê duyệt" in browser.get("/notices").text


def test_who_drafted_a_rule_takes_it_back(browser, council, draft):
    draft(EIGHTY)
    browser.sign_in_as(council.person("secretary"))
    page = browser.get(RULES)
    assert [button.get_text() for button in page.all(".rule-version button")] == ["Bỏ"]
    browser.post(f"{RULES}/{newest().public_id}/discard")
    assert kept() == [("discarded", "4/5")]


def test_the_table_says_what_happens_with_the_places(browser, council):
    browser.sign_in_as(council.person("member1"))
    assert "số lượng của kế hoạch chỉ để tham khảo" in browser.get(RULES).all("tbody td")[0].get_text()
