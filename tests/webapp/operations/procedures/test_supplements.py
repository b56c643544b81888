"""Supplements: who is asked learns of it, hands in what is missing by the list, and is told when there is no more."""

import datetime as dt

import pytest
from sqlalchemy import select

from tests.founded import campaign, database
from tests.offices import scene
from tests.pages import Browser
from tests.sittings import Council
from tests.statements import statements
from webapp.extensions import db
from webapp.models import Notice
from webapp.operations.refusals import InvalidForm
from webapp.queries.choices import Context, choices_for
from webapp.queries.completeness import missing_papers, paper_list
from webapp.queries.first_values import first_values
from webapp.queries.office_days import calendar_around
from workflows.rules.deadlines import working_days_between
from workflows.values import local_day

__all__ = ["campaign", "database"]

MINUTES = "Biên bản họp xét, đề nghị khen thưởng"


@pytest.fixture
def office(app):
    return Council()


@scene
def received(office, campaign):
    """The dossier of a commune that assessed itself nowhere: it lacks the minutes of its meeting."""
    made = office.nominate(nominee_kind="commune", nominee_name="Xã An Cư", strand="ho-tro-dia-ban-ngheo")
    office.do("officer", "prepare_on_behalf", made, nominee_kind="commune", name_on_paper="Xã An Cư")
    office.submit([made], "officer", "commune_chair")
    return made


def faults(office, username, element, code, **form):
    with pytest.raises(InvalidForm) as found:
        office.do(username, element, code, **form)
    return [(fault.pointer, fault.code) for fault in found.value.faults]


def notices(office, username, template):
    own = Notice.person_id == office.person(username).id, Notice.template == template
    return office.read(select(Notice).where(*own).order_by(Notice.id))


def ask(office, code):
    office.do("specialist", "appraise", code, decision="supplement", missing_papers=["meeting_minutes"])
    return office.task("supplement_for_district", code)


def test_who_is_asked_learns_of_it_with_the_last_day_and_again_when_it_has_passed(app, office, received):
    task = ask(office, received)
    [told] = notices(office, "officer", "supplement_asked")
    assert dt.datetime.fromisoformat(told.values["due"]) == task.due
    browser = Browser(app)
    browser.sign_in_as(office.person("officer"))
    assert "cần được bổ sung. Hạn" in browser.get("/notices").text
    office.move(days=40)
    assert notices(office, "officer", "supplement_overdue")
    assert notices(office, "specialist", "supplement_overdue")


def test_the_clock_of_the_appraisal_stands_still_while_the_unit_has_the_dossier(office, received):
    received_on, first = local_day(office.now.at), office.task("appraise", received).due
    office.move(days=2)
    asked_on = local_day(office.now.at)
    ask(office, received)
    office.move(days=4)
    office.do("officer", "supplement_for_district", received, answer="Đã nộp bản giấy.")
    second = office.task("appraise", received).due
    assert working_days(local_day(office.now.at), second) == working_days(asked_on, first)
    assert working_days(asked_on, first) < working_days(received_on, first)


def working_days(start, deadline):
    return working_days_between(start, local_day(deadline), calendar_around(start.year))


def test_who_owes_a_supplement_is_reminded_of_its_last_day_before_it_lapses(app, office, received):
    task = ask(office, received)
    office.move(days=4)
    assert not notices(office, "officer", "supplement_overdue")
    [told] = notices(office, "officer", "supplement_reminder")
    assert dt.datetime.fromisoformat(told.values["due"]) == task.due
    assert not notices(office, "specialist", "supplement_reminder")
    browser = Browser(app)
    browser.sign_in_as(office.person("officer"))
    assert f"Sắp đến hạn bổ sung hồ sơ của Xã An Cư ({received}). Hạn" in browser.get("/notices").text
    file = office.paper("officer", task.public_id, "other")
    rows = [{"paper_type": "meeting_minutes", "file": file}]
    office.do("officer", "supplement_for_district", task=task, listed_papers=rows)
    assert [told.read_at is not None for told in notices(office, "officer", "supplement_reminder")] == [True]


def test_what_was_asked_for_has_a_row_that_names_it_and_then_counts(app, office, received):
    task = ask(office, received)
    assert first_values(db.session(), task) == {"listed_papers": [{"paper_type": "meeting_minutes"}]}
    offered = choices_for(db.session(), office.offered(task), Context(case=task.case, task=task))
    assert offered["paper_types"][0] == ("meeting_minutes", MINUTES)
    assert "decision" not in dict(offered["paper_types"])
    browser = Browser(app)
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/tasks/{task.public_id}")
    chosen = page.one("input[name=listed_papers-0-paper_type][checked]")
    assert chosen["value"] == "meeting_minutes"
    assert page.all("input[type=file][name^=listed_papers-0-file]")
    file = office.paper("officer", task.public_id, "other")
    rows = [{"paper_type": "meeting_minutes", "file": file}]
    office.do("officer", "supplement_for_district", task=task, listed_papers=rows)
    lines = {
        line.paper.code: line.there
        for line in paper_list(db.session(), office.case(received), ("dossier", "assessment"))
    }
    assert lines["meeting_minutes"]
    assert not lines["other"]
    office.do("specialist", "appraise", received, decision="eligible")


