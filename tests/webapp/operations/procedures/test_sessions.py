"""Closing a vote and noting who is not there."""

import pytest
from sqlalchemy import func, select

from tests.proven import faults, open_elements
from tests.sittings import CODES, OURS_CODES, SESSION
from tests.together import raised, together
from webapp import eventlog
from webapp.eventlog import case_stream
from webapp.extensions import db
from webapp.models import AgendaItem, BallotMarker, CouncilMembership, Person
from webapp.operations.cases import freeze
from webapp.operations.refusals import AlreadyDone, CaseFrozen, Forbidden, NotFound, NotNow
from webapp.operations.sessions import close_voting, mark_absent
from webapp.operations.tasks import complete_task
from webapp.operations.transaction import write


def close(council, username):
    close_voting(SESSION, actor=council.actor(username), now=council.now)
    council.work()


def membership(username):
    query = select(CouncilMembership.public_id).join(Person, Person.id == CouncilMembership.person_id)
    return db.session.scalar(query.where(Person.username == username))


def absent(council, by, member):
    mark_absent(SESSION, membership(member), actor=council.actor(by), now=council.now)
    council.work()


def items():
    return list(db.session.scalars(select(AgendaItem).order_by(AgendaItem.position)))


def happenings(kind):
    events = eventlog.read_stream(db.session(), case_stream(SESSION))
    return [event for event in events if event.type == kind]


def test_presiding_closes_and_what_is_cast_is_counted(council):
    council.vote("authority", SESSION)
    council.vote("chair", SESSION)
    close(council, "chair")
    assert open_elements(SESSION) == ["draft_minutes"]
    assert [(item.result, item.count["agree"], item.count["base"]) for item in items()] == [
        ("not_passed", 2, 4)
    ] * len(CODES)
    [closed] = happenings("voting_closed")
    assert closed.fields == {"members": 4, "voted": 2}
    assert closed.actor == council.person("chair").public_id
    assert {event.fields["element"] for event in happenings("task_lapsed")} == {"cast_vote"}
    assert faults() == []


@pytest.mark.parametrize("username", ["authority", "secretary", "member1", "specialist"])
def test_nobody_else_closes(council, username):
    with pytest.raises(Forbidden):
        close(council, username)
    assert open_elements(SESSION) == ["cast_vote"] * 4


@pytest.mark.parametrize("username", ["officer", "stranger"])
def test_who_may_not_know_of_the_session_is_told_there_is_none(council, username):
    with pytest.raises(NotFound):
        close(council, username)


def test_vote_that_is_over_cannot_be_closed_again(council):
    close(council, "chair")
    with pytest.raises(NotNow) as refused:
        close(council, "chair")
    assert refused.value.code == "not_voting"
    assert len(happenings("voting_closed")) == 1


def test_nothing_is_closed_before_it_is_open(council):
    code = council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    with pytest.raises(NotNow):
        close_voting(code, actor=council.actor("chair"), now=council.now)


def test_suspended_session_is_not_closed(council):
    with write(council.actor("secretary"), council.now) as transaction:
        freeze(transaction, transaction.lock_case(council.case(SESSION).id), "Chờ xác minh")
    with pytest.raises(CaseFrozen):
        close(council, "chair")


def test_vote_goes_on_without_a_member_noted_as_absent(council):
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    assert open_elements(SESSION) == ["cast_vote"]
    absent(council, "secretary", "member2")
    assert open_elements(SESSION) == ["draft_minutes"]
    assert [(item.result, item.count["present"], item.count["agree"]) for item in items()] == [
        ("passed", 3, 3)
    ] * len(CODES)
    [marked] = happenings("member_marked_absent")
    assert marked.fields["person"] == council.person("member2").public_id
    assert faults() == []


def test_member_who_has_voted_is_not_absent(council):
    council.vote("member1", SESSION)
    with pytest.raises(NotNow) as refused:
        absent(council, "chair", "member1")
    assert refused.value.code == "has_voted"


def test_members_do_not_note_one_another(council):
    with pytest.raises(Forbidden):
        absent(council, "member1", "member2")
    with pytest.raises(NotFound):
        mark_absent(SESSION, "nobody", actor=council.actor("chair"), now=council.now)


def test_absent_member_cannot_vote_any_more(council):
    task = council.ballot("member2", SESSION).public_id
    absent(council, "chair", "member2")
    ballots = [{"nomination": code, "vote": "agree"} for code in OURS_CODES]
    with pytest.raises(AlreadyDone):
        complete_task(task, {"ballots": ballots}, actor=council.actor("member2"), now=council.now)


def test_ballot_cast_while_the_chair_closes_counts_or_is_refused(app, council):
    """Whoever comes first, every ballot that was accepted is in the count."""
    task = council.ballot("member1", SESSION).public_id
    member, chair, now = council.actor("member1"), council.actor("chair"), council.now
    ballots = [{"nomination": code, "vote": "agree"} for code in CODES]
    results = together(
        app,
        [
            lambda: complete_task(task, {"ballots": ballots}, actor=member, now=now),
            lambda: close_voting(SESSION, actor=chair, now=now),
        ],
    )
    assert raised(results) in ([], [AlreadyDone])
    council.work()
    cast = 0 if raised(results) else 1
    assert [item.count["agree"] for item in items()] == [cast] * len(CODES)
    assert db.session.scalar(select(func.count()).select_from(BallotMarker)) == cast
    assert faults() == []
