"""Secret ballots: sealed, counted without their voters, and nothing left that joins the two."""

import datetime as dt

import pytest
from sqlalchemy import func, select

from tests.offices import scene
from tests.proven import faults, open_elements
from tests.sittings import CODES, MEMBERS, SESSION
from webapp import eventlog
from webapp.extensions import db
from webapp.models import (
    AgendaItem,
    BallotMarker,
    BallotRound,
    BallotTracker,
    CountedBallot,
    FormDraft,
    FormEntry,
    OpenVote,
    SealedBallot,
)
from webapp.operations.interventions import stop_case
from webapp.operations.refusals import NotNow
from webapp.operations.rounds import destroy_spent_keys, keys
from webapp.operations.sessions import close_voting, count_again, void_vote
from webapp.operations.tasks import complete_task, save_draft

COUNCIL = "waiting"


@scene
def secret(council):
    """The council votes in secret; nobody has voted."""
    council.rule(ballot="secret")
    assert council.sit(CODES) == SESSION
    return council


def cast(council, username, **votes):
    """Cast a member's ballot: agree, but for votes by code; returns its tracker."""
    rows = [
        {"nomination": code, "vote": votes.get(code.replace("-", "_"), "agree")}
        for code in CODES
        if not (username == "member2" and code == CODES[-1])
    ]
    task = council.ballot(username, SESSION).public_id
    done = complete_task(task, {"ballots": rows}, actor=council.actor(username), now=council.now)
    return done.told["tracker"]


def count(table):
    return db.session.scalar(select(func.count()).select_from(table))


def box():
    return db.session.scalars(select(BallotRound)).one()


def test_a_ballot_lies_sealed_while_the_vote_is_open(secret):
    cast(secret, "member1", HS_2019_0001="disagree")
    cast(secret, "authority")
    sealed = db.session.scalars(select(SealedBallot.sealed)).all()
    assert len({len(body) for body in sealed}) == 1
    assert [count(table) for table in (BallotMarker, OpenVote, CountedBallot, BallotTracker)] == [2, 0, 0, 0]
    assert keys().open(box().public_id, sealed[0])[20:] in (bytes([2, 1, 1, 1, 1]), bytes([1] * 5))
    assert secret.read(select(FormEntry.data).where(FormEntry.form == "ballot/cast_vote")) == [{}, {}]


def test_the_count_tells_the_same_as_an_open_vote(secret):
    trackers = [cast(secret, "member1", HS_2019_0001="disagree"), cast(secret, "member2")]
    trackers += [cast(secret, "authority", HS_2019_0001="disagree"), cast(secret, "chair")]
    secret.work()
    items = db.session.scalars(select(AgendaItem).order_by(AgendaItem.position)).all()
    assert [(item.count["agree"], item.count["disagree"], item.count["recused"]) for item in items] == [
        (2, 2, 0),
        (4, 0, 0),
        (4, 0, 0),
        (4, 0, 0),
        (3, 0, 1),
    ]  # fmt: skip -- one count a nomination
    assert [item.result for item in items] == ["not_passed"] + ["passed"] * 4
    assert count(SealedBallot) == 0
    assert sorted(trackers) == list(
        db.session.scalars(select(BallotTracker.tracker).order_by(BallotTracker.tracker))
    )
    assert faults() == []


def test_the_key_is_destroyed_after_the_count(secret):
    for username in MEMBERS:
        cast(secret, username)
    assert [name for name, _made in keys().names()] == [box().public_id]
    secret.work()
    assert destroy_spent_keys(secret.now) == 1
    assert list(keys().names()) == []
    [told] = [
        each for each in eventlog.read_stream(db.session(), "system") if each.type == "ballot_keys_destroyed"
    ]
    assert told.fields["rounds"] == [box().public_id]
    assert destroy_spent_keys(secret.now) == 0


def test_the_key_of_a_running_vote_is_kept(secret):
    cast(secret, "member1")
    assert destroy_spent_keys(secret.now) == 0
    assert len(list(keys().names())) == 1


def test_a_draft_of_a_ballot_is_not_kept(secret):
    task = secret.ballot("member1", SESSION).public_id
    rows = [{"nomination": CODES[0], "vote": "disagree"}]
    save_draft(task, {"ballots": rows}, actor=secret.actor("member1"), now=secret.now)
    assert secret.read(select(FormDraft.data)) == [{}]


