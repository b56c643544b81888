"""Papers: who gets them, how they are sent, and that reading is noted."""

from urllib.parse import unquote

import pytest
from sqlalchemy import select

from tests.offices import scene
from webapp.models import Paper
from webapp.operations.tasks import take_task


@scene
def paper(office):
    """A paper of a nomination that has been handed in."""
    office.open_campaign()
    code = office.nominate()
    office.do("officer", "prepare_on_behalf", code)
    return office.read(select(Paper.public_id).where(Paper.case_id == office.case(code).id))[0]


@pytest.mark.parametrize("username", ["officer", "commune_chair", "specialist", "auditor"])
def test_whoever_may_see_the_case_gets_it(browser, office, paper, username):
    browser.sign_in_as(office.person(username))
    answer = browser.get(f"/papers/{paper}").answer
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == "inline; filename=bao-cao.pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("username", ["other_officer", "registrant", "admin", "stranger"])
def test_others_get_nothing_and_that_is_noted(browser, office, paper, username):
    browser.sign_in_as(office.person(username))
    browser.get(f"/papers/{paper}", status=404)
    [refused] = office.access("act_refused")
    assert (refused.actor, refused.fields["path"]) == (office.person(username).public_id, f"/papers/{paper}")
    assert office.access("paper_read") == []


def test_visitor_is_asked_to_sign_in(browser, office, paper):
    assert browser.get(f"/papers/{paper}").heading == "Đăng nhập"


def test_save_asks_for_a_download(browser, office, paper):
    browser.sign_in_as(office.person("officer"))
    answer = browser.get(f"/papers/{paper}?save").answer
    assert answer.headers["Content-Disposition"] == "attachment; filename=bao-cao.pdf"


def test_name_is_sent_whatever_it_is_made_of(browser, office, campaign):
    task = office.task("fill_on_behalf", office.register()).public_id
    name = '../../Báo cáo "thành tích"\r\nX-Evil: 1.docx.pdf'
    paper = office.paper("officer", task, "other", name)
    browser.sign_in_as(office.person("officer"))
    answer = browser.get(f"/papers/{paper}").answer
    assert "X-Evil" not in answer.headers
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert "/" not in answer.headers["Content-Disposition"].replace("UTF-8''", "")


def test_what_lies_in_a_draft_is_only_its_owners(browser, office, campaign):
    task = office.task("fill_on_behalf", office.register()).public_id
    take_task(task, actor=office.actor("officer"), now=office.now)
    paper = office.paper("officer", task, "signed_sheet")
    browser.sign_in_as(office.person("colleague"))
    browser.get(f"/papers/{paper}", status=404)
    assert (
        "bao-cao.pdf"
        not in browser.get(f"/tasks/{task}").one("section[aria-labelledby=papers-title]").get_text()
    )
    browser.sign_in_as(office.person("officer"))
    browser.get(f"/papers/{paper}")


def test_reading_is_noted_once_an_hour(browser, office, paper):
    browser.sign_in_as(office.person("auditor"))
    browser.get(f"/papers/{paper}")
    browser.get(f"/papers/{paper}")
    [read] = office.access("paper_read")
    assert (read.actor, read.fields) == (office.person("auditor").public_id, {"paper": paper})


def test_reading_a_task_of_somebody_else_is_noted(browser, office, campaign):
    code = office.register()
    task = office.task("fill_on_behalf", code).public_id
    for username in ("officer", "auditor"):
        browser.sign_in_as(office.person(username))
        browser.get(f"/tasks/{task}")
    [read] = office.access("dossier_read")
    assert (read.actor, read.fields) == (office.person("auditor").public_id, {"case": code})


def test_name_for_old_programs_keeps_each_letter(browser, office, campaign):
    task = office.task("fill_on_behalf", office.register()).public_id
    paper = office.paper("officer", task, "other", "Quyết định số 7.pdf")
    browser.sign_in_as(office.person("officer"))
    named = browser.get(f"/papers/{paper}").answer.headers["Content-Disposition"]
    assert named.startswith('inline; filename="Quyet dinh so 7.pdf"')
    assert unquote(named).endswith("UTF-8''Quyết định số 7.pdf")
