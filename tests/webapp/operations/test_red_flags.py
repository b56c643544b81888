"""Red flags as the worker keeps them: made when a log has moved, gone when they do not hold, the same every time."""

import datetime as dt

import pytest
from sqlalchemy import select, text

from tests.correcting import correct_rules
from tests.offices import scene
from tests.people import AN_PHU
from tests.webapp.bulk.test_undo import decide
from webapp.extensions import db
from webapp.models import Paper, RedFlag
from webapp.operations.deadlines import move_deadline
from webapp.operations.papers import file_store
from webapp.operations.red_flags import examine_cases


@scene
def code(office, campaign):
    """Prepared, and an hour later found to lack something."""
    code = office.nominate(nominee_name="Nguyễn Thị Đức")
    office.move(hours=1)
    office.do("officer", "prepare_on_behalf", code)
    office.move(hours=1)
    ask(office, code)
    return code


def ask(office, code):
    office.do("officer", "check_dossier", code, decision="supplement", supplement_text="Thiếu xác nhận")


def answer(office, code):
    office.move(hours=1)
    office.do("officer", "supplement_dossier", code, answer="Đã có")
    office.move(hours=1)


def flags(office, code):
    """The flags of a case as they are kept: kind and facts."""
    db.session.rollback()
    rows = db.session.scalars(
        select(RedFlag).where(RedFlag.case_id == office.case(code).id).order_by(RedFlag.event, RedFlag.kind)
    )
    return [(row.kind, row.facts) for row in rows]


def kinds(office, code):
    return [kind for kind, _facts in flags(office, code)]


def test_a_case_is_looked_through_when_its_log_has_moved_and_not_again(office, code):
    assert examine_cases(office.now) == 2
    assert examine_cases(office.now) == 0
    assert flags(office, code) == []
    answer(office, code)
    ask(office, code)
    assert examine_cases(office.now) == 1
    [(kind, facts)] = flags(office, code)
    assert (kind, facts["times"], facts["limit"]) == ("supplements", 2, 1)
    assert facts["task"] == office.task("check_dossier", code, "done").public_id


def test_one_supplement_answered_and_a_calm_check_are_no_flag(office, code):
    answer(office, code)
    office.do("officer", "check_dossier", code, decision="complete")
    examine_cases(office.now)
    assert flags(office, code) == []


def test_a_decision_at_once_is_a_flag(office, code):
    office.do("officer", "supplement_dossier", code, answer="Đã có")
    office.do("officer", "check_dossier", code, decision="complete")
    examine_cases(office.now)
    [(kind, facts)] = flags(office, code)
    assert (kind, facts["seconds"], facts["limit"]) == ("rapid", 0, 30)


def test_what_is_done_at_night_is_a_flag_on_its_first_act(office, code):
    office.move(hours=12)
    assert office.at == dt.datetime(2019, 12, 2, 16, tzinfo=dt.UTC)  # 23:00 in Việt Nam
    office.do("officer", "supplement_dossier", code, answer="Đã có")
    examine_cases(office.now)
    [(kind, facts)] = flags(office, code)
    assert (kind, facts["until"]) == ("night", "2019-12-02T23:00+07:00")


def test_a_check_after_its_deadline_and_a_deadline_that_was_moved(office, code):
    answer(office, code)
    task = office.task("check_dossier", code)
    secretary = office.actor("secretary")
    move_deadline(task.public_id, dt.date(2019, 12, 5), "Cần gấp", actor=secretary, now=office.now)
    office.move(days=4)
    office.do("officer", "check_dossier", code, decision="complete")
    examine_cases(office.now)
    found = dict(flags(office, code))
    assert found["deadline_moved"]["after_date"] == "2019-12-05"
    assert (found["late"]["due"], found["late"]["days"]) == ("2019-12-05", 1)


def test_a_paper_that_the_rules_require_and_that_was_not_there(office, code):
    answer(office, code)
    paper = db.session.scalars(select(Paper).where(Paper.kind == "achievement_report")).first()
    assert paper is not None
    paper.created_at += dt.timedelta(days=30)  # entered with an earlier day than it came
    db.session.commit()
    office.do("officer", "check_dossier", code, decision="complete")
    examine_cases(office.now)
    assert flags(office, code) == [("paper_missing", {"papers": ["achievement_report"]})]


