"""The worker is killed all through the count of a secret ballot and the delivery of its results."""

from sqlalchemy import func, select

from tests.proven import faults, open_elements
from tests.seated import council, database
from tests.sittings import CODES, MEMBERS, SESSION
from tests.webapp.jobs.test_kills import dying, types, unkept
from webapp.extensions import db
from webapp.models import BallotTracker, CountedBallot, SealedBallot
from webapp.operations.rounds import keys
from webapp.operations.tasks import complete_task

__all__ = ["council", "database"]

COUNCIL = "waiting"


def cast(council, username):
    rows = [
        {"nomination": code, "vote": "agree"}
        for code in CODES
        if not (username == "member2" and code == CODES[-1])
    ]
    task = council.ballot(username, SESSION).public_id
    complete_task(task, {"ballots": rows}, actor=council.actor(username), now=council.now)


def numbers():
    db.session.rollback()
    tables = (SealedBallot, CountedBallot, BallotTracker)
    return [db.session.scalar(select(func.count()).select_from(table)) for table in tables]


def test_worker_killed_between_the_close_and_the_delivery(app, council, settings):
    council.rule(ballot="secret")
    council.sit(CODES)
    for username in MEMBERS:
        cast(council, username)
    db.session.remove()
    assert dying(settings, "settle") > 10
    assert numbers() == [0, len(MEMBERS) * len(CODES) - 1, len(MEMBERS)]
    assert list(keys().names()) == []
    assert types(SESSION).count("votes_counted") == 1
    assert open_elements(SESSION) == ["draft_minutes"]
    council.minute(SESSION)
    council.do("chair", "sign_minutes", SESSION, decision="sign")
    db.session.remove()
    assert dying(settings, "settle") > 10
    assert unkept() == []
    assert [types(code).count("message_delivered") for code in CODES] == [2] * len(CODES)
    assert {council.case(code).stage for code in CODES} == {"decision"}
    assert faults() == []
