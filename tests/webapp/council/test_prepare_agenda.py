"""The form of an agenda: strand by strand, with places beside what is proposed."""

import datetime as dt

import pytest

from tests.factories import ROUND
from tests.sittings import CODES, OURS_CODES
from webapp.operations.tasks import take_task

COUNCIL = "waiting"
FORM = "form.task-form"


@pytest.fixture
def task(browser, council):
    """The secretary has the form of a new session's agenda before them."""
    code = council.start("secretary", "council_vote", round=ROUND, subject="Xét khen thưởng năm 2019")
    task = council.task("prepare_agenda", code).public_id
    take_task(task, actor=council.actor("secretary"), now=council.now)
    browser.sign_in_as(council.person("secretary"))
    browser.get(f"/tasks/{task}")
    return task


def test_what_waits_stands_by_strand_and_award_with_the_places(browser, task):
    group = browser.page.one(".agenda-group").get_text(" ", strip=True)
    assert "tối đa 3 · đề nghị 4 vượt 1" in group
    assert "Giấy khen" in group
    assert "Tổ tự quản số 1" in group
    assert len(browser.page.all(".agenda-line input")) == len(CODES)
    assert browser.page.form(FORM).get("nominations") is None


def test_what_is_ticked_is_kept_until_the_form_is_right(browser, council, task):
    ticked = {"nominations": list(OURS_CODES[:2]), "mode": "in_person", "place": "Hội trường"}
    page = browser.submit(FORM, 422, act="complete", **ticked)
    assert page.form(FORM)["nominations"] == list(OURS_CODES[:2])
    tomorrow = (council.at + dt.timedelta(days=1)).strftime("%d/%m/%Y 14:00")
    page = browser.submit(FORM, act="complete", meets_at=tomorrow)
    assert "Đã hoàn thành" in page.answer.get_data(as_text=True)


def test_nothing_ticked_is_named(browser, task):
    page = browser.submit(FORM, 422, act="complete", meets_at="10/12/2019 14:00", mode="in_person", place="A")
    assert "Hồ sơ đưa ra Hội đồng" in page.one(".agenda-choice .field-fault").get_text()


def test_what_is_to_be_looked_at_is_marked_beside_the_name(browser, council, task):
    """Another dossier of the same collective in the round: the secretary sees it before anything is ticked."""
    council.nominate("officer", nominee_name="Tổ tự quản số 1", nominee_kind="collective")
    page = browser.get(f"/tasks/{task}")
    marked = [line for line in page.all(".agenda-line") if line.select(".pool-warning")]
    assert ["Tổ tự quản số 1" in line.get_text() for line in marked] == [True]
    assert "Cần xem xét:" in marked[0].get_text()
