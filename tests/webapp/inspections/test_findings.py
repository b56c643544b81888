"""A finding is raised on a step, answered by the organiser, asked again, and concluded by who raised it."""

import pytest
from sqlalchemy import select

from tests.erased import erase
from tests.inspecting import DAY, begin, raised
from webapp import eventlog
from webapp.extensions import db
from webapp.models import Case, Notice
from webapp.operations.deadlines import move_deadline
from webapp.operations.inspections import end_inspection
from webapp.operations.interventions import freeze_case, stop_case
from webapp.operations.refusals import Forbidden, InvalidForm, NotFound, NotNow
from webapp.operations.tasks import take_task


@pytest.fixture
def finding(office, cases, inspection):
    """Code of a finding about the first step of the nomination of An Cư."""
    code = raised(office, inspection, cases[0])
    office.work()
    return code


def told(code):
    db.session.rollback()
    events = eventlog.read_stream(db.session(), f"inspection/{code}")
    return [(event.type, event.fields.get("decision")) for event in events]


def notices(office, username):
    person = office.person(username).id
    return [each.template for each in office.read(select(Notice).where(Notice.person_id == person))]


def ask_again(office, finding):
    office.do(
        "stranger",
        "review_answer",
        finding,
        decision="ask",
        question="Ai giữ biên bản?",
        answer_by=(office.today + 5 * DAY).isoformat(),
    )
    office.work()


def test_it_is_answered_asked_again_and_concluded(office, inspection, finding):
    assert office.task("answer_finding", finding).role == "head"
    assert "finding_raised" in notices(office, "head")
    office.do("head", "answer_finding", finding, answer="Biên bản lưu tại xã")
    office.work()
    assert office.task("review_answer", finding).person_id == office.person("stranger").id
    assert "finding_answered" in notices(office, "stranger")
    ask_again(office, finding)
    assert "finding_asked_again" in notices(office, "head")
    assert office.task("answer_finding", finding).round == 2
    office.do("head", "answer_finding", finding, answer="Công chức tư pháp xã giữ")
    office.do("stranger", "review_answer", finding, decision="close", result="remedied", conclusion="Đã rõ")
    assert office.case(finding).outcome == "closed"
    assert told(inspection) == [
        ("inspection_begun", "15/QĐ-TTr"),
        ("finding_raised", None),
        ("finding_answered", None),
        ("finding_reviewed", "ask"),
        ("finding_answered", None),
        ("finding_reviewed", "close"),
    ]


def test_it_lies_at_the_organiser_and_not_at_the_commune(office, cases, finding):
    case, about = office.case(finding), office.case(cases[0])
    assert (case.unit_id, case.organiser_id) == (about.organiser_id, about.organiser_id)
    assert case.registrant_id == office.person("stranger").id


def test_the_organiser_is_reminded_halfway_and_the_inspector_told_when_it_is_late(office, finding):
    office.move(days=6)
    assert "finding_reminder" in notices(office, "head")
    assert "finding_overdue" not in notices(office, "stranger")
    office.move(days=6)
    assert "finding_overdue" in notices(office, "stranger")
    assert office.task("answer_finding", finding), "it is still to be answered"


def test_who_raised_it_withdraws_it_and_nobody_else(office, inspection, finding):
    for username, refusal in (("head", Forbidden), ("auditor", Forbidden), ("officer", NotFound)):
        with pytest.raises(refusal):
            stop_case(finding, "Không đúng", actor=office.actor(username), now=office.now)
    stop_case(finding, "Đã đối chiếu bản giấy", actor=office.actor("stranger"), now=office.now)
    assert office.case(finding).outcome == "withdrawn"
    assert told(inspection)[-1][0] == "finding_withdrawn"


def test_the_office_cannot_put_it_off(office, finding):
    task = office.task("answer_finding", finding)
    with pytest.raises(Forbidden):
        freeze_case(finding, "Chờ đã", actor=office.actor("head"), now=office.now)
    with pytest.raises(Forbidden):
        move_deadline(
            task.public_id, office.today + 14 * DAY, "Bận", actor=office.actor("head"), now=office.now
        )


def test_nobody_but_who_raised_it_concludes(office, finding):
    office.do("head", "answer_finding", finding, answer="Biên bản lưu tại xã")
    task = office.task("review_answer", finding)
    for username in ("head", "secretary", "auditor"):
        with pytest.raises(NotFound):
            take_task(task.public_id, actor=office.actor(username), now=office.now)


def test_the_same_finding_is_raised_once(office, cases, inspection, finding):
    with pytest.raises(InvalidForm) as refused:
        raised(office, inspection, cases[0])
    assert [fault.code for fault in refused.value.faults] == ["found_already"]
    assert raised(office, inspection, cases[0], seen="Thiếu ngày tháng") != finding


def test_there_is_no_finding_about_a_finding(office, inspection, finding):
    with pytest.raises(NotFound):
        raised(office, inspection, finding)
    assert len(office.read(select(Case).where(Case.process == "finding"))) == 1


def test_it_goes_on_after_the_inspection_has_ended(office, finding):
    office.move(days=60)
    office.do("head", "answer_finding", finding, answer="Biên bản lưu tại xã")
    office.do("stranger", "review_answer", finding, decision="close", result="accepted", conclusion="Rõ")
    assert office.case(finding).outcome == "closed"


def test_while_it_stands_what_it_is_about_is_not_erased(office, cases, inspection, finding):
    stop_case(cases[0], "xin rút", actor=office.actor("officer"), now=office.now)
    office.work()
    with pytest.raises(NotNow, match="erasure_inspection"):
        erase(office, cases[0])
    office.do("head", "answer_finding", finding, answer="Biên bản lưu tại xã")
    office.do("stranger", "review_answer", finding, decision="close", result="accepted", conclusion="Rõ")
    end_inspection(inspection, "Không có gì thêm", actor=office.actor("stranger"), now=office.now)
    office.work()
    erase(office, cases[0])
    assert office.case(cases[0]).erased_at is not None


def test_a_member_of_the_inspection_does_not_answer_to_themselves(office, cases):
    finding = raised(office, begin(office, head="head"), cases[0], by="head")
    office.work()
    with pytest.raises(NotNow) as refusal:
        office.do("head", "answer_finding", finding, answer="Tự giải trình")
    assert refusal.value.code == "own_finding"
    assert office.task("answer_finding", finding).status == "open"
