"""Council sessions: listed, read, started, convened, opened."""

import datetime as dt

from sqlalchemy import select

from tests.factories import CAMPAIGN, ROUND
from tests.proven import faults, open_elements
from tests.sittings import CODES, MEMBERS, SESSION
from tests.webapp.api.council.sheets import AT, KEY, notes, seat
from webapp.models import CouncilSession
from webapp.operations.interventions import freeze_case
from webapp.operations.sessions import void_vote

COUNCIL = "waiting"
START = {"campaign": CAMPAIGN, "round": ROUND, "subject": "Xét khen thưởng năm 2019"}


def agenda(council, **changes):
    return {
        "nominations": list(CODES),
        "meets_at": (council.at + dt.timedelta(hours=1)).isoformat(),
        "mode": "in_person",
        "place": "Phòng họp số 1",
        **changes,
    }


def presiding(council, element="open_session"):
    """The standing deputy presides by a paper, uploaded to the task that opens the session."""
    task = council.task(element, SESSION).public_id
    return {
        "presided_by": "standing_deputy",
        "absence_reason": "Chủ tịch đi công tác",
        "authorisation_number": "12/UQ-UBND",
        "authorisation": council.paper("chair", task, "authorisation"),
    }


def opening(council, **changes):
    return {
        "attendance": council.attendance(),
        "decision": "open",
        **presiding(council),
        "ballots": "electronic",
        "vote_closes": (council.at + dt.timedelta(hours=4)).isoformat(),
        **changes,
    }


def started(program):
    return program("secretary").post("/council-sessions", START, status=201)["code"]


def convened(program, council, **changes):
    started(program)
    program("secretary").post(f"{AT}/agenda", agenda(council, **changes))
    council.work()
    council.move(hours=1)


def test_a_session_is_started_convened_and_opened(program, council):
    assert started(program) == SESSION
    secretary = program("secretary")
    assert secretary.get(AT)["state"] == "preparing"
    done = secretary.post(f"{AT}/agenda", agenda(council))
    assert done["session"] == SESSION
    council.work()
    assert [each["attendance"] for each in secretary.get(f"{AT}/attendance")["members"]] == ["invited"] * 4
    council.move(hours=1)
    program("chair").post(f"{AT}/attendance", opening(council))
    council.work()
    there = program("member1").get(f"{AT}/attendance")
    assert [there[name] for name in ("state", "quorum", "present", "voted")] == ["voting", 3, 4, 0]
    assert open_elements(SESSION) == ["cast_vote"] * 4
    assert faults() == []


def test_lists_sessions_with_state_and_numbers(program, council):
    council.sit(CODES)
    council.vote("member1", SESSION)
    member = program("member1")
    [line] = member.get("/council-sessions")["items"]
    told = ("code", "number", "year", "state", "items", "passed", "electors", "voted")
    assert [line[name] for name in told] == [SESSION, 1, 2019, "voting", 5, 0, 4, 1]
    assert member.get("/council-sessions", year=2018) == {"items": [], "total": 0, "page": 1, "pages": 1}
    assert member.get("/council-sessions", page=2)["items"] == []
    problem = member.get("/council-sessions", status=422, state="voting")
    assert problem["errors"][0]["pointer"] == "/state"
    program("officer").get("/council-sessions", status=403)


def test_shows_a_session_with_agenda_members_and_the_digests_of_its_vote(program, council):
    council.sit(CODES, authority="absent")
    council.vote("member1", SESSION)
    shown = program("secretary").get(AT)
    assert [shown[name] for name in ("state", "mode", "campaign", "quorum")] == [
        "voting",
        "in_person",
        CAMPAIGN,
        3,
    ]
    strands = [(each["strand"], [one["code"] for one in each["nominees"]]) for each in shown["strands"]]
    assert sorted(code for _strand, codes in strands for code in codes) == list(CODES)
    ceilings = [each for strand in shown["strands"] for each in strand["ceilings"] if each["over"]]
    assert [(each["at_most"], each["proposed"], each["over"]) for each in ceilings] == [(3, 4, 1)]
    voted = {each["seat"]: (each["attendance"], each["voted"], each["waiting"]) for each in shown["electors"]}
    assert voted["chair"] == ("absent", False, True)
    assert ("present", True, False) in [
        (each["attendance"], each["voted"], each["waiting"]) for each in shown["electors"]
    ]
    [vote] = shown["rounds"]
    assert {len(digest) for digest in vote["digests"].values()} == {64}
    assert (vote["kind"], vote["medium"], vote["refused"], vote["trackers"]) == (
        "first",
        "electronic",
        None,
        [],
    )
    assert {each["element"] for each in shown["tasks"]} == {"cast_vote"}


def test_whoever_may_not_know_of_it_finds_nothing(program, council):
    council.sit(CODES)
    for username in ("police", "stranger"):
        for path in (AT, f"{AT}/agenda", f"{AT}/attendance", f"{AT}/results", f"{AT}/ballots"):
            program(username).get(path, status=404)
    program("secretary").get("/council-sessions/PH-2019-0009", status=404)
    program("secretary").get(f"/council-sessions/{CODES[0]}", status=404)


def test_an_auditor_reads_and_it_is_noted(program, council):
    council.sit(CODES)
    program("auditor").get(AT)
    assert [each.fields["case"] for each in council.access("dossier_read")] == [SESSION]


def test_only_the_secretary_starts_and_prepares(program, council):
    for username, status in (("chair", 403), ("member1", 403), ("officer", 403)):
        program(username).post("/council-sessions", START, status=status)
    started(program)
    for username in ("chair", "member1", "officer"):
        program(username).post(f"{AT}/agenda", agenda(council), status=403)
    assert open_elements(SESSION) == ["prepare_agenda"]


