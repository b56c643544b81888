"""The count, and how its results reach the nominations."""

import pytest
from sqlalchemy import select

from tests.proven import faults, open_elements
from tests.sittings import CODES, MEMBERS, OURS_CODES, SESSION, THEIR_CODE
from webapp.extensions import db
from webapp.models import AgendaItem, Case, CouncilSession, Notice, OutboxItem, Paper
from webapp.operations.acting import Now
from webapp.operations.interventions import freeze_case, resume_case, stop_case
from webapp.operations.outbox import LEASE, lease_due, run_item
from webapp.operations.sessions import close_voting


def counts():
    """Result and numbers by code."""
    rows = db.session.scalars(select(AgendaItem).order_by(AgendaItem.position))
    return {item.nomination.case.code: (item.result, item.count) for item in rows}


def stages():
    query = select(Case.code, Case.stage, Case.outcome).where(Case.code.in_(CODES))
    return {row.code: row.outcome or row.stage for row in db.session.execute(query)}


def vote(council, **by_member):
    """Everybody votes; ``member1={"HS_2019_0001": "disagree"}``."""
    for username in MEMBERS:
        choices = dict(by_member.get(username, {}))
        if username == "member2":
            choices[THEIR_CODE.replace("-", "_")] = "none"
        council.vote(username, SESSION, **choices)


def test_more_than_half_of_all_members_passes(council):
    no = {"HS_2019_0001": "disagree", "HS_2019_0002": "disagree"}
    vote(council, authority=no, member1={"HS_2019_0001": "abstain", "HS_2019_0003": "disagree"})
    found = counts()
    assert [found[code][0] for code in CODES] == ["not_passed", "passed", "passed", "passed", "passed"]
    first = found["HS-2019-0001"][1]
    assert (first["agree"], first["disagree"], first["abstain"], first["base"], first["needed"]) == (
        2,
        1,
        1,
        4,
        3,
    )
    exactly = found["HS-2019-0002"][1]
    assert (exactly["agree"], exactly["needed"]) == (3, 3)


def ruled(**changes):
    """Let the session in which people vote go by other rules; four collectives of it stand for three places."""
    session = db.session.scalar(select(CouncilSession))
    session.profile = {**session.profile, "rule": {**session.profile["rule"], **changes}}
    db.session.commit()


def test_a_quota_that_cuts_takes_the_highest_counts(council):
    ruled(quota="cuts")
    vote(council)
    found = counts()
    assert [found[code][0] for code in CODES] == ["passed", "passed", "passed", "passed", "not_passed"]
    assert (found[THEIR_CODE][1]["agree"], found[THEIR_CODE][1]["reason"]) == (3, "beyond_quota")


def test_equal_counts_for_the_last_place_go_to_a_second_ballot(council):
    ruled(quota="cuts")
    vote(council, authority={"HS_2019_0004": "abstain"})
    found = counts()
    assert [found[code][0] for code in CODES] == ["passed", "passed", "passed", "deferred", "deferred"]
    council.do("chair", "open_second_ballot", SESSION, decision="defer", defer_reason="Chờ phiên sau")
    council.conclude(SESSION)
    assert [stages()[code] for code in CODES] == ["decision", "decision", "decision", "council", "council"]


def test_a_sheet_that_agrees_to_more_than_there_are_places_is_invalid_for_them(council):
    ruled(ballot_limit=True)
    vote(council, authority={"HS_2019_0004": "disagree"})
    found = {code: count for code, (_result, count) in counts().items()}
    assert [(found[code]["agree"], found[code]["invalid"]) for code in OURS_CODES[:2]] == [(4, 0), (2, 2)]
    assert (found[THEIR_CODE]["agree"], found[THEIR_CODE]["recused"]) == (1, 1)


def test_an_agree_to_somebody_withdrawn_spoils_no_sheet(council):
    ruled(ballot_limit=True)
    vote_of = {"HS_2019_0005": "none"}
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    stop_case("HS-2019-0004", "Xin rút", actor=council.actor("officer"), now=council.now)
    council.vote("member2", SESSION, **vote_of)
    found = {code: count for code, (_result, count) in counts().items()}
    assert [(found[code]["agree"], found[code]["invalid"]) for code in OURS_CODES[1:3]] == [(4, 0), (4, 0)]
    assert found["HS-2019-0004"] is None


def test_who_is_suspended_at_the_count_is_deferred_and_comes_before_the_council_again(council):
    code = OURS_CODES[0]
    freeze_case(code, "Có đơn tố cáo", actor=council.actor("specialist"), now=council.now)
    aside = {code.replace("-", "_"): "none"}
    vote(council, **dict.fromkeys(MEMBERS, aside))
    assert counts()[code] == ("deferred", None)
    council.conclude(SESSION)
    resume_case(code, "Đơn không có cơ sở", actor=council.actor("specialist"), now=council.now)
    council.work()
    assert council.case(code).stage == "council"


