"""Red flags around a session that still goes on: its minutes come late, or its votes are secret."""

import datetime as dt

from sqlalchemy import select

from tests.people import AN_CU
from tests.seated import council, database
from tests.sittings import CODES, MEMBERS, OURS_CODES, ROUND, SESSION, SIGNATURE
from webapp.extensions import db
from webapp.models import RedFlag
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.red_flags import examine_again, examine_cases

__all__ = ["council", "database"]
COUNCIL = "waiting"


def of_kind(council, code, kind):
    """Facts of the flags of a kind of a case, as after a night."""
    examine_again(council.now)
    examine_cases(council.now)
    query = select(RedFlag).where(RedFlag.case_id == council.case(code).id, RedFlag.kind == kind)
    return [row.facts for row in db.session.scalars(query.order_by(RedFlag.event))]


def held(council, days=0):
    """Everybody votes, member2 on all but their own unit; the minutes are signed so many days later."""
    assert council.sit(CODES) == SESSION
    for username in MEMBERS:
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    council.minute(SESSION)
    council.move(days=days)
    council.do("chair", "sign_minutes", SESSION, decision="sign", signature=SIGNATURE)
    council.work()


def decided(council, day_of):
    """A decision begun before the session votes, whose minutes are signed two days on; its code."""
    code, begun = council.start("specialist", "award_issuance", round=ROUND), council.today
    held(council, days=2)
    council.do(
        "specialist",
        "draft_decision",
        code,
        nominations=list(OURS_CODES[:1]),
        signer=council.person("authority").public_id,
    )
    council.sign(code)
    dated = day_of(begun).isoformat()
    council.do("clerk", "number_decision", code, number=9, symbol="QĐ-UBND", dated_on=dated)
    council.work()
    return code


def test_a_decision_dated_before_the_minutes_were_signed(council):
    code = decided(council, lambda begun: begun + dt.timedelta(days=1))
    dated, signed = council.today - dt.timedelta(days=1), council.today
    assert of_kind(council, code, "decision_before_minutes") == [
        {"dated": dated.isoformat(), "sessions": {SESSION: signed.isoformat()}}
    ]


def test_a_decision_dated_on_the_day_of_the_minutes_is_in_order(council):
    code = decided(council, lambda begun: begun + dt.timedelta(days=2))
    assert of_kind(council, code, "decision_before_minutes") == []


def test_of_a_secret_vote_the_count_shows_that_fewer_stood_aside_than_should_have(council):
    council.rule(ballot="secret")
    held(council)
    assert of_kind(council, SESSION, "conflicted_vote") == []  # member2 stood aside, and was counted so
    member = council.person("member1").public_id
    people.give_role(member, "officer", AN_CU, dt.date(2018, 1, 1), actor=SYSTEM, now=council.now)
    assert of_kind(council, SESSION, "conflicted_vote") == [
        {"person": member, "reasons": dict.fromkeys(OURS_CODES, "same_unit")}
    ]
