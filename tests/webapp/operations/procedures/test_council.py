"""A session: agenda, roll call, ballots, conflicts of interest."""

import datetime as dt
from itertools import groupby

import pytest
from sqlalchemy import func, select

from tests.crowd import copied_nominations
from tests.proven import faults
from tests.sittings import CODES, MEMBERS, OURS_CODES, SESSION, THEIR_CODE
from webapp.extensions import db
from webapp.models import (
    AgendaItem,
    Case,
    CouncilMembership,
    CouncilSession,
    FormEntry,
    Nomination,
    Nominee,
    OpenVote,
)
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.interventions import freeze_case, resume_case, stop_case
from webapp.operations.refusals import AlreadyDone, InvalidForm
from webapp.operations.tasks import complete_task
from webapp.queries.recusals import recusals


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
    entry = db.session.scalar(select(FormEntry.data).where(FormEntry.form == "ballot/cast_vote"))
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


def test_suspended_nominee_is_not_voted_on_and_waits_for_the_next_session(council):
    actor = council.actor("specialist")
    freeze_case("HS-2019-0002", "Có đơn tố cáo", actor=actor, now=council.now)
    for username in MEMBERS:
        given = ballots(**({} if username == "member2" else {"HS_2019_0005": "agree"}))
        cast(council, username, [each for each in given if each["nomination"] != "HS-2019-0002"])
    council.work()
    council.conclude(SESSION)
    assert results()[1] == "deferred"
    assert council.case("HS-2019-0002").stage == "council"
    resume_case("HS-2019-0002", "Đơn không có cơ sở", actor=actor, now=council.now)
    council.work()
    assert council.case("HS-2019-0002").stage == "council"
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


def test_the_agenda_stands_by_strand_and_award(council):
    codes = copied_nominations(12)
    query = select(Nomination).join(Case, Case.id == Nomination.case_id)
    for nomination in db.session.scalars(query.where(Case.code.in_(codes[::5]))):
        nomination.award = "grassroots_emulation_fighter"
    db.session.commit()
    session = council.summon(codes)
    query = select(AgendaItem).join(CouncilSession, CouncilSession.id == AgendaItem.session_id)
    items = council.read(
        query.join(Case, Case.id == CouncilSession.case_id)
        .where(Case.code == session)
        .order_by(AgendaItem.position)
    )
    strands = [item.nomination.strand.position for item in items]
    assert strands == sorted(strands)
    places = [(item.nomination.strand.position, item.nomination.award) for item in items]
    assert len([place for place, _items in groupby(places)]) == len(set(places)) > len(set(strands)) > 1
