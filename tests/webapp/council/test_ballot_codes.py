"""The annex of count and minutes: the codes of secret ballots, and nothing an inspector alone reads."""

from sqlalchemy import select

from tests.offices import scene
from tests.sittings import SESSION
from tests.webapp.documents.papers import needs_poppler, text
from webapp.documents import check_facts, render
from webapp.extensions import db
from webapp.models import BallotRound, BallotTracker, CouncilSession
from webapp.queries.council_papers import session_minutes_facts, vote_count_facts

CODES = ("A2B3-C4D5-E6F7", "K7Q2-M4XD-9RTB")
PAPERS = (("vote_count", vote_count_facts), ("session_minutes", session_minutes_facts))


@scene
def counted(council):
    """All have voted."""
    for username in ("authority", "chair", "member1"):
        council.vote(username, SESSION)
    council.vote("member2", SESSION, HS_2019_0005="none")
    return council


def sitting():
    return db.session.scalar(select(CouncilSession))


def with_codes():
    [found] = db.session.scalars(select(BallotRound))
    db.session.add_all(BallotTracker(round_id=found.id, tracker=tracker) for tracker in CODES)
    db.session.commit()


def test_there_is_none_while_votes_are_cast(council):
    with_codes()
    assert vote_count_facts(db.session(), sitting())["annex"] is None


@needs_poppler
def test_papers_of_an_open_vote_have_no_annex(counted):
    for document, facts_of in PAPERS:
        assert "Phụ lục" not in text(render(document, facts_of(db.session(), sitting())).pdf)


@needs_poppler
def test_both_papers_of_a_secret_vote_print_the_codes(counted):
    with_codes()
    for document, facts_of in PAPERS:
        facts = facts_of(db.session(), sitting())
        check_facts(document, facts)
        written = text(render(document, facts).pdf)
        assert "Phụ lục MÃ PHIẾU" in written
        assert "Mã phiếu (02 mã" in written
        assert " ".join(CODES) in written
        assert "SHA-256" not in written
