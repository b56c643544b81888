"""The auditor walks through a nomination that went through three diagrams, two of them twice."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.axe import grave_findings
from tests.e2e.everybody import People
from tests.e2e.replay import Replay

NOMINEE = "Hộ ông Chau Sóc Kim"
NOMINATION, COMMUNE, DISTRICT = (
    "Đề nghị khen thưởng",
    "Xét hồ sơ ở cấp xã, đơn vị",
    "Thẩm định hồ sơ ở cấp huyện",
)
OFFICER = "Công chức phụ trách TĐKT"


@pytest.fixture
def replay(people: People) -> Replay:
    page = people.auditor.opens(f"/audit?q={NOMINEE}&process=nomination").page
    address = page.locator("a[href*='/audit/cases/']").last.get_attribute("href") or ""
    return people.auditor.replays(address.rpartition("/")[2])


def test_called_diagrams_are_opened_in_place(replay: Replay) -> None:
    replay.goes_to(2).draws(COMMUNE).lies_in(NOMINATION, "Xét ở cấp xã, đơn vị", COMMUNE)
    replay.goes_up_to(NOMINATION).shows("commune_assessment", "is-place")
    replay.opens_call("Xét ở cấp xã, đơn vị").draws(COMMUNE).shows("check_dossier", "is-place")
    replay.goes_up_to(NOMINATION).goes_on().draws(COMMUNE)
    replay.goes_to(11).draws(DISTRICT).lies_in(NOMINATION, "Thẩm định cấp huyện", DISTRICT)
    replay.marks_instances_of("opinions")
    replay.goes_to(17).draws(NOMINATION)


def test_loops_are_told_apart(replay: Replay) -> None:
    replay.lists_turns(
        NOMINATION,
        f"{COMMUNE} · lần 1 Yêu cầu bổ sung",
        f"{COMMUNE} · lần 2",
        NOMINATION,
        f"{DISTRICT} · lần 1 Lấy ý kiến cơ quan liên quan",
        f"{DISTRICT} · lần 2",
        NOMINATION,
    )
    replay.goes_to(6).draws(COMMUNE).counts("check_dossier", 2)
    mended = replay.diagram.locator(".djs-shape[data-element-id=supplement_dossier]")
    expect(mended).to_have_class(re.compile("is-walked"))
    replay.shows_this_time_only().counts("check_dossier", 1)
    expect(mended).not_to_have_class(re.compile("is-walked"))
    replay.goes_back().shows_this_time_only(False).counts("check_dossier", 2)


def test_it_plays_slides_and_hears_keys(replay: Replay) -> None:
    replay.goes_to_the_first().plays_at("4×").stands_at(replay.total).has_stopped()
    replay.slides_to(7).tells("Kết luận của Hội đồng cấp xã, đơn vị")
    replay.page.locator("h1").click()
    replay.presses("ArrowLeft").stands_at(6).presses("Home").stands_at(1)
    replay.presses("ArrowRight").stands_at(2).presses("End").stands_at(replay.total)
    speed = replay.page.get_by_label("Tốc độ")
    replay.presses("[").presses("-")
    expect(speed).to_have_value("1200")
    replay.presses("+")
    expect(speed).to_have_value("600")
    replay.presses("]").presses("Space").stands_at(replay.total).has_stopped()
    replay.presses("l")
    expect(replay.page.get_by_label("Chỉ lần này")).to_be_checked()
    replay.presses("?")
    expect(replay.page.get_by_role("dialog")).to_contain_text("Phát, tạm dừng (cả phím cách)")


def test_a_lane_is_gone_through_alone(replay: Replay) -> None:
    replay.goes_to(4).keeps_to(OFFICER).stands_at(3)
    assert replay.steps == [3, 5, 6, 8, 9, 10, 11]
    replay.goes("Tiến một bước", 5).goes("Tiến một bước", 6).goes("Tiến một bước", 8)
    replay.page.go_back()
    replay.stands_at(6)
    replay.page.reload()
    replay.stands_at(6).goes("Bước cuối", 11)
    replay.keeps_to("Mọi làn").goes("Tiến một bước", 12)


def test_it_has_no_grave_fault(replay: Replay) -> None:
    replay.goes_to(6).draws(COMMUNE)
    assert grave_findings(replay.page) == []
    replay.page.get_by_role("button", name=NOMINATION).first.click()
    replay.draws(NOMINATION)
    assert grave_findings(replay.page) == []
