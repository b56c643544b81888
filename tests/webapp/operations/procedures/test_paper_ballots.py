"""Paper and mixed ballots: two people enter the totals, which must agree and add up."""

import pytest
from sqlalchemy import select

from tests.offices import scene
from tests.proven import faults, open_elements
from tests.sittings import CODES, SESSION
from webapp.extensions import db
from webapp.models import (
    AgendaItem,
    CouncilMembership,
    FormEntry,
    PaperCount,
    Person,
    SessionElector,
)
from webapp.operations.opinions import declare_relation
from webapp.operations.refusals import Forbidden, InvalidForm, NotNow
from webapp.operations.sessions import mark_absent, mark_late

COUNCIL = "waiting"


def member(username):
    query = select(CouncilMembership.public_id).join(Person, Person.id == CouncilMembership.person_id)
    return db.session.scalar(query.where(Person.username == username))


def on_paper(council, medium="paper", **form):
    counters = [member("member1"), member("member2")]
    council.sit(CODES, {"ballots": medium, "counters": counters, **form})
    return SESSION


@scene
def counting(council):
    """All vote on paper; member1 and member2 are to enter what they count."""
    on_paper(council)


def numbers(agree, disagree=0, abstain=0, blank=0, invalid=0, **special):
    """The rows of a count: the same for everybody but for ``HS_2019_0005={"agree": 3}``."""
    same = {"agree": agree, "disagree": disagree, "abstain": abstain, "blank": blank, "invalid": invalid}
    return [{"nomination": code, **same, **special.get(code.replace("-", "_"), {})} for code in CODES]


def enter(council, username, rows, issued=4, returned=4):
    task = council.task("enter_count", SESSION, person_id=council.person(username).id)
    council.do(username, "enter_count", task=task, issued=issued, returned=returned, counts=rows)
    council.work()


def comes(council, username, by="secretary"):
    mark_late(SESSION, member(username), actor=council.actor(by), now=council.now)


def agrees():
    db.session.rollback()
    return [
        item.count["agree"] for item in db.session.scalars(select(AgendaItem).order_by(AgendaItem.position))
    ]


def test_two_counts_that_agree_are_the_result(council, counting):
    assert open_elements(SESSION) == ["enter_count", "enter_count"]
    rows = numbers(3, disagree=1, HS_2019_0005={"disagree": 0})
    enter(council, "member1", rows)
    assert open_elements(SESSION) == ["enter_count"]
    enter(council, "member2", rows)
    assert agrees() == [3] * 5
    assert open_elements(SESSION) == ["draft_minutes"]
    council.conclude(SESSION)
    assert council.read(select(FormEntry.data).where(FormEntry.form == "ballot/enter_count")) == [{}, {}]
    assert faults() == []


def test_counts_that_differ_are_entered_again(council, counting):
    enter(council, "member1", numbers(3, disagree=1, HS_2019_0005={"disagree": 0}))
    enter(council, "member2", numbers(4, HS_2019_0005={"agree": 3}))
    assert open_elements(SESSION) == ["enter_count", "enter_count"]
    enter(council, "member2", numbers(4, HS_2019_0005={"agree": 3}))
    enter(council, "member1", numbers(4, HS_2019_0005={"agree": 3}))
    assert agrees() == [4, 4, 4, 4, 3]
    assert [row.attempt for row in council.read(select(PaperCount).order_by(PaperCount.attempt))] == [
        1,
        1,
        2,
        2,
    ]
    assert faults() == []


@pytest.mark.parametrize(
    ("rows", "issued", "returned", "fault"),
    [
        (numbers(4), 3, 3, ("/issued", "issued_to_others")),
        (numbers(3), 4, 4, ("/counts/0/agree", "count_does_not_add_up")),
        (numbers(5), 4, 4, ("/counts/0/agree", "count_does_not_add_up")),
        (numbers(4)[:4], 4, 4, ("/counts", "not_counted")),
        (numbers(4), 4, 4, ("/counts/4/agree", "count_does_not_add_up")),
        ([*numbers(4), numbers(4)[0]], 4, 4, ("/counts", "named_twice")),
    ],
)
def test_a_count_that_does_not_add_up_is_refused_with_the_difference(
    council, counting, rows, issued, returned, fault
):
    with pytest.raises(InvalidForm) as refusal:
        enter(council, "member1", rows, issued, returned)
    found = refusal.value.faults[0]
    assert (found.pointer, found.code) == fault
    assert council.read(select(PaperCount)) == []


