"""The evidence of a council session: its case and the nominations on its agenda, and nowhere what somebody voted."""

import io
import json
import zipfile

import pytest

from tests.offices import scene
from tests.sittings import CODES, MEMBERS, SESSION
from webapp.audit.offline_verifier import Verification

COUNCIL = "waiting"
VOTES = {
    "authority": {},
    "chair": {"HS_2019_0002": "abstain"},
    "member1": {"HS_2019_0001": "disagree", "HS_2019_0003": "disagree"},
    "member2": {"HS_2019_0005": "none"},  # of the unit that brings it
}


@scene
def taken(council, app, tmp_path):
    """The bundle of a session that has voted in secret, as a file."""
    council.rule(ballot="secret")
    code = council.sit(CODES)
    for username, votes in VOTES.items():
        council.vote(username, code, **votes)
    council.conclude(code)
    assert code == SESSION
    path = tmp_path / "session.zip"
    options = ["--format", "bundle", "--session", SESSION]
    done = app.test_cli_runner().invoke(args=["audit", "export", str(path), *options])
    assert done.exit_code == 0, done.output
    assert Verification(path).run().faults == []
    return path.read_bytes()


@pytest.fixture
def bundle(taken):
    return zipfile.ZipFile(io.BytesIO(taken))


def lines(bundle, name):
    return [json.loads(line) for line in bundle.read(name).decode().splitlines()]


def values(value):
    """Every value in a piece of JSON; names of its parts are none."""
    if isinstance(value, dict):
        value = list(value.values())
    return [each for part in value for each in values(part)] if isinstance(value, list) else [value]


def test_it_holds_the_session_and_the_nominations_on_its_agenda(bundle):
    streams = {row["stream"] for row in lines(bundle, "events.jsonl")}
    assert {each for each in streams if each.startswith("case/")} == {
        f"case/{code}" for code in (SESSION, *CODES)
    }
    assert {f"case_files/{code}.html" for code in (SESSION, *CODES)} <= set(bundle.namelist())


def test_it_says_who_has_voted_and_nowhere_how(bundle):
    events = [row for row in lines(bundle, "events.jsonl") if row["stream"] == f"case/{SESSION}"]
    bodies = {row["number"]: json.loads(row["body"]) for row in events}
    cast = {number for number, body in bodies.items() if body["fields"].get("element") == "cast_vote"}
    assert len({bodies[number]["actor"] for number in cast}) == len(MEMBERS)
    personal = {
        row["number"]: row["content"]
        for row in lines(bundle, "private.jsonl")
        if row["stream"] == f"case/{SESSION}"
    }
    for number in cast:
        assert personal.get(number, "{}") == "{}"
        assert "ballots" not in json.dumps(bodies[number])
    texts = [row["body"] for row in events] + list(personal.values())
    assert not {"agree", "disagree", "abstain"} & {
        each for text in texts for each in values(json.loads(text))
    }
    page = bundle.read(f"case_files/{SESSION}.html").decode()
    assert page.count("nội dung phiếu không ghi vào nhật ký") == len(MEMBERS)
    assert "với phiếu kín, ở đây chỉ có kết quả kiểm phiếu" in page


def test_the_count_and_the_minutes_are_in_it(bundle):
    documents = [name for name in bundle.namelist() if name.startswith("documents/")]
    assert any("Biên bản kiểm phiếu" in name for name in documents)
    assert any("Biên bản họp" in name for name in documents)
