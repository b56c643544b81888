"""Red flags of a council and of a decision, each acted so far that it can be seen, and so far that it just cannot."""

import datetime as dt

from sqlalchemy import select

from tests.amending import issue
from tests.awarded import PERSON
from tests.correcting import correct_rules
from tests.people import AN_CU, AN_PHU
from tests.seated import council, database
from tests.sittings import OURS_CODES, SESSION, THEIR_CODE
from webapp.extensions import db
from webapp.jobs import run
from webapp.models import Award, Case, Decision, Nomination, RedFlag
from webapp.operations import people
from webapp.operations.acting import SYSTEM
from webapp.operations.red_flags import examine_again, examine_cases
from webapp.queries.red_flags import unexamined

__all__ = ["council", "database"]
COUNCIL = "concluded"
KINDS = ("decision_before_minutes", "over_quota", "other_prize", "paper_missing", "conflicted_vote")


def flags(council, code):
    """Facts of the flags of a case that are not about how quickly it was acted, by kind; as after a night."""
    examine_again(council.now)
    examine_cases(council.now)
    assert db.session.scalars(unexamined()).all() == []
    rows = db.session.scalars(select(RedFlag).where(RedFlag.case_id == council.case(code).id))
    return {row.kind: row.facts for row in rows if row.kind in KINDS}


def test_what_goes_by_the_rules_has_none(council):
    decision = issue(council, OURS_CODES[:2])
    assert [flags(council, code) for code in (decision, SESSION, PERSON)] == [{}, {}, {}]


def test_sessions_and_decisions_are_looked_through_again_every_day(council):
    issue(council, OURS_CODES[:2])
    examine_cases(council.now)
    run.daily(council.now)
    waiting = db.session.scalars(unexamined()).all()
    assert [db.session.get_one(Case, case_id).process for case_id in waiting] == [
        "council_vote",
        "award_issuance",
    ]


def test_a_prize_other_than_the_rules_that_were_put_right_since(council):
    decision = issue(council, OURS_CODES[:1])
    correct_rules(council, "base_salaries", "", {"amount": 2_000_000})
    [award] = flags(council, decision)["other_prize"]["awards"]
    assert award == {"nomination": PERSON, "prize": 450_000, "rule": 600_000}


def test_rules_put_right_in_something_else_leave_the_prize_as_it_is(council):
    decision = issue(council, OURS_CODES[:1])
    correct_rules(council, "supplement_limits", "", {"times": 2})
    assert flags(council, decision) == {}


def test_an_award_that_was_added_past_the_ceilings(council):
    """Acts cannot do it: somebody at the database has written two more awards into an issued decision."""
    decision = issue(council, OURS_CODES[1:3])
    assert flags(council, decision) == {}
    row_id = db.session.scalars(select(Decision.id).where(Decision.case.has(code=decision))).one()
    for position, code in enumerate((OURS_CODES[3], THEIR_CODE), 3):
        beyond = db.session.scalars(select(Nomination).where(Nomination.case.has(code=code))).one()
        db.session.add(Award(decision_id=row_id, nomination_id=beyond.id, position=position, prize=0))
        db.session.commit()
        found = flags(council, decision)
        assert bool(found) == (position == 4)
    [pool] = found["over_quota"]["pools"]
    assert (pool["given"], pool["at_most"]) == (4, 3)


def test_a_member_whose_role_in_the_unit_was_entered_only_after_the_vote(council):
    member = council.person("member1").public_id
    people.give_role(member, "officer", AN_CU, dt.date(2018, 1, 1), actor=SYSTEM, now=council.now)
    assert flags(council, SESSION) == {
        "conflicted_vote": {"person": member, "reasons": dict.fromkeys(OURS_CODES, "same_unit")}
    }


def test_a_role_from_after_the_vote_and_a_member_who_stood_aside_are_no_conflict(council):
    for username, unit in (("member1", AN_CU), ("member2", AN_PHU)):
        someone, after = council.person(username).public_id, council.today + dt.timedelta(days=1)
        people.give_role(someone, "registrant", unit, after, actor=SYSTEM, now=council.now)
    assert flags(council, SESSION) == {}
