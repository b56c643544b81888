"""What members read before they vote over the API: nominees, questions and answers, papers as files."""

import pytest

from tests.offices import scene
from tests.proven import faults
from tests.sittings import CODES, OURS_CODES, SESSION, THEIR_CODE
from tests.webapp.api.council.sheets import AT, KEY, count, seat
from webapp.models import SessionQuestion

COUNCIL = "waiting"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@scene
def summoned(council):
    """The members are invited."""
    council.summon(CODES)


def test_a_nominee_comes_with_all_that_is_known_of_it(program, council, summoned):
    read = program("member2").get(f"{AT}/nominees/{CODES[0]}")
    told = ("number", "name", "kind", "unit", "award", "aside", "questions")
    assert [read[name] for name in told] == [
        1,
        "Nguyễn Thị Ượng",
        "individual",
        "xã An Cư",
        "certificate_of_merit",
        [],
        0,
    ]  # fmt: skip -- the values belong together
    assert read["dossier"]["achievement_summary"].startswith("Vận động giúp 05 hộ")
    assert [finding["step"] for finding in read["findings"]][-2:] == ["appraise", "review_appraisal"]
    assert "achievement_report" in [paper["kind"] for paper in read["papers"]]
    assert program("member2").get(f"{AT}/nominees/{THEIR_CODE}")["aside"] == ["same_unit"]
    points = program("member1").get(f"{AT}/nominees/{OURS_CODES[1]}")["points"]
    assert {"code": "over_places", "values": {"places": 3, "proposed": 4}} in points


def test_a_nominee_comes_with_what_it_pledged(program, council):
    pledged = [{"indicator": "Hộ thoát nghèo", "pledge": "Giúp hai hộ"}]
    registered = council.register(nominee_name="Lê Văn Cam")
    council.do("officer", "fill_on_behalf", registered, targets=pledged)
    council.do("officer", "check_registration", registered, decision="accept")
    council.work()
    [nominated] = council.bring({"nominee_name": "Lê Văn Cam"})
    council.summon([nominated, CODES[0]])
    read = program("member1")
    assert read.get(f"{AT}/nominees/{nominated}")["targets"] == pledged
    assert read.get(f"{AT}/nominees/{CODES[0]}")["targets"] == []


@pytest.mark.parametrize("username", ["officer", "police", "registrant"])
def test_nobody_else_reads_them(program, summoned, username):
    stranger = program(username)
    for path in (f"nominees/{CODES[0]}", "questions", "papers/summary_sheet.docx", "packet.pdf", "letters"):
        stranger.get(f"{AT}/{path}", status=404)
    stranger.post(f"{AT}/questions", {"text": "Ai?"}, status=404)


def test_a_question_is_asked_once_and_its_answer_read_by_all(program, summoned):
    asked = {"text": "Hộ này thoát nghèo năm nào?", "nomination": CODES[0]}
    first, again = (program("member1").post(f"{AT}/questions", asked, 201, KEY) for _each in range(2))
    assert (first, count(SessionQuestion)) == (again, 1)
    other = program("member1").post(f"{AT}/questions", {"text": "Còn hộ khác?"}, 201, KEY)
    assert (other != first, count(SessionQuestion)) == (True, 2), "nothing that was written is lost"
    program("secretary").post(f"{AT}/questions/{first['id']}/answer", {"answer": "Năm 2018."}, 204)
    question, _other = program("member2").get(f"{AT}/questions")["items"]
    assert (question["nomination"], question["text"], question["answer"]) == (
        CODES[0],
        asked["text"],
        "Năm 2018.",
    )  # fmt: skip -- the values belong together
    assert program("member2").get(f"{AT}/nominees/{CODES[0]}")["questions"] == 1
    assert faults() == []


def test_who_asks_sits_in_the_council_and_who_answers_is_its_secretary(program, summoned):
    program("secretary").post(f"{AT}/questions", {"text": "Ai?"}, status=403)
    asked = program("member1").post(f"{AT}/questions", {"text": "Bao giờ?"}, 201)["id"]
    program("member2").post(f"{AT}/questions/{asked}/answer", {"answer": "Mai."}, 403)
    faulty = program("member1").post(f"{AT}/questions", {"text": " "}, 422)
    assert faulty["errors"][0]["pointer"] == "/text"
    program("member1").post(f"{AT}/questions", {"text": "Ai?", "nomination": "HS-2019-0999"}, 404)
    assert count(SessionQuestion) == 1


def test_papers_come_as_files(program, summoned):
    member = program("member1")
    for path, kind in (
        ("packet.pdf", "application/pdf"),
        ("papers/summary_sheet.pdf", "application/pdf"),
        ("papers/summary_sheet.docx", DOCX),
    ):
        answer = member.open("get", f"{AT}/{path}")
        assert (answer.status_code, answer.mimetype) == (200, kind)
    [report] = [
        paper
        for paper in member.get(f"{AT}/nominees/{CODES[0]}")["papers"]
        if paper["kind"] == "achievement_report"
    ]
    assert program("officer").open("get", f"/papers/{report['id']}").data.startswith(b"%PDF")
    program("police").get(f"/papers/{report['id']}", status=404)


def test_units_read_their_letters(program, council):
    assert council.pass_all(OURS_CODES) == SESSION
    [letter] = program("officer").get(f"{AT}/letters")["items"]
    answer = program("officer").open("get", f"{AT}/letters/{letter['unit']}.pdf")
    assert (answer.status_code, letter["name"]) == (200, "xã An Cư")
    program("other_officer").get(f"{AT}/letters", status=404)


def test_a_member_who_comes_late_is_noted(program, council):
    council.sit(CODES, authority="absent")
    late = f"{AT}/attendance/{seat('authority')}/late"
    program("member1").post(late, status=403)
    program("secretary").post(late, status=204)
    [here] = [
        each
        for each in program("secretary").get(f"{AT}/attendance")["members"]
        if each["id"] == seat("authority")
    ]
    assert (here["attendance"], here["present"]) == ("late", True)
    assert program("secretary").post(late, status=409)["code"] == "is_present"
