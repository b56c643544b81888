"""Red flags around a session that still goes on: its minutes come late, or its votes are secret."""

import datetime as dt

from sqlalchemy import select

from tests.seated import council, database
from tests.sittings import MEMBERS, OURS_CODES, ROUND, SESSION, SIGNATURE
from webapp.extensions import db
from webapp.models import RedFlag
from webapp.operations.red_flags import examine_again, examine_cases

__all__ = ["council", "database"]


def of_kind(council, code, kind):
    """Facts of the flags of a kind of a case, as after a night."""
    examine_again(council.now)
    examine_cases(council.now)
    query = select(RedFlag).where(RedFlag.case_id == council.case(code).id, RedFlag.kind == kind)
    return [row.facts for row in db.session.scalars(query.order_by(RedFlag.event))]


def decided(council, day_of):
    """A decision begun before the session votes, whose minutes are signed two days on; its code and its date."""
    code, begun = council.start("specialist", "award_issuance", round=ROUND), council.today
    for username in MEMBERS:
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    council.minute(SESSION)
    council.move(days=2)
    council.do("chair", "sign_minutes", SESSION, decision="sign", signature=SIGNATURE)
    council.work()
    council.do(
        "specialist",
        "draft_decision",
        code,
        nominations=list(OURS_CODES[:1]),
        signer=council.person("authority").public_id,
    )
    council.sign(code)
    dated = day_of(begun)
    council.do("clerk", "number_decision", code, number=9, symbol="QĐ-UBND", dated_on=dated.isoformat())
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


def secretly(council, first):
    """A session whose votes are secret, with the ``first`` nomination alone; everybody votes."""
    council.rule(ballot="secret")
    code = council.sit([first])
    for username in MEMBERS:
        council.vote(username, code)
    council.conclude(code)
    return code