def test_a_file_that_is_gone_is_a_flag_of_the_step_it_was_handed_in_with(office, code):
    paper = db.session.scalars(select(Paper).where(Paper.form_entry_id.is_not(None))).first()
    assert paper is not None
    digest = paper.sha256
    file_store().remove([digest])
    examine_cases(office.now)
    assert flags(office, code) == [("file_lost", {"digests": [digest]})]


def test_rules_amended_while_a_case_runs(office, code):
    examine_cases(office.now)
    office.move(hours=1)
    correct_rules(office, "inspection_limits", "rapid", {"value": 45})
    assert examine_cases(office.now) == 2
    [(kind, facts)] = flags(office, code)
    assert (kind, facts["rules"]) == ("rule_amended", "law-2014")
    assert examine_cases(office.now) == 0


def test_a_case_opened_after_an_amendment_knows_of_none(office, campaign):
    correct_rules(office, "inspection_limits", "rapid", {"value": 45})
    office.move(hours=1)
    later = office.nominate(nominee_name="Nguyễn Thị Đức")
    examine_cases(office.now)
    assert flags(office, later) == []


def test_a_flag_goes_when_the_rules_do_not_say_so_any_more_and_what_holds_stays_as_found(office, code):
    answer(office, code)
    ask(office, code)
    office.do("officer", "supplement_dossier", code, answer="Đã có")
    office.do("officer", "check_dossier", code, decision="complete")
    examine_cases(office.now)
    before = dict(flags(office, code))
    assert set(before) == {"supplements", "rapid"}
    found_at = db.session.scalars(select(RedFlag.found_at).where(RedFlag.kind == "supplements")).one()
    office.move(hours=1)
    correct_rules(office, "inspection_limits", "rapid", {"value": 0})
    examine_cases(office.now)
    after = dict(flags(office, code))
    assert set(after) == {"supplements", "rule_amended"}
    again = db.session.scalars(select(RedFlag.found_at).where(RedFlag.kind == "supplements")).one()
    assert again == found_at


def test_made_anew_from_nothing_they_are_the_same(office, code):
    answer(office, code)
    ask(office, code)
    examine_cases(office.now)
    kept = flags(office, code)
    db.session.execute(text("DELETE FROM red_flag"))
    db.session.execute(text("DELETE FROM flag_examination"))
    db.session.commit()
    assert examine_cases(office.now, most=1) == 1
    assert examine_cases(office.now, most=1) == 1
    assert flags(office, code) == kept != []


@pytest.fixture
def two(office, campaign):
    """Codes of two dossiers that have waited for their check since yesterday."""
    codes = [office.nominate(nominee_name=name) for name in ("Lê Thị Ước", "Lê Văn Ơn")]
    for code in codes:
        office.do("officer", "prepare_on_behalf", code)
    office.move(days=1)
    return codes


def test_decisions_of_one_person_on_two_dossiers_within_seconds(office, two):
    for code in two:
        office.do("officer", "check_dossier", code, decision="complete")
        office.move(seconds=8)
    examine_cases(office.now)
    assert flags(office, two[0]) == []
    first, second = (office.task("check_dossier", code, "done").public_id for code in two)
    assert flags(office, two[1]) == [
        ("rapid", {"task": second, "limit": 30, "seconds": 8, "case": two[0], "before": first})
    ]


def test_calm_decisions_those_of_two_people_and_steps_that_decide_nothing_are_none(office, two):
    office.do("officer", "check_dossier", two[0], decision="complete")
    office.move(seconds=30)
    office.do("officer", "check_dossier", two[1], decision="complete")
    for code in two:
        office.move(days=1)
        office.do("officer", "record_meeting", code, decision="agree")
    other = office.nominate("other_officer", nominee_name="Chau Sóc Khonl", submitting_unit=AN_PHU)
    office.do("officer", "post_publicly", _concluded(office, two[0]), posted_from="2019-12-05")
    office.do("other_officer", "prepare_on_behalf", other)
    examine_cases(office.now)
    assert [flags(office, code) for code in (*two, other)] == [[], [], []]


def _concluded(office, code):
    office.move(hours=1)
    office.do("commune_chair", "conclude_commune_council", code, decision="agree")
    office.move(seconds=5)
    return code


def test_what_was_decided_for_many_at_once_is_one_act(office, two):
    decide(office, two)
    assert {office.task("check_dossier", code, "done").decision for code in two} == {"complete"}
    examine_cases(office.now)
    assert [flags(office, code) for code in two] == [[], []]
