"""Written opinions of absent members with their scan; relations that members declare."""

import io

import pytest
from sqlalchemy import select

from tests.factories import PDF
from tests.offices import scene
from tests.proven import faults
from tests.sittings import CODES, SESSION
from tests.webapp.operations.procedures.test_paper_ballots import agrees, comes, enter, member, numbers
from webapp.extensions import db
from webapp.models import AgendaItem, BallotMarker, Paper
from webapp.operations.opinions import (
    add_opinion_paper,
    declare_relation,
    enter_opinion,
    take_back_relation,
)
from webapp.operations.papers import Upload
from webapp.operations.refusals import Forbidden, InvalidForm, NotNow
from webapp.operations.sessions import close_voting, mark_absent, mark_late
from webapp.queries.papers import readable_paper
from webapp.queries.standing import standing_of

COUNCIL = "waiting"


@scene
def sitting(council):
    """The council votes openly; nobody has voted."""
    council.sit(CODES)


def opinion(council, username="authority", by="secretary", **votes):
    upload = Upload("phieu.pdf", io.BytesIO(PDF), "written_opinion")
    paper = add_opinion_paper(SESSION, upload, actor=council.actor(by), now=council.now)
    rows = [{"nomination": code, "vote": votes.get(code.replace("-", "_"), "agree")} for code in CODES]
    enter_opinion(SESSION, member(username), rows, paper, actor=council.actor(by), now=council.now)


@pytest.mark.parametrize("ballot", ["open", "secret"])
def test_a_written_opinion_counts_by_the_rule_and_is_shown_as_one(council, ballot):
    council.rule(ballot=ballot, written_opinions=True)
    council.sit(CODES, authority="absent")
    opinion(council, HS_2019_0001="disagree")
    for username in ("chair", "member1", "member2"):
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    items = db.session.scalars(select(AgendaItem).order_by(AgendaItem.position)).all()
    assert [(item.count["written_agree"], item.count["written_disagree"]) for item in items] == [
        (0, 1),
        (1, 0),
        (1, 0),
        (1, 0),
        (1, 0),
    ]  # fmt: skip -- one pair a nomination
    assert [item.count["agree"] for item in items] == [3, 4, 4, 4, 3]
    [marker] = [each for each in db.session.scalars(select(BallotMarker)) if each.via == "written"]
    assert marker.paper is not None
    assert faults() == []


def test_a_written_opinion_needs_the_rule_an_absent_member_and_the_secretary(council):
    council.rule(written_opinions=False)
    council.sit(CODES, authority="absent")
    with pytest.raises(NotNow, match="no_written_opinions"):
        opinion(council)
    with pytest.raises(Forbidden):
        opinion(council, by="chair")


def test_a_written_opinion_counts_beside_ballots_on_paper(council):
    council.rule(written_opinions=True)
    council.sit(
        CODES, {"ballots": "paper", "counters": [member("member1"), member("member2")]}, authority="absent"
    )
    opinion(council, HS_2019_0001="disagree")
    for again in (lambda: opinion(council), lambda: comes(council, "authority")):
        with pytest.raises(NotNow, match="has_voted"):
            again()
    for username in ("member1", "member2"):
        enter(council, username, numbers(3, HS_2019_0005={"agree": 2}), issued=3, returned=3)
    assert agrees() == [3, 4, 4, 4, 3]
    with pytest.raises(NotNow, match="not_voting"):
        opinion(council)
    assert faults() == []


def test_the_scan_of_an_opinion_is_that_of_one_member(council):
    council.rule(written_opinions=True)
    council.seat(4)
    council.sit(CODES, authority="absent", member1="absent")
    opinion(council)
    [marker] = council.read(select(BallotMarker))
    scan, summary = (
        marker.paper.public_id,
        council.read(select(Paper).where(Paper.kind == "summary_sheet"))[0],
    )
    rows = [{"nomination": code, "vote": "agree"} for code in CODES]
    for paper in (scan, summary.public_id):
        with pytest.raises(InvalidForm):
            enter_opinion(
                SESSION, member("member1"), rows, paper, actor=council.actor("secretary"), now=council.now
            )


@pytest.mark.parametrize(
    ("ballot", "readers"), [("open", ["secretary", "member1", "auditor"]), ("secret", ["secretary"])]
)
def test_who_reads_the_scan_of_an_opinion(council, ballot, readers):
    council.rule(ballot=ballot, written_opinions=True)
    council.sit(CODES, authority="absent")
    opinion(council)
    [marker] = council.read(select(BallotMarker))
    session, scan = db.session(), marker.paper.public_id
    found = [
        username
        for username in ("secretary", "member1", "auditor", "officer")
        if readable_paper(session, standing_of(session, council.person(username), council.at.date()), scan)
    ]
    assert found == readers


def test_who_was_passed_over_has_no_ballot_any_more(council, sitting):
    actor = council.actor("secretary")
    mark_absent(SESSION, member("authority"), actor=actor, now=council.now)
    with pytest.raises(NotNow, match="passed_over"):
        mark_late(SESSION, member("authority"), actor=actor, now=council.now)


def test_who_is_present_votes_themselves(council):
    council.rule(written_opinions=True)
    council.sit(CODES)
    with pytest.raises(NotNow, match="is_present"):
        opinion(council)
    assert council.read(select(BallotMarker)) == []


def test_a_declared_relation_keeps_a_member_from_voting(council, sitting):
    actor = council.actor("member1")
    declare_relation(SESSION, CODES[0], actor=actor, now=council.now)
    declare_relation(SESSION, CODES[0], actor=actor, now=council.now)
    with pytest.raises(InvalidForm):
        council.vote("member1", SESSION)
    council.vote("member1", SESSION, HS_2019_0001="none")
    with pytest.raises(NotNow):
        take_back_relation(SESSION, CODES[0], actor=actor, now=council.now)
    close_voting(SESSION, actor=council.actor("chair"), now=council.now)
    council.work()
    first = db.session.scalars(select(AgendaItem).order_by(AgendaItem.position)).first()
    assert first.count["recused"] == 1
    assert faults() == []


def test_a_relation_declared_by_mistake_is_taken_back(council, sitting):
    actor = council.actor("member1")
    declare_relation(SESSION, CODES[0], actor=actor, now=council.now)
    for _each in range(2):
        take_back_relation(SESSION, CODES[0], actor=actor, now=council.now)
    council.vote("member1", SESSION)
    assert len(council.read(select(BallotMarker))) == 1