def test_member_who_stands_aside_stays_in_the_base(council):
    vote(council)
    result, count = counts()[THEIR_CODE]
    assert result == "passed"
    assert (count["agree"], count["recused"], count["present_recused"], count["base"]) == (3, 1, 1, 4)


def test_conflict_of_a_member_who_did_not_vote_is_counted_too(council):
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    close_voting(SESSION, actor=council.actor("chair"), now=council.now)
    council.work()
    found = counts()
    assert found[THEIR_CODE][1]["recused"] == 1
    assert found[OURS_CODES[0]][1]["recused"] == 0


def test_outcome_is_not_delivered_before_the_minutes_are_signed(council):
    vote(council)
    assert set(stages().values()) == {"council"}


def test_results_reach_every_nomination(council):
    vote(council, authority={"HS_2019_0001": "disagree"}, chair={"HS_2019_0001": "disagree"})
    council.conclude(SESSION)
    assert stages() == {"HS-2019-0001": "not_passed"} | dict.fromkeys(CODES[1:], "decision")
    assert db.session.scalar(select(CouncilSession.concluded_at)) == council.at
    assert open_elements(SESSION) == []
    assert faults() == []


def test_award_of_a_higher_level_is_passed_for_it_and_goes_to_the_province(council):
    [code] = council.bring(
        {"nominee_name": "Võ Thành Lẫm", "proposed_award": "provincial_certificate_of_merit"}
    )
    session = council.pass_all([code])
    assert counts_of(session) == {code: "passed_higher"}
    assert council.case(code).stage == "province"
    council.do("secretary", "forward_to_province", code, proposed_award="provincial_certificate_of_merit")
    council.do("province_specialist", "appraise_at_province", code, decision="eligible")
    council.do("province_head", "review_at_province", code, decision="approve")
    given = {"decision": "awarded", "award_given": "provincial_certificate_of_merit"}
    council.do("specialist", "record_higher_decision", code, **given)
    assert council.case(code).outcome == "awarded_higher"
    assert faults() == []


def counts_of(session):
    """Results by code in one session."""
    query = select(AgendaItem).join(CouncilSession).join(Case, Case.id == CouncilSession.case_id)
    rows = db.session.scalars(query.where(Case.code == session))
    return {item.nomination.case.code: item.result for item in rows}


def test_results_are_delivered_once_though_the_worker_dies_half_way(council):
    vote(council)
    council.do("secretary", "draft_minutes", SESSION, counting_team=[{"name": "Ngô Thị", "duty": "leader"}])
    council.work()
    council.do(
        "chair",
        "sign_minutes",
        SESSION,
        decision="sign",
        signature={"method": "password", "password": "thidua-demo"},
    )
    [delivering] = lease_due(council.now)
    run_item(delivering, council.now)
    run_item(delivering, council.now)
    messages = select(OutboxItem).where(OutboxItem.kind == "council_result")
    assert len(list(db.session.scalars(messages))) == len(CODES)
    for item in lease_due(council.now)[:2]:
        run_item(item, council.now)
    later = Now(council.now.at, council.now.wall + LEASE * 2)
    for item in lease_due(later):
        run_item(item, later)
    assert set(stages().values()) == {"decision"}
    assert faults() == []


def papers(code):
    query = select(Paper.document_type).join(Case, Case.id == Paper.case_id).where(Case.code == code)
    return sorted(db.session.scalars(query.where(Paper.document_type.is_not(None))))


def test_papers_of_a_session_are_kept_with_it(council):
    assert papers(SESSION) == ["session_packet", "summary_sheet"]
    vote(council, authority={"HS_2019_0001": "disagree"}, chair={"HS_2019_0001": "disagree"})
    council.conclude(SESSION)
    letters = ["result_letter", "result_letter"]
    assert papers(SESSION) == [*letters, "session_minutes", "session_packet", "summary_sheet", "vote_count"]
    assert papers("HS-2019-0001") == ["refusal_notice"]
    assert papers("HS-2019-0002") == []


def test_same_summary_sheet_is_kept_once_when_members_are_invited_again(council):
    code = council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    council.open(code, authority="absent", member1="absent")
    council.do(
        "secretary",
        "reconvene",
        code,
        meets_at="2019-12-30T08:00:00+07:00",
        place="Hội trường",
        mode="online",
    )
    council.work()
    assert papers(code) == ["session_packet", "session_packet", "summary_sheet"], (
        "the packet has the new date"
    )


@pytest.mark.parametrize(
    ("template", "expected"),
    [("session_invitation", set(MEMBERS)), ("vote_reminder", {"chair", "member1", "member2"})],
)
def test_members_are_invited_and_those_who_have_not_voted_reminded(council, template, expected):
    council.vote("authority", SESSION)
    council.move(hours=2, minutes=30)
    ids = {council.person(username).id: username for username in MEMBERS}
    found = db.session.scalars(select(Notice.person_id).where(Notice.template == template))
    assert {ids[person] for person in found} == expected