def test_faults_of_the_forms_have_their_places(program, council):
    secretary = program("secretary")
    problem = secretary.post("/council-sessions", {**START, "campaign": "none"}, status=422)
    assert problem["errors"][0]["pointer"] == "/campaign"
    problem = secretary.post("/council-sessions", {"campaign": CAMPAIGN}, status=422)
    assert {each["pointer"] for each in problem["errors"]} == {"/round", "/subject"}
    started(program)
    problem = secretary.post(f"{AT}/agenda", agenda(council, nominations=["none"]), status=422)
    assert problem["errors"][0]["pointer"] == "/nominations/0"
    secretary.post(f"{AT}/agenda", agenda(council))
    council.work()
    council.move(hours=1)
    problem = program("chair").post(f"{AT}/attendance", opening(council, presided_by="chair"), status=422)
    assert [(each["pointer"], each["code"]) for each in problem["errors"]] == [
        ("/presided_by", "not_your_seat")
    ]


def test_what_the_session_does_not_wait_for_is_a_conflict(program, council):
    started(program)
    problem = program("chair").post(f"{AT}/attendance", {"decision": "open"}, status=409)
    assert (problem["code"], problem["title"]) == (
        "not_to_be_opened",
        "Phiên họp này không ở bước chờ khai mạc.",
    )
    secretary = program("secretary")
    secretary.post(f"{AT}/agenda", agenda(council))
    assert secretary.post(f"{AT}/agenda", agenda(council), status=409)["code"] == "no_agenda_due"
    assert secretary.post(f"{AT}/ties", {}, status=409)["code"] == "no_ties"
    assert secretary.post(f"{AT}/close", status=403)["code"] == "forbidden"
    assert program("chair").post(f"{AT}/close", status=409)["code"] == "not_voting"
    assert program("chair").post(f"{AT}/void", {"reason": "Nhầm"}, status=409)["code"] == "nothing_to_void"
    assert secretary.post(f"{AT}/count-again", status=409)["code"] == "not_refused"
    freeze_case(SESSION, "Có đơn", actor=council.actor("secretary"), now=council.now)
    frozen = program("chair").post(f"{AT}/attendance", {"decision": "open"}, status=409)
    assert frozen["code"] == "case_frozen"


def test_each_act_is_done_once_under_its_key(program, council):
    secretary, chair = program("secretary"), program("chair")
    codes = {secretary.post("/council-sessions", START, status=201, headers=KEY)["code"] for _ in range(2)}
    form, key = agenda(council), {"Idempotency-Key": "phien-1/chuong-trinh"}
    first, second = (secretary.post(f"{AT}/agenda", form, headers=key) for _each in range(2))
    assert (codes, first) == ({SESSION}, second)
    problem = secretary.post(f"{AT}/agenda", {**form, "place": "Khác"}, headers=key, status=422)
    assert problem["code"] == "key_reused"
    council.work()
    council.move(hours=1)
    form = opening(council)
    first, second = (chair.post(f"{AT}/attendance", form, headers=KEY) for _each in range(2))
    assert (first, notes()) == (second, 3)
    assert len(council.read(select(CouncilSession.id))) == 1
    assert faults() == []


def test_a_void_vote_is_convened_again(program, council):
    council.sit(CODES)
    void_vote(SESSION, "Nhầm danh sách", actor=council.actor("chair"), now=council.now)
    form = {"meets_at": council.at.isoformat(), "place": "Phòng họp số 2", "mode": "in_person"}
    program("secretary").post(f"{AT}/agenda", form)
    council.work()
    program("chair").post(f"{AT}/attendance", opening(council))
    council.work()
    shown = program("secretary").get(AT)
    assert shown["place"] == "Phòng họp số 2"
    assert [(each["kind"], each["void_reason"]) for each in shown["rounds"]] == [
        ("first", "Nhầm danh sách"),
        ("repeat", None),
    ]


def test_a_vote_by_correspondence_is_opened_at_the_same_address(program, council):
    started(program)
    form = agenda(council, mode="written", meets_at=council.at.isoformat(), place="Gửi phiếu")
    program("secretary").post(f"{AT}/agenda", form)
    council.work()
    closes = (council.at + dt.timedelta(days=3)).isoformat()
    told = {**presiding(council, "open_correspondence"), "vote_closes": closes}
    program("chair").post(f"{AT}/attendance", told)
    council.work()
    shown = program("member1").get(AT)
    assert (shown["mode"], shown["state"]) == ("written", "voting")
    assert {each["attendance"] for each in shown["electors"]} == {"invited"}


def test_the_secretary_notes_who_is_absent(program, council):
    council.sit(CODES)
    secretary, member = program("secretary"), seat("member1")
    for _each in range(2):
        secretary.post(f"{AT}/attendance/{member}/absent", status=204, headers=KEY)
    assert notes() == 1
    assert open_elements(SESSION) == ["cast_vote"] * 3
    problem = secretary.post(f"{AT}/attendance/{member}/absent", status=409)
    assert problem["code"] == "has_voted"
    secretary.post(f"{AT}/attendance/none/absent", status=404)
    program("member2").post(f"{AT}/attendance/{member}/absent", status=403)
    for username in set(MEMBERS) - {"member1"}:
        council.vote(username, SESSION, **({"HS_2019_0005": "none"} if username == "member2" else {}))
    assert secretary.post(f"{AT}/attendance/{member}/absent", status=409)["code"] == "not_voting"
    assert faults() == []
