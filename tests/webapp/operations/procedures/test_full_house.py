"""A full house: all members cast sheets of many nominees at the same moment; the chair closes meanwhile."""

import pytest
from sqlalchemy import func, select

from tests.crowd import crowd, put_on_the_agenda
from tests.pages import Browser
from tests.proven import open_elements
from tests.sittings import CODES, SESSION
from tests.together import raised, together
from webapp.extensions import db
from webapp.models import (
    AgendaItem,
    BallotMarker,
    BallotTracker,
    Case,
    CountedBallot,
    OpenVote,
    OutboxItem,
    SealedBallot,
    Task,
)
from webapp.operations.refusals import AlreadyDone, NotNow
from webapp.operations.sessions import close_voting
from webapp.operations.tasks import complete_task

COUNCIL = "waiting"
MEMBERS, NOMINEES = 25, 200


def count(table):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table))


def seated(council, members, nominees, **rule):
    """The people of a council that votes now, and for each of them their open ballot and their rows."""
    if rule:
        council.rule(**rule)
    people, codes = crowd(council, members, nominees)
    assert council.summon(CODES) == SESSION
    put_on_the_agenda(codes[len(CODES) :])
    council.move(hours=1)
    council.open(SESSION)
    aside = {"member2": {codes[4]}}
    rows = {
        who: [{"nomination": code, "vote": "agree"} for code in codes if code not in aside.get(who, ())]
        for who in people
    }
    return {who: (council.ballot(who, SESSION).public_id, rows[who]) for who in people}


@pytest.mark.mostly_on("postgresql")
@pytest.mark.parametrize(
    ("ballot", "members", "nominees"),
    [
        ("secret", 15, 30),
        pytest.param("secret", MEMBERS, NOMINEES, marks=pytest.mark.soak),
        pytest.param("open", MEMBERS, NOMINEES, marks=pytest.mark.soak),
    ],
)
def test_all_members_cast_at_the_same_moment(app, council, ballot, members, nominees):
    ballots = seated(council, members, nominees, ballot=ballot, base="all")
    pages = {}
    for who, (task, rows) in ballots.items():
        browser = Browser(app)
        browser.sign_in_as(council.person(who))
        fields = browser._hidden()
        for place, row in enumerate(rows):
            fields |= {f"ballots-{place}-nomination": row["nomination"], f"ballots-{place}-vote": row["vote"]}
        pages[who] = (browser.client, f"/council/ballots/{task}/cast", fields)

    def cast(client, path, fields):
        return client.post(path, data=fields).status_code

    answers = together(app, [lambda page=page: cast(*page) for page in pages.values()])
    assert set(answers) == {200 if ballot == "secret" else 302}
    sealed = members if ballot == "secret" else 0
    assert (count(BallotMarker), count(SealedBallot)) == (members, sealed)
    council.work()
    assert open_elements(SESSION) == ["draft_minutes"]
    lines = members * nominees - 1
    assert (count(CountedBallot), count(BallotTracker)) == ((lines, members) if sealed else (0, 0))
    assert count(OpenVote) == (0 if sealed else members * nominees)
    agreed = sorted(item.count["agree"] for item in db.session.scalars(select(AgendaItem)))
    assert agreed == [members - 1] + [members] * (nominees - 1)


@pytest.mark.soak
def test_200_results_reach_their_nominations(council):
    ballots = seated(council, MEMBERS, NOMINEES, base="all")
    for who, (task, rows) in ballots.items():
        complete_task(task, {"ballots": rows}, actor=council.actor(who), now=council.now)
    council.work()
    council.conclude(SESSION)
    told = select(Case.stage, func.count()).where(Case.process == "nomination").group_by(Case.stage)
    assert dict(db.session.execute(told).all()) == {"decision": NOMINEES}
    messages = select(func.count()).where(OutboxItem.kind == "council_result", OutboxItem.status == "done")
    assert db.session.scalar(messages) == NOMINEES


def test_members_cast_while_the_chair_closes(app, council):
    """Whoever comes first: each ballot that was accepted is in the count, and each other was refused in words."""
    ballots = seated(council, 12, 20, ballot="secret")
    now, chair = council.now, council.actor("chair")

    def caster(who):
        task, rows = ballots[who]
        actor = council.actor(who)
        return lambda: complete_task(task, {"ballots": rows}, actor=actor, now=now)

    acts = [caster(who) for who in ballots]
    acts.insert(0, lambda: close_voting(SESSION, actor=chair, now=now))
    closed, *cast = together(app, acts)
    refused = raised(cast)
    assert set(refused) <= {AlreadyDone}
    assert closed is None or (isinstance(closed, NotNow) and not refused), (
        "nothing to close when all have cast"
    )
    council.work()
    taken = len(ballots) - len(refused)
    assert (count(BallotMarker), count(BallotTracker)) == (taken, taken)
    lapsed = select(func.count()).where(Task.element == "cast_vote", Task.status == "lapsed")
    assert db.session.scalar(lapsed) == len(refused)
    assert open_elements(SESSION) == ["draft_minutes"]
