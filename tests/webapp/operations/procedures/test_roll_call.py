"""A session before its vote: summoned, called, opened or called again."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.proven import faults, open_elements
from tests.sittings import MEMBERS
from webapp.extensions import db
from webapp.models import (
    AgendaItem,
    CouncilMembership,
    CouncilSession,
    Person,
    SessionElector,
)
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.refusals import InvalidForm
from webapp.operations.tasks import complete_task
from workflows.record import digest


def refused(act, *given):
    with pytest.raises(InvalidForm) as refusal:
        act(*given)
    return [(fault.pointer, fault.code) for fault in refusal.value.faults]


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
        "ballots": "electronic",
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
