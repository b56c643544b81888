"""Web and worker are killed all through the close of a secret ballot, its count and the delivery of its results."""

import json

import pytest
from sqlalchemy import func, select

from tests.factories import filled
from tests.proven import faults, open_elements
from tests.seated import council, database
from tests.sittings import CODES, MEMBERS, OURS_CODES, SESSION
from tests.webapp.jobs.test_kills import dying, token, types, unkept
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


@pytest.mark.soak
def test_killed_between_the_close_and_the_delivery(app, council, settings):
    council.rule(ballot="secret")
    council.sit(CODES)
    voters = [username for username in MEMBERS if username != "authority"]
    for username in voters:
        cast(council, username)
    chair = token(council, "chair")
    db.session.remove()
    assert dying(settings, "post", f"/council-sessions/{SESSION}/close", chair, "close", given="{}") > 2
    assert types(SESSION).count("voting_closed") == 1
    db.session.remove()
    assert dying(settings, "settle") > 1
    assert numbers() == [0, len(voters) * len(CODES) - 1, len(voters)]
    assert list(keys().names()) == []
    assert types(SESSION).count("votes_counted") == 1
    assert open_elements(SESSION) == ["draft_minutes"]
    council.minute(SESSION)
    signing = council.task("sign_minutes", SESSION)
    path = f"/tasks/{signing.public_id}/complete"
    form = filled(council.offered(signing), {"decision": "sign"}, str)
    before = types(SESSION)
    db.session.remove()
    assert dying(settings, "post", path, chair, "sign", given=json.dumps(form)) > 2
    assert types(SESSION)[len(before) :].count("task_completed") == 1
    db.session.remove()
    assert dying(settings, "settle") > 1
    assert unkept() == []
    assert [types(code).count("message_delivered") for code in CODES] == [2] * len(CODES)
    assert {council.case(code).stage for code in OURS_CODES} == {"decision"}
    assert faults() == []
