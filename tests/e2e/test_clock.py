"""The demo's clock: one press brings the next due date, and what falls due then happens by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.everybody import People
from tests.e2e.serving import LiveServer


@pytest.fixture(scope="module")
def live_server(moved_server: LiveServer) -> LiveServer:
    return moved_server


def test_a_press_brings_the_next_due_date_and_what_falls_due(people: People) -> None:
    officer, member, posted = people.officer, people.member1, "HS-2019-0055"
    assert officer.reads_the_date() == "10/12/2019"
    assert not officer.has_task("Kết luận sau niêm yết", posted)

    officer.moves_the_clock_on()
    officer.sees("Bây giờ là 10/12/2019 15:30.").sees("Đến hạn: PH-2019-0004 Phiên họp số 04/2019.")
    member.waits_to_see("/notices", "Ông, bà chưa bỏ phiếu: Phiên họp số 04/2019.")

    officer.moves_the_clock_on().sees("Bây giờ là 11/12/2019 00:00.")
    officer.moves_the_clock_on().sees("Bây giờ là 11/12/2019 17:00.")
    people.secretary.opens_task("Lập biên bản họp", "PH-2019-0004")
    assert not member.has_task("Bỏ phiếu", "PH-2019-0004"), "the vote was closed"

    officer.moves_the_clock_on()
    officer.sees("Bây giờ là 12/12/2019 00:00.").sees(re.compile(r"Đến hạn: .+ và \d+ việc khác\."))
    assert officer.reads_the_date() == "12/12/2019"
    member.opens("/notices")
    assert member.reads_the_date() == "12/12/2019"

    officer.opens_task("Kết luận sau niêm yết", posted)
    people.auditor.replays(posted).tells("Đã đến thời hạn: Hết thời gian niêm yết.").is_verified()


def test_the_way_back_is_the_page_one_came_from(people: People) -> None:
    auditor = people.auditor.opens("/audit/events?type=clock_moved")
    auditor.moves_the_clock_on()
    expect(auditor.page).to_have_url(re.compile(r"/audit/events\?type=clock_moved$"))
    auditor.sees(re.compile(r"Bây giờ là \d\d/12/2019 \d\d:\d\d\.")).sees("Lý Hữu Nghĩa dời đồng hồ")
