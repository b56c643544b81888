"""Digests on count and minutes: what they are of, and that they stand still once the votes are counted."""

import datetime as dt
import json

from sqlalchemy import select

from tests.offices import scene
from tests.sittings import SESSION
from tests.webapp.documents.papers import needs_poppler, text
from webapp import eventlog
from webapp.documents import check_facts, render
from webapp.extensions import db
from webapp.models import BallotRound, BallotTracker, CouncilSession
from webapp.queries.council_papers import session_minutes_facts, vote_count_facts
from webapp.queries.session_annex import annex_facts

ROOT = "c" * 64


@scene
def counted(council):
    """All have voted."""
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    council.vote("member2", SESSION, HS_2019_0005="none")
    return council


def sitting():
    return db.session.scalar(select(CouncilSession))


def checkpoint(made_at, root=ROOT):
    body = json.dumps({"root": root}).encode()
    eventlog.keep_checkpoint(db.session(), body, "00", made_at)
    db.session.commit()


def log():
    return eventlog.read_stream(db.session(), eventlog.case_stream(SESSION))


def test_there_is_none_while_votes_are_cast(council):
    assert annex_facts(db.session(), sitting()) is None
    assert vote_count_facts(db.session(), sitting())["annex"] is None


def test_digests_are_those_of_the_count(counted):
    annex = annex_facts(db.session(), sitting())
    [count] = [event for event in log() if event.type == "votes_counted"]
    [opened] = [event for event in log() if event.type == "round_opened"]
    assert annex == {
        "electorate": count.fields["electorate_digest"],
        "agenda": opened.fields["agenda_digest"],
        "rule": count.fields["profile_digest"],
        "events": count.number,
        "head": count.hash,
        "checkpoint": None,
        "trackers": [],
    }


def test_they_stand_still_whatever_happens_after_the_count(counted):
    before = annex_facts(db.session(), sitting())
    counted.conclude(SESSION)
    checkpoint(log()[-1].recorded_at + dt.timedelta(seconds=1))
    assert len(log()) > before["events"]
    assert annex_facts(db.session(), sitting()) == before


def test_last_checkpoint_before_the_count_is_named(counted):
    at = log()[0].recorded_at
    checkpoint(at - dt.timedelta(days=2), "a" * 64)
    checkpoint(at - dt.timedelta(days=1))
    named = annex_facts(db.session(), sitting())["checkpoint"]
    assert named["root"] == ROOT
    assert len(named["at"]) == len("2019-12-12T08:00")


@needs_poppler
def test_both_papers_print_it(counted):
    checkpoint(log()[0].recorded_at - dt.timedelta(days=1))
    [found] = db.session.scalars(select(BallotRound))
    trackers = ("K7Q2-M4XD-9RTB", "A2B3-C4D5-E6F7")
    db.session.add_all(BallotTracker(round_id=found.id, tracker=tracker) for tracker in trackers)
    db.session.commit()
    for document, facts_of in (("vote_count", vote_count_facts), ("session_minutes", session_minutes_facts)):
        facts = facts_of(db.session(), sitting())
        check_facts(document, facts)
        written = text(render(document, facts).pdf)
        assert "Phụ lục SỐ LIỆU ĐỐI CHIẾU" in written
        squeezed = written.replace(" ", "")
        assert [value for value in (facts["annex"]["head"], ROOT) if value not in squeezed] == []
        assert "Mã phiếu (02 mã" in written
        assert "A2B3-C4D5-E6F7 K7Q2-M4XD-9RTB" in written