def test_mixed_ballots_are_counted_together(council):
    on_paper(council, "mixed", paper_voters=[member("authority"), member("chair")])
    council.vote("member1", SESSION, HS_2019_0001="disagree")
    council.vote("member2", SESSION, HS_2019_0005="none")
    assert open_elements(SESSION) == ["enter_count", "enter_count"]
    for username in ("member1", "member2"):
        enter(council, username, numbers(1, invalid=1), issued=2, returned=2)
    assert agrees() == [2, 3, 3, 3, 2]
    assert faults() == []


def test_a_paper_voter_who_comes_late_is_given_a_ballot(council, counting):
    late = next(
        e for e in db.session.scalars(select(SessionElector)) if e.membership.person.username == "chair"
    )
    late.attendance = "absent"
    db.session.commit()
    with pytest.raises(InvalidForm):
        enter(council, "member1", numbers(4, HS_2019_0005={"agree": 3}))
    comes(council, "chair")
    with pytest.raises(NotNow, match="is_present"):
        comes(council, "chair")
    with pytest.raises(Forbidden):
        comes(council, "chair", by="member1")
    for username in ("member1", "member2"):
        enter(council, username, numbers(4, HS_2019_0005={"agree": 3}))
    assert agrees() == [4, 4, 4, 4, 3]
    assert faults() == []


def test_presence_with_a_paper_ballot_is_taken_back_until_one_count_is_entered(council, counting):
    actor = council.actor("secretary")
    mark_absent(SESSION, member("authority"), actor=actor, now=council.now)
    assert attendance("authority") == "absent"
    comes(council, "authority")
    enter(council, "member1", numbers(4, HS_2019_0005={"agree": 3}))
    for act in (mark_absent, mark_late):
        with pytest.raises(NotNow, match=r"being_counted|is_present"):
            act(SESSION, member("authority"), actor=actor, now=council.now)
    enter(council, "member2", numbers(4, HS_2019_0005={"agree": 3}))
    assert (attendance("authority"), agrees()) == ("late", [4, 4, 4, 4, 3])
    assert faults() == []


def attendance(username):
    db.session.rollback()
    query = select(SessionElector.attendance).join(CouncilMembership).join(Person)
    return db.session.scalar(query.where(Person.username == username))


def test_few_paper_ballots_of_a_secret_vote_are_refused(council):
    council.rule(ballot="secret")
    with pytest.raises(InvalidForm) as refusal:
        on_paper(council, "mixed", paper_voters=[member("authority")])
    assert refusal.value.faults[0].code == "too_few_for_secret"


def test_who_votes_on_paper_declares_before_the_opening(council, counting):
    with pytest.raises(NotNow):
        declare_relation(SESSION, CODES[0], actor=council.actor("member1"), now=council.now)


def test_those_who_count_must_be_there(council):
    code = council.summon(CODES)
    council.move(hours=1)
    with pytest.raises(InvalidForm) as refusal:
        council.open(
            code, {"ballots": "paper", "counters": [member("member1"), member("member2")]}, member1="absent"
        )
    assert refusal.value.faults[0].code == "counter_not_present"


def test_a_rule_that_needs_the_chairman_s_yes_refuses_a_paper_ballot_of_theirs(council):
    council.rule(chair_yes_required=True)
    code = council.summon(CODES)
    council.move(hours=1)
    with pytest.raises(InvalidForm) as refusal:
        council.open(code, {"ballots": "paper", "counters": [member("member1"), member("member2")]})
    assert refusal.value.faults[0].code == "chair_on_paper"
