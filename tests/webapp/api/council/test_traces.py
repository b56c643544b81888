"""A secret ballot leaves the same traces over the API as from its page: none."""

import json

import pytest
from sqlalchemy import MetaData, select

from tests.pages import Browser
from tests.sittings import CODES, SESSION
from tests.webapp.api.council.sheets import AT, KEY, ballot
from webapp.extensions import db

COUNCIL = "waiting"
VOTE = "abstain"


@pytest.fixture
def secret(council):
    council.rule(ballot="secret")
    council.sit(CODES)
    return council


def everything():
    """Every row of every table, whether the models know it or not, by its primary key."""
    db.session.rollback()
    metadata = MetaData()
    metadata.reflect(db.engine)
    rows = {}
    with db.engine.connect() as connection:
        for table in metadata.sorted_tables:
            keys = [column.name for column in table.primary_key] or list(table.columns.keys())
            for row in connection.execute(select(table)).mappings():
                rows[table.name, *(str(row[key]) for key in keys)] = dict(row)
    return rows


def traces(act):
    """What an act changes: new and lost rows by table, changed columns by table; and all new values."""
    before = everything()
    act()
    after = everything()
    new = sorted(place[0] for place in after.keys() - before.keys())
    lost = sorted(place[0] for place in before.keys() - after.keys())
    changed, values = set(), [after[place] for place in after.keys() - before.keys()]
    for place in before.keys() & after.keys():
        for name, value in after[place].items():
            if value != before[place][name]:
                changed.add((place[0], name))
                values.append({name: value})
    return (new, lost, sorted(changed)), values


def by_api(program, council, username):
    sender = program(username)
    sent = ballot(**{code.replace("-", "_"): VOTE for code in CODES})
    return lambda: sender.post(f"{AT}/ballots", sent, status=201, headers=KEY)


def by_task(program, council, username):
    sender, task = program(username), council.ballot(username, SESSION).public_id
    sent = ballot(**{code.replace("-", "_"): VOTE for code in CODES})
    return lambda: sender.post(f"/tasks/{task}/complete", sent, headers=KEY)


def by_page(app, council, username):
    browser, task = Browser(app), council.ballot(username, SESSION).public_id
    browser.sign_in_as(council.person(username))
    browser.get(f"/tasks/{task}")
    browser.submit("form[data-ballot]", **{f"ballots-{index}-vote": VOTE for index in range(len(CODES))})
    return lambda: browser.submit("form.ballot-review")


def test_all_ways_leave_the_same_rows_and_no_vote(app, program, secret):
    ways = [
        by_page(app, secret, "member1"),
        by_api(program, secret, "authority"),
        by_task(program, secret, "chair"),
    ]
    (page, *others), told = zip(*(traces(way) for way in ways), strict=True)
    assert others == [page] * 2
    new, lost, changed = page
    assert new == ["ballot_marker", "event", "event_private", "form_entry", "sealed_ballot"]
    assert lost == []
    assert {table for table, _column in changed} == {"case", "task"}
    for values in told:
        assert VOTE not in json.dumps(values, default=readable)
    outlines = [sorted(map(str, map(outline, values))) for values in told]
    assert outlines == [outlines[0]] * 3


def test_a_refused_ballot_leaves_nothing(program, secret):
    sent, sender = ballot(CODES[:2], HS_2019_0001=VOTE), program("member1")
    refused, _values = traces(lambda: sender.post(f"{AT}/ballots", sent, status=422, headers=KEY))
    assert refused == ([], [], [])


def readable(value):
    """Bytes as the letters in them."""
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def outline(value):
    """The names in a value, down into the JSON that it holds; what stands under them is only of a kind."""
    if isinstance(value, str) and value[:1] in ("{", "["):
        value = json.loads(value)
    if isinstance(value, dict):
        return {name: outline(each) for name, each in sorted(value.items())}
    return [outline(each) for each in value] if isinstance(value, list) else type(value).__name__
