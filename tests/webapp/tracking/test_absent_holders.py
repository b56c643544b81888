"""Where a nomination waits for somebody who is away: until when, and who acts for them, wherever it is followed."""

import datetime as dt

import pytest

from tests.delegating import accepted
from tests.statements import statements
from webapp.operations.absences import note_absence
from webapp.operations.tasks import take_task

AWAY = "vắng đến 06/12/2019, ủy quyền cho Đặng Văn Trưởng Phòng"


@pytest.fixture
def held(office, nominations):
    """The officer has taken two of the nominations; returns their codes."""
    codes = nominations[:2]
    for code, element in zip(codes, ("prepare_on_behalf", "check_dossier"), strict=True):
        take_task(office.task(element, code).public_id, actor=office.actor("officer"), now=office.now)
    return codes


def leave(office):
    accepted(office)
    last = office.today + dt.timedelta(days=4)
    note_absence(office.today, last, actor=office.actor("officer"), now=office.now)


def marks(page, place):
    return [each.get_text(" ", strip=True).strip("()") for each in page.all(f"{place} .away")]


def test_nobody_is_marked_who_is_at_work(signed_in, office, held):
    browser = signed_in("secretary")
    pages = ("/nominations", "/nominations/board", f"/nominations/{held[0]}")
    assert [browser.get(path).all(".away") for path in pages] == [[], [], []]


def test_table_board_and_stepper_mark_the_absent(signed_in, office, held):
    leave(office)
    browser = signed_in("secretary")
    assert marks(browser.get("/nominations"), "[data-label='Người đang xử lý']") == [AWAY, AWAY]
    assert marks(browser.get("/nominations/board"), ".board-holder") == [AWAY, AWAY]
    page = browser.get(f"/nominations/{held[1]}")
    assert marks(page, ".step-current") == [AWAY]
    assert marks(page, ".case-waiting") == [AWAY]


def test_the_marks_are_one_statement_whatever_the_number(signed_in, office, held):
    leave(office)
    browser = signed_in("secretary")
    browser.get("/nominations")
    one = statements(lambda: browser.get(f"/nominations?q={held[0]}"))
    all_of_them = statements(lambda: browser.get("/nominations"))
    assert sum("OUTER JOIN delegation" in each for each in one) == 1
    assert sum("OUTER JOIN delegation" in each for each in all_of_them) == 1
