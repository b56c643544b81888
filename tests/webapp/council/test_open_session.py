"""The page of opening a session: a roll call with one line a member."""

import io

import pytest

from tests.factories import PDF
from tests.offices import scene
from tests.proven import open_elements
from webapp.extensions import db
from webapp.operations.tasks import take_task

FORM = "form.task-form"


@scene
def summoned(council):
    """A second session is to be opened by the standing deputy; returns its code and the task."""
    code = council.summon(council.bring({"nominee_name": "Võ Thành Lẫm"}))
    task = council.task("open_session", code).public_id
    take_task(task, actor=council.actor("chair"), now=council.now)
    return code, task


@pytest.fixture
def task(browser, council, summoned):
    """The standing deputy has the page of that task before them; gives the code of the session."""
    code, task = summoned
    browser.sign_in_as(council.person("chair"))
    browser.get(f"/tasks/{task}")
    return code


def roll(*statuses, **fields):
    given = {f"attendance-{index}-status": status for index, status in enumerate(statuses)}
    return {
        "act": "complete",
        **given,
        "presided_by": "standing_deputy",
        "absence_reason": "Chủ tịch đi công tác",
        "authorisation_number": "12/UQ-UBND",
        "authorisation-_file": (io.BytesIO(PDF), "uy-quyen.pdf"),
        "decision": "open",
        "ballots": "electronic",
        "vote_closes": "31/12/2019 17:00",
        **fields,
    }


def test_every_member_has_a_line_and_none_is_marked(browser, task):
    names = [each.get_text() for each in browser.page.all(".roll-name strong")]
    assert names == ["Nguyễn Văn Chủ Tịch", "Lý Thị Thường Trực", "Đinh Văn Một", "Tạ Thị Hai"]
    assert browser.page.all(".roll-line input[checked]") == []
    assert "có mặt ít nhất 3/4 thành viên" in browser.page.text


def test_roll_call_opens_the_session(browser, council, task):
    browser.submit(FORM, **roll("absent", "present", "present", "late"))
    db.session.rollback()
    assert open_elements(task) == ["cast_vote"] * 4


def test_member_left_out_is_named(browser, task):
    page = browser.submit(FORM, 422, **roll("absent", None, "present", "late"))
    assert len(page.all(".roll-call .field-fault")) == 1
    kept = page.form(FORM)
    assert (kept["attendance-0-status"], kept["attendance-3-status"]) == ("absent", "late")


def test_wrong_seat_is_named_at_its_field(browser, task):
    page = browser.submit(FORM, 422, **roll("absent", "present", "present", "late", presided_by="chair"))
    fault = page.one(".field-fault").get_text(" ", strip=True)
    assert fault == "Đây không phải vị trí của anh/chị trong Hội đồng. Hãy chọn đúng tư cách chủ trì."
