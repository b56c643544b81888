"""The vote over the API: closed, voided, counted again, ties decided, results told."""

import datetime as dt

import pytest

from tests.proven import faults, open_elements
from tests.sittings import CODES, MEMBERS, OURS_CODES, SESSION
from tests.webapp.api.council.sheets import AT, KEY, ballot, notes
from webapp.operations.rounds import keys

COUNCIL = "waiting"
LEVEL = {"authority": {"HS_2019_0004": "disagree"}}
"""What leaves two nominees level for the last places where the quota cuts."""


@pytest.fixture
def vote(program, council):
    """Everybody votes over the API on what is on their sheet; the trackers."""

    def act(**by_member):
        trackers = []
        for username in MEMBERS:
            codes = OURS_CODES if username == "member2" else CODES
            sent = ballot(codes, **by_member.get(username, {}))
            trackers.append(program(username).post(f"{AT}/ballots", sent, status=201)["tracker"])
        council.work()
        return trackers

    return act


def results(program, username="member1"):
    return {each["code"]: each["result"] for each in program(username).get(f"{AT}/results")["nominees"]}


def test_there_are_no_results_before_the_count(program, council, vote):
    council.sit(CODES)
    program("member1").post(f"{AT}/ballots", ballot(), status=201)
    for username in ("chair", "secretary", "auditor"):
        assert program(username).get(f"{AT}/results", status=409)["code"] == "not_counted"
        agenda = program(username).get(f"{AT}/agenda")
        assert {(n["result"], n["outcome"]) for s in agenda["strands"] for n in s["nominees"]} == {
            (None, None)
        }


def test_results_come_with_numbers_reason_and_votes(program, council, vote):
    council.sit(CODES)
    vote(member1={"HS_2019_0001": "disagree"}, chair={"HS_2019_0001": "abstain"})
    answer = program("secretary").get(f"{AT}/results")
    first, *others = answer["nominees"]
    told = ("agree", "disagree", "abstain", "base", "needed", "margin", "result", "reason")
    assert [first["outcome"][name] for name in told] == [2, 1, 1, 4, 3, -1, "not_passed", "threshold"]
    assert {each["result"] for each in others} == {"passed"}
    assert sorted(each["vote"] for each in first["votes"]) == ["abstain", "agree", "agree", "disagree"]
    assert (answer["trackers"], answer["rule"]["rule"]["ballot"]) == ([], "open")


def test_after_a_secret_vote_trackers_are_told_and_votes_are_not(program, council, vote):
    council.rule(ballot="secret")
    council.sit(CODES)
    trackers = vote(member1={"HS_2019_0001": "disagree"})
    answer = program("member2").get(f"{AT}/results")
    assert answer["trackers"] == sorted(trackers)
    assert [each["votes"] for each in answer["nominees"]] == [[]] * 5
    assert program("member1").get(AT)["rounds"][0]["trackers"] == sorted(trackers)
    assert faults() == []


def test_the_chair_closes_once(program, council):
    council.sit(CODES)
    for username in ("secretary", "member1", "authority"):
        program(username).post(f"{AT}/close", status=403)
    program("member1").post(f"{AT}/ballots", ballot(), status=201)
    for _each in range(2):
        program("chair").post(f"{AT}/close", status=204, headers=KEY)
    council.work()
    assert program("chair").post(f"{AT}/close", status=409)["code"] == "not_voting"
    assert (notes(), set(results(program).values())) == (1, {"not_passed"})
    assert faults() == []


def test_the_chair_voids_with_a_reason_once(program, council):
    council.sit(CODES)
    program("member1").post(f"{AT}/ballots", ballot(), status=201)
    chair, reason = program("chair"), {"reason": "Nhầm danh sách"}
    program("secretary").post(f"{AT}/void", reason, status=403)
    for body, pointer in (({"reason": " "}, "/reason"), ({}, "/reason"), ({"why": "x"}, "/why")):
        errors = chair.post(f"{AT}/void", body, status=422)["errors"]
        assert pointer in [each["pointer"] for each in errors]
    for _each in range(2):
        chair.post(f"{AT}/void", reason, status=204, headers=KEY)
    assert chair.post(f"{AT}/void", reason, status=409)["code"] == "nothing_to_void"
    [voided] = chair.get(AT)["rounds"]
    assert (voided["void_reason"], open_elements(SESSION)) == ("Nhầm danh sách", ["reconvene"])
    assert faults() == []


def test_a_refused_count_is_said_and_tried_again(program, council):
    council.rule(ballot="secret")
    council.sit(CODES)
    program("member1").post(f"{AT}/ballots", ballot(), status=201)
    [path] = keys().folder.glob("*.key")
    hidden = path.rename(path.with_suffix(".away"))
    program("chair").post(f"{AT}/close", status=204)
    council.work()
    secretary = program("secretary")
    assert secretary.get(AT)["rounds"][0]["refused"] == "key_missing"
    assert secretary.get(f"{AT}/results", status=409)["code"] == "not_counted"
    program("member1").post(f"{AT}/count-again", status=403)
    hidden.rename(path)
    for _each in range(2):
        secretary.post(f"{AT}/count-again", status=204, headers=KEY)
    council.work()
    assert secretary.post(f"{AT}/count-again", status=409)["code"] == "not_refused"
    assert secretary.get(AT)["state"] == "minutes"
    assert faults() == []


def test_the_chair_decides_who_was_level(program, council, vote):
    council.rule(quota="cuts", quota_tie="chair_decides")
    council.sit(CODES)
    vote(**LEVEL)
    chair, one = program("chair"), {"chosen": [CODES[4]], "reason": "Thành tích nổi trội hơn"}
    assert chair.get(AT)["state"] == "tied"
    program("secretary").post(f"{AT}/ties", one, status=403)
    problem = chair.post(f"{AT}/ties", {**one, "chosen": [CODES[3], CODES[4]]}, status=422)
    assert problem["errors"][0]["code"] == "too_many_chosen"
    first, second = (chair.post(f"{AT}/ties", one, headers=KEY) for _each in range(2))
    council.work()
    assert first == second
    assert list(results(program).values()) == ["passed", "passed", "passed", "not_passed", "passed"]
    assert chair.post(f"{AT}/ties", one, status=409)["code"] == "no_ties"
    assert faults() == []


def test_a_second_ballot_is_opened_and_cast_at_the_same_addresses(program, council, vote):
    council.rule(quota="cuts", ballot="secret")
    council.sit(CODES)
    vote(**LEVEL)
    closes = (council.at + dt.timedelta(hours=2)).isoformat()
    program("chair").post(f"{AT}/ties", {"decision": "again", "vote_closes": closes})
    sheet = program("member1").get(f"{AT}/ballots")
    lines = [line["nomination"] for strand in sheet["strands"] for line in strand["nominees"]]
    assert (sheet["second"], sheet["cast"], lines) == (True, False, list(CODES[3:]))
    for username in MEMBERS:
        codes = CODES[3:4] if username == "member2" else CODES[3:]
        program(username).post(f"{AT}/ballots", ballot(codes, HS_2019_0005="disagree"), status=201)
    council.work()
    assert list(results(program).values()) == ["passed"] * 4 + ["not_passed"]
    assert len(program("member1").get(f"{AT}/results")["trackers"]) == 8
    assert faults() == []
