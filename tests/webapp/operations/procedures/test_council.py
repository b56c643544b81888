"""A session: agenda, roll call, ballots, conflicts of interest."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from tests.proven import faults, open_elements
from tests.sittings import CODES, MEMBERS, OURS_CODES, SESSION, THEIR_CODE
from webapp.extensions import db
from webapp.models import (
    AgendaItem,
    CouncilMembership,
    CouncilSession,
    FormEntry,
    Nominee,
    OpenVote,
    Person,
    SessionElector,
)
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import freeze_case, resume_case, stop_case
from webapp.operations.refusals import AlreadyDone, InvalidForm
from webapp.operations.tasks import complete_task
from webapp.queries.recusals import recusals
from workflows.record import digest


def ballots(**votes):
    """Rows of a ballot: agree to everything of An Cư, but for votes by code; None leaves a row out."""
    chosen = dict.fromkeys(OURS_CODES, "agree") | {k.replace("_", "-"): v for k, v in votes.items()}
    return [{"nomination": code, "vote": vote} for code, vote in chosen.items() if vote]


def cast(council, username, rows):
    task = council.ballot(username, SESSION)
    complete_task(task.public_id, {"ballots": rows}, actor=council.actor(username), now=council.now)


def votes_of(council, username):
    query = (
        select(OpenVote.choice)
        .join(CouncilMembership, CouncilMembership.id == OpenVote.membership_id)
        .join(AgendaItem, AgendaItem.id == OpenVote.agenda_item_id)
        .where(CouncilMembership.person_id == council.person(username).id)
    )
    return list(db.session.scalars(query.order_by(AgendaItem.position)))


def refused(act, *given):
    with pytest.raises(InvalidForm) as refusal:
        act(*given)
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


def test_ballot_is_written_and_not_kept_as_a_form(council):
    cast(council, "member1", ballots(HS_2019_0002="disagree", HS_2019_0005="abstain"))
    assert votes_of(council, "member1") == ["agree", "disagree", "agree", "agree", "abstain"]
    entry = db.session.scalar(select(FormEntry.data).where(FormEntry.form == "council_vote/cast_vote"))
    assert entry == {}
    assert faults() == []


def test_member_stands_aside_for_their_own_unit(council):
    cast(council, "member2", ballots())
    assert votes_of(council, "member2") == ["agree"] * 4 + ["recused"]


def test_vote_on_a_nominee_of_the_own_unit_is_refused(council):
    rows = ballots(HS_2019_0005="agree")
    assert refused(cast, council, "member2", rows) == [("/ballots/4/nomination", "not_a_choice")]
    assert votes_of(council, "member2") == []


def test_every_nominee_is_marked_once(council):
    rows = [
        *ballots(HS_2019_0001=None, HS_2019_0005="agree"),
        {"nomination": "HS-2019-0002", "vote": "disagree"},
    ]
    assert refused(cast, council, "member1", rows) == [
        ("/ballots/4/nomination", "not_a_choice"),
        ("/ballots", "not_marked"),
    ]


def test_ballot_is_cast_once(council):
    task = council.ballot("member1", SESSION).public_id
    rows = {"ballots": ballots(HS_2019_0005="agree")}
    complete_task(task, rows, actor=council.actor("member1"), now=council.now)
    with pytest.raises(AlreadyDone):
        complete_task(task, rows, actor=council.actor("member1"), now=council.now)
    assert db.session.scalar(select(func.count()).select_from(OpenVote)) == len(CODES)


def test_withdrawn_nominee_needs_no_vote_and_holds_nobody_up(council):
    cast(council, "member1", ballots(HS_2019_0005="agree"))
    stop_case("HS-2019-0002", "Xin rút", actor=council.actor("officer"), now=council.now)
    cast(council, "member2", ballots(HS_2019_0002=None))
    cast(council, "chair", ballots(HS_2019_0005="agree"))
    cast(council, "authority", ballots(HS_2019_0002=None, HS_2019_0005="agree"))
    council.work()
    assert results() == ["passed", "withdrawn", "passed", "passed", "passed"]
    council.conclude(SESSION)
    assert council.case("HS-2019-0002").outcome == "withdrawn"
    assert council.case("HS-2019-0003").stage == "decision"
    assert faults() == []


def test_suspended_nominee_is_voted_on_and_waits_with_the_outcome(council):
    actor = council.actor("specialist")
    freeze_case("HS-2019-0002", "Có đơn tố cáo", actor=actor, now=council.now)
    for username in MEMBERS:
        cast(council, username, ballots(**({} if username == "member2" else {"HS_2019_0005": "agree"})))
    council.work()
    council.conclude(SESSION)
    assert results()[1] == "passed"
    assert council.case("HS-2019-0002").stage == "council"
    resume_case("HS-2019-0002", "Đơn không có cơ sở", actor=actor, now=council.now)
    council.work()
    assert council.case("HS-2019-0002").stage == "decision"
    assert faults() == []


def results():
    db.session.rollback()
    return list(db.session.scalars(select(AgendaItem.result).order_by(AgendaItem.position)))


def nominations():
    return [item.nomination for item in db.session.scalars(select(AgendaItem).order_by(AgendaItem.position))]


def conflicts(council, username):
    """Why a member stands aside, by code."""
    member = db.session.scalar(
        select(CouncilMembership).where(CouncilMembership.person_id == council.person(username).id)
    )
    found = recusals(db.session(), [member], nominations(), council.at.date())
    codes = {nomination.id: nomination.case.code for nomination in nominations()}
    return {codes[nomination]: reasons for (_member, nomination), reasons in found.items()}


def test_roles_in_the_council_s_own_unit_make_no_conflict(council):
    assert conflicts(council, "member1") == {}
    assert conflicts(council, "member2") == {THEIR_CODE: ("same_unit",)}


def test_role_that_has_not_begun_makes_no_conflict(council):
    later = council.at.date() + dt.timedelta(days=30)
    member = council.person("member1").public_id
    people.give_role(member, "officer", "an-giang/tinh-bien/an-cu", later, actor=SYSTEM, now=council.now)
    assert conflicts(council, "member1") == {}


def test_nominee_does_not_judge_themselves(council):
    nominee = db.session.scalar(select(Nominee).where(Nominee.name == "Nguyễn Thị Ượng"))
    nominee.person_id = council.person("member1").id
    db.session.commit()
    assert conflicts(council, "member1") == {"HS-2019-0001": ("same_person",)}


def test_who_registered_themselves_is_the_nominee(council):
    nomination = nominations()[0]
    nomination.case.registrant_id = council.person("authority").id
    db.session.commit()
    assert conflicts(council, "authority") == {"HS-2019-0001": ("same_person",)}


def summoned(council):
    """A second session whose members are invited."""
    return council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))


def attendance_of(code):
    query = (
        select(Person.username, SessionElector.attendance)
        .join(CouncilMembership, CouncilMembership.person_id == Person.id)
        .join(SessionElector, SessionElector.membership_id == CouncilMembership.id)
        .join(CouncilSession, CouncilSession.id == SessionElector.session_id)
    )
    return dict(db.session.execute(query.where(CouncilSession.number == int(code[-4:]))).all())


def test_without_a_quorum_the_session_is_called_again(council):
    code = summoned(council)
    council.open(code, authority="absent", member1="absent")
    assert open_elements(code) == ["reconvene"]
    council.do(
        "secretary",
        "reconvene",
        code,
        meets_at=(council.at + dt.timedelta(days=3)).isoformat(),
        place="Hội trường",
        mode="in_person",
    )
    council.work()
    assert open_elements(code) == ["open_session"]
    assert refused(council.open, code) == [("/decision", "before_the_meeting")]
    council.move(days=3)
    council.open(code)
    assert open_elements(code) == ["cast_vote"] * 4
    assert faults() == []


def test_member_is_not_relieved_by_a_mark(council):
    code = summoned(council)
    with pytest.raises(InvalidForm) as refusal:
        council.open(code, member1="relieved", member2="relieved")
    assert [(fault.code, fault.params["names"]) for fault in refusal.value.faults] == [
        ("still_member", "Đinh Văn Một, Tạ Thị Hai")
    ]
    assert open_elements(code) == ["open_session"]


def test_each_member_is_called(council):
    code = summoned(council)
    rows = council.attendance()[:-1]
    with pytest.raises(InvalidForm) as refusal:
        council.do(
            "chair",
            "open_session",
            code,
            attendance=rows,
            decision="open",
            vote_closes=(council.at + dt.timedelta(hours=4)).isoformat(),
            presided_by="standing_deputy",
        )
    assert ("/attendance", "attendance_missing") in [(f.pointer, f.code) for f in refusal.value.faults]


def test_relieved_member_is_no_elector(council):
    code = summoned(council)
    yesterday = council.at.date() - dt.timedelta(days=1)
    people.end_membership(membership("member2"), yesterday, actor=SYSTEM, now=council.now)
    council.open(code, member2="relieved")
    assert open_elements(code) == ["cast_vote"] * 3
    electors = [membership(name) for name in ("authority", "chair", "member1")]
    frozen = db.session.scalar(select(CouncilSession.electorate_digest).where(CouncilSession.number == 2))
    assert frozen == digest(electors)
    for username in ("authority", "chair", "member1"):
        council.vote(username, code)
    count = db.session.scalar(select(AgendaItem.count).order_by(AgendaItem.id.desc()).limit(1))
    assert (count["members"], count["agree"], count["needed"]) == (3, 3, 2)


def membership(username):
    query = select(CouncilMembership.public_id).join(Person, Person.id == CouncilMembership.person_id)
    return db.session.scalar(query.where(Person.username == username))


def test_who_comes_after_the_roll_call_votes_and_is_late(council):
    code = summoned(council)
    council.open(code, member1="absent")
    council.vote("member1", code)
    assert attendance_of(code) == {
        "authority": "present",
        "chair": "present",
        "member1": "late",
        "member2": "present",
    }


def test_deputy_does_not_preside_as_chairman(council):
    code = summoned(council)
    task = council.task("open_session", code)
    form = {
        "attendance": council.attendance(),
        "presided_by": "chair",
        "decision": "open",
        "vote_closes": (council.at + dt.timedelta(hours=2)).isoformat(),
    }

    def act():
        complete_task(task.public_id, form, actor=council.actor("chair"), now=council.now)

    assert refused(act) == [("/presided_by", "not_your_seat")]


def test_vote_closes_in_the_future(council):
    code = summoned(council)
    with pytest.raises(InvalidForm) as refusal:
        council.do(
            "chair",
            "open_session",
            code,
            attendance=council.attendance(),
            presided_by="standing_deputy",
            absence_reason="Đi công tác",
            decision="open",
            vote_closes=council.at.isoformat(),
        )
    assert [fault.code for fault in refusal.value.faults] == ["in_the_past"]


def test_day_without_members_is_no_day_for_a_session(council):
    code = council.start("secretary", "council_vote", round="nam-2019", subject="Xét khen thưởng")
    codes = council.bring({"nominee_name": "Võ Thành Lẫm"})
    meets = council.at + dt.timedelta(days=2)
    for username in MEMBERS:
        people.end_membership(membership(username), council.at.date(), actor=SYSTEM, now=council.now)
    with pytest.raises(InvalidForm) as refusal:
        council.do(
            "secretary",
            "prepare_agenda",
            code,
            nominations=codes,
            meets_at=meets.isoformat(),
            mode="in_person",
            place="Hội trường",
        )
    assert [(fault.pointer, fault.code) for fault in refusal.value.faults] == [("/meets_at", "no_members")]