def test_more_ballots_than_voters_are_refused_and_nothing_is_opened(secret):
    for username in MEMBERS[:3]:
        cast(secret, username)
    stolen = db.session.scalars(select(SealedBallot)).first()
    db.session.add(SealedBallot(round_id=stolen.round_id, sealed=stolen.sealed))
    db.session.commit()
    close_voting(SESSION, actor=secret.actor("chair"), now=secret.now)
    secret.work()
    assert (box().refused, box().counted_at) == ("ballots_and_voters_differ", None)
    assert [count(table) for table in (SealedBallot, CountedBallot, BallotTracker)] == [4, 0, 0]
    assert {item.result for item in db.session.scalars(select(AgendaItem))} == {None}
    assert open_elements(SESSION) == []


def test_a_ballot_that_was_changed_is_refused(secret):
    for username in MEMBERS:
        cast(secret, username)
    stored = db.session.scalars(select(SealedBallot)).first()
    stored.sealed = bytes([stored.sealed[0] ^ 1]) + stored.sealed[1:]
    db.session.commit()
    secret.work()
    assert box().refused == "broken_ballot"
    assert count(SealedBallot) == 4


def test_a_count_without_its_key_is_tried_again_when_the_key_is_back(secret):
    for username in MEMBERS:
        cast(secret, username)
    [path] = keys().folder.glob("*.key")
    hidden = path.rename(path.with_suffix(".away"))
    secret.work()
    assert box().refused == "key_missing"
    hidden.rename(path)
    count_again(SESSION, actor=secret.actor("secretary"), now=secret.now)
    secret.work()
    assert box().refused is None
    assert open_elements(SESSION) == ["draft_minutes"]
    assert faults() == []


def test_a_void_secret_vote_is_never_opened(secret):
    cast(secret, "member1")
    void_vote(SESSION, "Nhầm danh sách", actor=secret.actor("chair"), now=secret.now)
    assert (count(SealedBallot), count(CountedBallot), count(BallotMarker)) == (0, 0, 1)
    assert destroy_spent_keys(secret.now) == 1
    assert open_elements(SESSION) == ["reconvene"]
    assert faults() == []


def test_when_the_two_ways_of_counting_differ_nobody_is_told_a_result(secret, monkeypatch):
    for username in MEMBERS:
        cast(secret, username)
    monkeypatch.setattr("webapp.operations.procedures.count.recount", lambda profile, room: {})
    secret.work()
    assert box().refused == "tallies_differ"
    assert (count(SealedBallot), count(CountedBallot)) == (4, 0)


def test_what_is_left_of_a_void_count_does_not_open_the_next_box(secret):
    """The worker was away: the count of the first vote is still promised when the second is being voted."""
    cast(secret, "member1", HS_2019_0001="disagree")
    close_voting(SESSION, actor=secret.actor("chair"), now=secret.now)
    void_vote(SESSION, "Nhầm danh sách", actor=secret.actor("chair"), now=secret.now)
    again = {"meets_at": secret.at.isoformat(), "place": "Phòng họp số 2", "mode": "in_person"}
    secret.do("secretary", "reconvene", SESSION, **again)
    secret.open(SESSION)
    cast(secret, "chair")
    secret.work()
    assert (count(SealedBallot), count(CountedBallot)) == (1, 0)
    for username in ("authority", "member1", "member2"):
        cast(secret, username)
    secret.work()
    assert {item.result for item in db.session.scalars(select(AgendaItem))} == {"passed"}
    assert count(BallotTracker) == 4
    assert faults() == []


def test_a_cancelled_session_leaves_neither_ballots_nor_key(secret):
    cast(secret, "member1")
    stop_case(SESSION, "Hoãn vô thời hạn", actor=secret.actor("chair"), now=secret.now)
    assert count(SealedBallot) == 0
    assert destroy_spent_keys(secret.now) == 1
    assert faults() == []


def test_a_key_that_was_cut_off_refuses_the_count(secret):
    for username in MEMBERS:
        cast(secret, username)
    [path] = keys().folder.glob("*.key")
    path.write_bytes(b"")
    secret.work()
    assert box().refused == "key_missing"


def test_nobody_votes_after_the_deadline(secret):
    secret.at = box().closes_at + dt.timedelta(seconds=1)
    with pytest.raises(NotNow, match="vote_over"):
        cast(secret, "member1")
    assert count(BallotMarker) == 0


def test_a_box_that_cannot_be_made_opens_no_vote(council):
    council.rule(ballot="secret")
    code = council.summon(CODES)
    council.move(hours=1)
    keys().folder.write_text("a file stands where the folder should be")
    with pytest.raises(NotNow, match="no_ballot_box"):
        council.open(code)
    assert open_elements(code) == ["open_session"]