def test_what_asked_for_a_supplement_is_read_when_it_has_been_handed_in(office, received):
    task = ask(office, received)
    [told] = notices(office, "officer", "supplement_asked")
    assert told.read_at is None
    office.do("officer", "supplement_for_district", task=task)
    [told] = notices(office, "officer", "supplement_asked")
    assert told.read_at is not None


def test_where_no_supplement_is_left_none_is_offered_and_the_fault_does_not_send_back_to_one(
    app, office, received
):
    browser = Browser(app)
    browser.sign_in_as(office.person("specialist"))

    def offered():
        page = browser.get(f"/tasks/{office.task('appraise', received).public_id}")
        return [each["value"] for each in page.all("input[name=decision]")], page.text

    decisions, text = offered()
    assert "supplement" in decisions
    assert "Đã hết số lần được yêu cầu bổ sung" not in text
    assert faults(office, "specialist", "appraise", received, decision="eligible") == [
        ("/decision", "papers_missing")
    ]
    ask(office, received)
    office.move(days=40)
    assert faults(office, "specialist", "appraise", received, decision="eligible") == [
        ("/decision", "papers_missing_for_good")
    ]
    decisions, text = offered()
    assert decisions == ["eligible", "ask_opinions", "refuse"]
    assert "Đã hết số lần được yêu cầu bổ sung" in text
    [(pointer, _code)] = faults(office, "specialist", "appraise", received, decision="supplement")
    assert pointer == "/decision"
    criteria = dict.fromkeys(
        ["right_group", "standard_met", "procedure_followed", "no_pending_case", "not_awarded_twice"], True
    )
    office.do(
        "specialist",
        "appraise",
        received,
        decision="refuse",
        ground="papers_missing",
        criteria=criteria | {"papers_complete": False},
    )


def test_a_refusal_denies_the_criterion_of_its_ground(office, received):
    names = "right_group standard_met papers_complete procedure_followed no_pending_case not_awarded_twice"
    yes = dict.fromkeys(names.split(), True)

    def refused(ground, **answers):
        form = {"decision": "refuse", "ground": ground, "criteria": yes | answers}
        return faults(office, "specialist", "appraise", received, **form)

    assert refused("standard_not_met") == [("/criteria/standard_met", "ground_not_denied")]
    assert refused("papers_missing", standard_met=False) == [
        ("/criteria/papers_complete", "ground_not_denied")
    ]
    assert refused("breach_of_law") == [("/criteria", "nothing_denied")]


def test_who_submitted_learns_of_a_refusal_and_its_ground(office, received):
    office.do("specialist", "appraise", received, decision="refuse", ground="wrong_group")
    office.do("head", "review_refusal", received, decision="refuse")
    office.work()
    for username in ("officer", "commune_chair"):
        [told] = notices(office, username, "nomination_rejected")
        assert told.values["ground"] == "Không đúng đối tượng"


def test_who_submitted_learns_that_it_was_received_and_when_the_result_is_due(office, received):
    for username in ("officer", "commune_chair"):
        [told] = notices(office, username, "submission_received")
        assert told.values["due"]


def test_a_lack_stands_beside_the_line_where_it_is_submitted_and_received(office, campaign):
    made = office.nominate(nominee_kind="commune", nominee_name="Xã An Cư", strand="ho-tro-dia-ban-ngheo")
    office.do("officer", "prepare_on_behalf", made, nominee_kind="commune", name_on_paper="Xã An Cư")
    office.start("officer", "submission", round="nam-2019")
    task = office.task("prepare_submission")
    context = Context(case=task.case, task=task)
    offered = dict(choices_for(db.session(), office.offered(task), context)["ready_nominations"])
    assert offered[made].endswith(f"còn thiếu 1 giấy tờ bắt buộc: {MINUTES}")


def test_a_listed_paper_is_called_by_its_type_and_the_signed_sheet_asks_for_the_entry(app, office, campaign):
    made = office.nominate(nominee_kind="commune", nominee_name="Xã An Cư", strand="ho-tro-dia-ban-ngheo")
    task = office.task("prepare_on_behalf", made)
    rows = [{"paper_type": "meeting_minutes", "file": office.paper("officer", task.public_id, "other")}]
    office.do("officer", "prepare_on_behalf", made, nominee_kind="commune", listed_papers=rows)
    browser = Browser(app)
    browser.sign_in_as(office.person("officer"))
    page = browser.get(f"/nominations/{made}")
    assert MINUTES in page.one("section[aria-labelledby=papers-title]").get_text(" ", strip=True)
    there = {
        line.paper.code
        for line in paper_list(db.session(), office.case(made), ("dossier", "assessment"))
        if line.there
    }
    assert there == {"achievement_report", "meeting_minutes", "authorisation"}


def test_what_many_dossiers_lack_is_asked_of_the_database_at_once(office, received):
    """The list of a submission says it beside each of a hundred."""
    others = [
        office.nominate(nominee_name=f"Người {number}", strand="can-bo-giam-ngheo") for number in range(4)
    ]
    db.session.rollback()
    alone = statements(lambda: missing_papers(db.session(), [received]))
    together = statements(lambda: missing_papers(db.session(), [received, *others]))
    assert len(together) <= len(alone)
    assert MINUTES in missing_papers(db.session(), [received])[received]
