"""The own ballot over the API: its sheet, cast once; relations declared; written opinions of absent members."""

import io

import pytest
from sqlalchemy import select

from tests.factories import PDF
from tests.offices import scene
from tests.proven import faults
from tests.sittings import CODES, OURS_CODES, SESSION, THEIR_CODE
from tests.together import raised, together
from tests.webapp.api.council.sheets import AT, KEY, ballot, count, notes, seat
from webapp.models import BallotMarker, OpenVote, SealedBallot
from webapp.operations.refusals import AlreadyDone
from webapp.operations.session_tasks import cast_own_ballot
from webapp.operations.sessions import close_voting

COUNCIL = "waiting"


@scene
def sitting(council):
    assert council.sit(CODES) == SESSION
    return council


@scene
def secret(council):
    council.rule(ballot="secret")
    assert council.sit(CODES) == SESSION
    return council


def test_the_own_sheet_names_whom_to_vote_on_and_why_not(program, sitting):
    sheet = program("member2").get(f"{AT}/ballots")
    lines = {line["nomination"]: line for strand in sheet["strands"] for line in strand["nominees"]}
    assert list(lines) == list(CODES)
    assert {code: line["aside"] for code, line in lines.items()} == {
        **{code: [] for code in OURS_CODES},
        THEIR_CODE: ["same_unit"],
    }
    told = ("state", "cast", "secret", "second", "limits")
    assert [sheet[name] for name in told] == ["voting", False, False, False, []]
    assert sheet["task"] == sitting.ballot("member2", SESSION).public_id


def test_the_limits_of_the_rule_stand_on_the_sheet(program, council):
    council.rule(ballot_limit=True)
    council.sit(CODES)
    limits = program("member1").get(f"{AT}/ballots")["limits"]
    assert sorted((len(each["nominations"]), each["places"]) for each in limits)[-1] == (4, 3)


def test_there_is_no_sheet_before_the_vote_and_none_for_others(program, council):
    council.summon(CODES)
    assert program("member1").get(f"{AT}/ballots", status=409)["code"] == "not_voting"
    assert program("member1").post(f"{AT}/ballots", ballot(), status=409)["code"] == "not_voting"
    for username in ("secretary", "auditor", "police"):
        program(username).get(f"{AT}/ballots", status=404)
        program(username).post(f"{AT}/ballots", ballot(), status=404)
    program("secretary").post("/council-sessions/none/ballots", ballot(), status=404)


def test_an_open_ballot_is_cast_once(program, sitting):
    member = program("member1")
    assert member.post(f"{AT}/ballots", ballot(), status=201) == {"session": SESSION, "tracker": None}
    assert member.post(f"{AT}/ballots", ballot(), status=409)["code"] == "already_done"
    assert (member.get(f"{AT}/ballots")["cast"], count(OpenVote), count(BallotMarker)) == (True, 5, 1)
    assert faults() == []


def test_two_casts_at_the_same_moment_are_one_ballot(app, secret):
    actor, now, marks = secret.actor("member1"), secret.now, ballot()["ballots"]
    results = together(app, [lambda: cast_own_ballot(SESSION, marks, actor=actor, now=now)] * 2)
    assert (raised(results), count(SealedBallot), count(BallotMarker)) == ([AlreadyDone], 1, 1)
    assert faults() == []


def test_a_secret_ballot_is_told_its_tracker_once_and_nothing_is_noted(program, secret):
    answers = [program("member1").open("post", f"{AT}/ballots", json=ballot(), headers=KEY) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 409]
    assert len(answers[0].get_json()["tracker"].split("-")) == 3
    assert answers[0].headers["Cache-Control"] == "no-store"
    assert "tracker" not in answers[1].get_json()
    assert (count(SealedBallot), count(OpenVote), notes()) == (1, 0, 0)
    sheet = program("member1").get(f"{AT}/ballots")
    assert sheet["cast"]
    assert answers[0].get_json()["tracker"] not in str(sheet)


def test_a_sheet_of_an_earlier_vote_is_a_conflict(program, secret):
    sheet = program("member1").get(f"{AT}/ballots")
    stale = program("member1").post(f"{AT}/ballots", ballot() | {"task": "an-earlier-one"}, status=409)
    assert (stale["code"], count(BallotMarker)) == ("other_ballot", 0)
    program("member1").post(f"{AT}/ballots", ballot() | {"task": sheet["task"]}, status=201)


def test_somebody_else_s_ballot_is_not_found(program, secret):
    task = secret.ballot("member2", SESSION).public_id
    for username in ("member1", "secretary", "chair", "auditor"):
        program(username).post(f"/tasks/{task}/complete", ballot(), status=404)
        program(username).post(f"/tasks/{task}/take", status=404)
    assert program("member1").get(f"{AT}/ballots")["task"] != task
    assert count(BallotMarker) == 0


