"""Conditions of eligibility at the outcome: whom they bar, and what a cap of the rule set cuts."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.factories import CAMPAIGN
from tests.pages import Browser
from tests.people import TINH_BIEN
from tests.proven import faults
from tests.sittings import CODES, MEMBERS, OURS_CODES, SESSION, SIGNATURE, THEIR_CODE
from webapp import eventlog
from webapp.extensions import db
from webapp.models import AgendaItem, CouncilSession, Unit
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import freeze_case
from webapp.operations.refusals import InvalidForm
from webapp.operations.rule_sets import amend_rules, decide_rules, submit_rules
from webapp.queries.rule_sets import version_in_force
from workflows.law_amendments import Amendment

FIRST = OURS_CODES[0]
PENDING = "no_pending_matter"
CAP = {
    "code": "share_of_collectives",
    "name": "Không quá bảy phần mười số tập thể đạt tiêu chuẩn",
    "rule": "share_of_eligible",
    "effect": "bar",
    "awards": ["certificate_of_merit"],
    "kinds": ["collective"],
    "share": 0.7,
    "mark": "unverified",
    "citation": "Quy chế của huyện (giả định)",
}


def items():
    db.session.rollback()
    rows = db.session.scalars(select(AgendaItem).order_by(AgendaItem.position))
    return {item.nomination.case.code: item for item in rows}


def reasons():
    return {code: (item.result, item.count["reason"]) for code, item in items().items()}


def pend(council):
    """A complaint about the first nominee comes in: another dossier of theirs is suspended for it."""
    other = council.nominate(nominee_name="Nguyễn Thị Ượng", strand="tu-thien-xa-hoi")
    freeze_case(other, "Đang xác minh đơn tố cáo", actor=council.actor("specialist"), now=council.now)


def vote(council, **by_member):
    for username in MEMBERS:
        choices = dict(by_member.get(username, {}))
        if username == "member2":
            choices[THEIR_CODE.replace("-", "_")] = "none"
        council.vote(username, SESSION, **choices)


def outcome_checks():
    stream = eventlog.read_stream(db.session(), f"case/{SESSION}")
    return [
        each.fields
        for each in stream
        if each.type == "eligibility_checked" and each.fields["point"] == "outcome"
    ]


def test_a_bar_refuses_the_passing_with_its_source_and_is_logged(council):
    pend(council)
    vote(council)
    told = reasons()
    assert told[FIRST] == ("not_passed", "not_eligible")
    assert all(told[code] == ("passed", "threshold") for code in CODES[1:])
    [ground] = items()[FIRST].count["grounds"]
    assert (ground["condition"], ground["mark"]) == (PENDING, "unverified")
    [check] = outcome_checks()
    assert check["checked"] == len(CODES)
    assert {"nomination": FIRST, "condition": PENDING, "verdict": "bar"} in check["findings"]
    council.conclude(SESSION)
    assert [council.case(code).outcome for code in CODES] == ["not_passed", None, None, None, None]
    assert faults() == []


def test_minutes_are_not_signed_over_a_bar_that_came_up_since_the_count(council):
    vote(council)
    council.minute(SESSION)
    pend(council)
    with pytest.raises(InvalidForm) as refused:
        council.do("chair", "sign_minutes", SESSION, decision="sign", signature=SIGNATURE)
    assert [(each.pointer, each.code) for each in refused.value.faults] == [
        ("/decision", "barred_since_the_count")
    ]
    assert reasons()[FIRST] == ("passed", "threshold")
    council.do("chair", "sign_minutes", SESSION, decision="return", return_reason="Ghi lại kết quả")
    council.conclude(SESSION)
    assert reasons()[FIRST] == ("not_passed", "not_eligible")
    assert council.case(FIRST).outcome == "not_passed"
    assert faults() == []


@pytest.fixture
def capped(council):
    """The rule set of the district holds a cap, and the council's places cut."""
    clerk = council.person("clerk").public_id
    people.give_role(clerk, "admin", TINH_BIEN, dt.date(2018, 1, 1), actor=SYSTEM, now=council.now)
    place = db.session.scalars(select(Unit).where(Unit.code == TINH_BIEN)).one()
    upon = version_in_force(db.session(), "law-2014", place).public_id
    by = {"actor": council.actor("clerk"), "now": council.now}
    draft = amend_rules(upon, TINH_BIEN, Amendment("add", ("conditions",), CAP), **by)
    submit_rules(draft, **by)
    decide_rules(draft, approve=True, actor=council.actor("authority"), now=council.now)
    session = db.session.scalar(select(CouncilSession))
    session.profile = {**session.profile, "rule": {**session.profile["rule"], "quota": "cuts"}}
    db.session.commit()


def test_a_share_of_those_who_met_the_standard_cuts_the_lowest_counts(council, capped):
    """Seven tenths of the three collectives of An Cư are two; of the one of An Phú, none."""
    vote(council, authority={"HS_2019_0004": "abstain"})
    told = reasons()
    assert told["HS-2019-0004"] == told[THEIR_CODE] == ("not_passed", "beyond_cap")
    assert [told[code][0] for code in ("HS-2019-0002", "HS-2019-0003")] == ["passed", "passed"]
    [ground] = items()["HS-2019-0004"].count["grounds"]
    assert (ground["name"], ground["citation"]) == (CAP["name"], CAP["citation"])


def test_equal_counts_at_a_cap_go_to_a_second_ballot_between_them(council, capped):
    vote(council)
    told = reasons()
    level = OURS_CODES[1:]
    assert [told[code] for code in level] == [("deferred", "cap_tie")] * 3
    terms = {"vote_closes": (council.at + dt.timedelta(hours=4)).isoformat()}
    council.do("chair", "open_second_ballot", SESSION, decision="again", **terms)
    council.work()
    for username in MEMBERS:
        changed = {"HS_2019_0003": "disagree"} if username == "chair" else {}
        task = council.ballot(username, SESSION)
        marks = {code: changed.get(code.replace("-", "_"), "agree") for code in level}
        ballots = [{"nomination": code, "vote": mark} for code, mark in marks.items()]
        council.do(username, "cast_vote", task=task, ballots=ballots)
        council.work()
    told = reasons()
    assert told["HS-2019-0003"] == ("not_passed", "beyond_cap")
    assert [told[code][0] for code in ("HS-2019-0002", "HS-2019-0004")] == ["passed", "passed"]


WHERE = "Số này được đếm trong các hồ sơ của xã An Cư đề nghị cùng hình thức khen ở “Khen thưởng năm 2019”."


def test_the_board_and_the_page_of_a_dossier_say_where_a_share_was_counted(app, council, capped):
    browser = Browser(app)
    browser.sign_in_as(council.person("secretary"))
    page = browser.get(f"/nominations/{OURS_CODES[1]}")
    [told] = [row.get_text(" ", strip=True) for row in page.all(".condition") if CAP["name"] in row.text]
    assert "không quá 2, bằng 70,0\xa0% của 3 trường hợp" in told
    assert WHERE in told
    board = browser.get(f"/campaigns/{CAMPAIGN}/quotas?round=nam-2019")
    counted = [each.get_text(" ", strip=True) for each in board.all(".quota-shares li")]
    assert [each.split(":")[0] for each in counted] == ["xã An Cư", "xã An Phú"]
    assert WHERE in counted[0]
