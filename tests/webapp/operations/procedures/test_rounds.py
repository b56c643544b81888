"""Rounds of a vote: second ballots, ties for the chair, void votes, votes by correspondence."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.proven import faults, open_elements
from tests.sittings import CODES, MEMBERS, OURS_CODES, SESSION
from webapp.extensions import db
from webapp.models import AgendaItem, BallotRound, CouncilMembership, CouncilSession, SessionElector
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.opinions import enter_opinion
from webapp.operations.refusals import Forbidden, InvalidForm, NotNow
from webapp.operations.sessions import close_voting, mark_late, relieve_former_members, void_vote
from webapp.queries.council_papers import session_minutes_facts

COUNCIL = "waiting"


@scene
def sitting(council):
    """The council votes openly; nobody has voted."""
    council.sit(CODES)


def results():
    db.session.rollback()
    rows = db.session.scalars(select(AgendaItem).order_by(AgendaItem.position))
    return {item.nomination.case.code: item.result for item in rows}


def rounds():
    db.session.rollback()
    return list(db.session.scalars(select(BallotRound).order_by(BallotRound.number)))


def vote(council, **by_member):
    """Everybody votes on what is on their sheet; ``member1={"HS_2019_0001": "disagree"}``."""
    for username in MEMBERS:
        choices = dict(by_member.get(username, {}))
        if username == "member2":
            choices["HS_2019_0005"] = "none"
        council.vote(username, SESSION, **choices)


def later(council):
    return (council.at + dt.timedelta(hours=2)).isoformat()


def test_a_second_ballot_decides_who_was_level(council):
    council.rule(quota="cuts")
    council.sit(CODES)
    vote(council, authority={"HS_2019_0004": "disagree"})
    assert list(results().values()) == ["passed", "passed", "passed", "deferred", "deferred"]
    council.do("chair", "open_second_ballot", SESSION, decision="again", vote_closes=later(council))
    first, second = rounds()
    assert (first.kind, second.kind) == ("first", "second")
    assert [each.item.nomination.case.code for each in second.items] == ["HS-2019-0004", "HS-2019-0005"]
    for username in MEMBERS:
        others = {} if username == "member2" else {"HS_2019_0005": "disagree"}
        only = {code.replace("-", "_"): "none" for code in OURS_CODES[:3]}
        skipped = {"HS_2019_0005": "none"} if username == "member2" else others
        council.vote(username, SESSION, **only, **skipped)
    assert list(results().values()) == ["passed", "passed", "passed", "passed", "not_passed"]
    council.conclude(SESSION)
    assert council.case("HS-2019-0004").stage == "decision"
    assert council.case("HS-2019-0005").outcome == "not_passed"
    assert faults() == []


def test_the_chair_decides_who_was_level_where_the_rule_says_so(council):
    council.rule(quota="cuts", quota_tie="chair_decides")
    council.sit(CODES)
    vote(council, authority={"HS_2019_0004": "disagree"})
    assert open_elements(SESSION) == ["decide_ties"]
    with pytest.raises(InvalidForm) as refusal:
        council.do("chair", "decide_ties", SESSION, chosen=["HS-2019-0004", "HS-2019-0005"], reason="Cả hai")
    assert [(fault.pointer, fault.code, fault.params["places"]) for fault in refusal.value.faults] == [
        ("/chosen", "too_many_chosen", 1)
    ]
    council.do("chair", "decide_ties", SESSION, chosen=["HS-2019-0005"], reason="Thành tích nổi trội hơn")
    council.work()
    assert list(results().values()) == ["passed", "passed", "passed", "not_passed", "passed"]
    assert open_elements(SESSION) == ["draft_minutes"]
    assert faults() == []


def test_an_even_split_goes_to_the_chair_where_the_rule_says_so(council):
    council.rule(ballot="secret", tie="chair_decides")
    council.sit(CODES)
    no = {"HS_2019_0001": "disagree"}
    vote(council, authority=no, chair=no)
    assert results()["HS-2019-0001"] == "deferred"
    council.do("chair", "decide_ties", SESSION, chosen=[], reason="Chưa đủ thuyết phục")
    council.work()
    assert results()["HS-2019-0001"] == "not_passed"
    assert (
        db.session.scalars(select(AgendaItem).order_by(AgendaItem.position)).first().count["reason"] == "tie"
    )
    assert faults() == []


def test_a_void_vote_is_held_again_and_stays_in_the_record(council, sitting):
    council.vote("member1", SESSION)
    void_vote(SESSION, "Một thành viên nhận nhầm danh sách", actor=council.actor("chair"), now=council.now)
    assert open_elements(SESSION) == ["reconvene"]
    again = {"meets_at": council.at.isoformat(), "place": "Phòng họp số 2", "mode": "in_person"}
    council.do("secretary", "reconvene", SESSION, **again)
    council.work()
    council.open(SESSION)
    vote(council)
    council.conclude(SESSION)
    first, second = rounds()
    assert (first.voided_at is not None, first.void_reason) == (True, "Một thành viên nhận nhầm danh sách")
    assert (second.kind, second.voided_at, len(second.markers)) == ("repeat", None, 4)
    assert [len(first.markers), set(results().values())] == [1, {"passed"}]
    assert faults() == []


def test_the_chair_voids_at_the_signature(council, sitting):
    vote(council)
    council.minute(SESSION)
    council.do(
        "chair", "sign_minutes", SESSION, decision="void", void_reason="Biên bản kiểm phiếu có sai sót"
    )
    assert open_elements(SESSION) == ["reconvene"]
    assert set(results().values()) == {None}
    assert {item.result for item in rounds()[0].items} == {"passed"}
    assert council.case(CODES[0]).stage == "council"
    assert faults() == []


def test_only_the_presiding_voids_and_only_with_a_reason(council, sitting):
    for username in ("secretary", "authority", "member1"):
        with pytest.raises(Forbidden):
            void_vote(SESSION, "Nhầm", actor=council.actor(username), now=council.now)
    with pytest.raises(InvalidForm):
        void_vote(SESSION, " ", actor=council.actor("chair"), now=council.now)
    vote(council)
    council.minute(SESSION)
    with pytest.raises(NotNow):
        void_vote(SESSION, "Nhầm", actor=council.actor("chair"), now=council.now)
    assert rounds()[0].voided_at is None


def by_correspondence(council, **rule):
    council.rule(**rule)
    code = council.start("secretary", "council_vote", round="nam-2019", subject="Xét khen thưởng năm 2019")
    council.do(
        "secretary",
        "prepare_agenda",
        code,
        nominations=list(CODES),
        meets_at=council.at.isoformat(),
        mode="written",
        place="Gửi phiếu đến từng thành viên",
    )  # fmt: skip -- what is given belongs together
    council.work()
    council.do(
        "chair",
        "open_correspondence",
        code,
        presided_by="standing_deputy",
        absence_reason="Đi công tác",
        vote_closes=(council.at + dt.timedelta(days=3)).isoformat(),
    )  # fmt: skip -- what is given belongs together
    council.work()
    return code


def test_members_vote_by_correspondence_until_the_deadline(council):
    assert by_correspondence(council) == SESSION
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    council.move(days=4)
    council.work()
    assert open_elements(SESSION) == ["draft_minutes"]
    assert set(results().values()) == {"passed"}
    electors = db.session.scalars(select(SessionElector).order_by(SessionElector.id)).all()
    assert [elector.attendance for elector in electors] == ["replied", "replied", "replied", "invited"]
    facts = session_minutes_facts(db.session(), db.session.scalar(select(CouncilSession)))
    assert facts["session"]["by_correspondence"]
    council.conclude(SESSION)
    assert faults() == []


def test_too_few_replies_make_no_quorum(council):
    by_correspondence(council)
    absent = db.session.scalars(select(CouncilMembership.public_id)).all()[-1]
    actor, now = council.actor("secretary"), council.now
    with pytest.raises(NotNow, match="by_correspondence"):
        mark_late(SESSION, absent, actor=actor, now=now)
    with pytest.raises(NotNow, match="by_correspondence"):
        enter_opinion(SESSION, absent, [], "none", actor=actor, now=now)
    council.vote("authority", SESSION)
    close_voting(SESSION, actor=council.actor("chair"), now=council.now)
    council.work()
    assert set(results().values()) == {"deferred"}
    assert {item.count["reason"] for item in db.session.scalars(select(AgendaItem))} == {"no_quorum"}


def leave(council, username):
    """The member's term ends today."""
    electors = db.session.scalars(select(SessionElector))
    seat = next(e.membership for e in electors if e.membership.person.username == username)
    people.end_membership(seat.public_id, council.at.date(), actor=SYSTEM, now=council.now)
    council.move(days=1)


def test_the_ballot_of_a_former_member_is_completed_as_relieved(council):
    council.sit(CODES, {"vote_closes": (council.at + dt.timedelta(days=5)).isoformat()})
    leave(council, "member1")
    assert relieve_former_members(actor=SYSTEM, now=council.now) == 1
    for username in ("authority", "chair", "member2"):
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    assert {item.count["members"] for item in db.session.scalars(select(AgendaItem))} == {3}
    assert faults() == []


def test_the_round_freezes_the_dossiers_by_digest(council, sitting):
    [found] = rounds()
    digests = [each.item.dossier_digest for each in found.items]
    assert len(set(digests)) == len(CODES)
    assert all(len(digest) == 64 for digest in digests)