@pytest.mark.parametrize(
    ("marks", "place"),
    [
        (ballot(CODES), "/ballots/4/nomination"),
        (ballot(CODES[:3]), "/ballots"),
        ({"ballots": ballot(OURS_CODES)["ballots"] + ballot(CODES[:1])["ballots"]}, "/ballots/4/nomination"),
        (ballot(OURS_CODES, HS_2019_0001="yes"), "/ballots/0/vote"),
        ({"ballots": [{"nomination": CODES[0]}]}, "/ballots/0/vote"),
        ({"ballots": "agree"}, "/ballots"),
        ({**ballot(OURS_CODES), "person": "member1"}, "/person"),
        ({}, "/ballots"),
    ],
)
def test_a_sheet_that_is_not_whole_or_not_ones_own_is_refused(program, secret, marks, place):
    problem = program("member2").post(f"{AT}/ballots", marks, status=422)
    assert place in [each["pointer"] for each in problem["errors"]]
    assert (count(BallotMarker), count(SealedBallot)) == (0, 0)


def test_after_the_close_nothing_is_cast(program, secret):
    close_voting(SESSION, actor=secret.actor("chair"), now=secret.now)
    problem = program("member1").post(f"{AT}/ballots", ballot(), status=409)
    assert problem["code"] == "already_done"
    assert count(BallotMarker) == 0


def test_a_declared_relation_stands_on_the_sheet_until_it_is_taken_back(program, sitting):
    member, path = program("member1"), f"{AT}/relations/{CODES[0]}"
    for _each in range(2):
        member.post(path, status=204)
    assert member.get(f"{AT}/agenda")["declared"] == [CODES[0]]
    assert member.get(f"{AT}/ballots")["strands"][0]["nominees"][0]["aside"] == ["declared"]
    member.post(f"{AT}/ballots", ballot(), status=422)
    assert member.open("delete", path).status_code == 204
    assert member.open("delete", path).status_code == 204
    member.post(f"{AT}/ballots", ballot(), status=201)
    for method in ("post", "delete"):
        answer = member.open(method, path)
        assert (answer.status_code, answer.get_json()["code"]) == (409, "has_voted")
    assert faults() == []


def test_only_members_declare_and_only_to_nominees(program, sitting):
    program("secretary").post(f"{AT}/relations/{CODES[0]}", status=404)
    program("member1").post(f"{AT}/relations/HS-2019-0099", status=404)
    assert program("secretary").open("delete", f"{AT}/relations/{CODES[0]}").status_code == 404


def uploaded(program, username="secretary", status=201, content=PDF, name="phieu.pdf"):
    file = {"file": (io.BytesIO(content), name)}
    return program(username).post(f"{AT}/opinion-papers", status=status, data=file)


def test_a_written_opinion_is_entered_once_with_its_paper(program, council):
    council.rule(ballot="secret", written_opinions=True)
    council.sit(CODES, authority="absent")
    secretary, path = program("secretary"), f"{AT}/attendance/{seat('authority')}/opinion"
    sent = ballot(HS_2019_0001="disagree") | {"paper": uploaded(program)["id"]}
    secretary.post(path, sent, status=204, headers=KEY)
    assert secretary.post(path, sent, status=409, headers=KEY)["code"] == "has_voted"
    [marker] = council.read(select(BallotMarker))
    assert (marker.via, notes()) == ("written", 0)
    [elector] = [e for e in secretary.get(f"{AT}/attendance")["members"] if e["seat"] == "chair"]
    assert (elector["voted"], elector["via"], elector["waiting"]) == (True, "written", False)
    assert faults() == []


def test_an_opinion_without_its_paper_or_by_others_is_refused(program, council):
    council.rule(written_opinions=True)
    council.sit(CODES, authority="absent")
    path = f"{AT}/attendance/{seat('authority')}/opinion"
    problem = program("secretary").post(path, ballot() | {"paper": "none"}, status=422)
    assert problem["errors"][0]["pointer"] == "/paper"
    program("secretary").post(path, ballot(), status=422)
    program("chair").post(path, ballot() | {"paper": "none"}, status=403)
    program("member1").post(path, ballot() | {"paper": "none"}, status=403)
    uploaded(program, "chair", 403)
    problem = uploaded(program, status=422, content=b"text", name="phieu.txt")
    assert problem["errors"][0]["code"] == "paper_wrong_type"
    program("secretary").post(f"{AT}/opinion-papers", status=422)
    present = f"{AT}/attendance/{seat('member1')}/opinion"
    problem = program("secretary").post(present, ballot() | {"paper": "none"}, status=409)
    assert (problem["code"], count(BallotMarker)) == ("is_present", 0)
