"""A unit reports, its officer verifies: the secretary sees the chart change, and the same numbers beside it."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.actors import Person
from tests.e2e.everybody import People
from tests.e2e.forms import Answer, Form
from tests.e2e.phone import PHONE, fits

CAMPAIGN = "Chung tay vì người nghèo"
PAGE = "/campaigns/tinh-bien-vi-nguoi-ngheo-2020/reviews?review=so-ket-2019"
INDICATOR = "Mức giảm tỷ lệ hộ nghèo bình quân mỗi năm"
CHART = f"Toàn bộ đơn vị qua các năm: {INDICATOR}"
UNIT = "xã An Cư"
MEASURED: dict[str, Answer] = {
    "Tình trạng": "Có số liệu",
    "Kết quả đạt được": "6,5",
}


def indicator(person: Person) -> Locator:
    """The panel of the first indicator."""
    return person.opens(PAGE).main.get_by_role("region", name=INDICATOR, exact=True)


def drawn(panel: Locator) -> list[str]:
    """The numbers that stand at the points of the chart."""
    chart = panel.get_by_role("img", name=CHART)
    expect(chart).to_be_visible()
    return chart.locator(".chart-number").all_text_contents()


def told(panel: Locator) -> list[str]:
    """The numbers of all units in the table beside the chart, where there are any."""
    return panel.locator(".indicator-whole tbody td strong").all_inner_texts()


def reports(registrant: Person) -> None:
    """Every figure that is asked for, with one number."""
    registrant.opens_inbox("common").opens_task("Báo cáo kết quả thực hiện", CAMPAIGN)
    expect(
        registrant.main.get_by_role("table", name="Chỉ tiêu giao và mức đăng ký của đơn vị")
    ).to_be_visible()
    rows = registrant.main.get_by_role("group", name="Chỉ tiêu của kế hoạch").locator("[data-row]")
    assert rows.count() > 1
    for row in rows.all():
        Form(row).fill(MEASURED)
    for row in (
        registrant.main.get_by_role("group", name="Số dùng để tính bình quân").locator("[data-row]").all()
    ):
        Form(row).fill({"Số của đơn vị": "4000"})
    registrant.fills_in({"Kết quả nổi bật": "Giúp nhiều hộ thoát nghèo."}).completes()


def test_a_verified_report_moves_the_chart(people: People) -> None:
    secretary = people.secretary
    before = drawn(indicator(secretary))
    assert before == told(indicator(secretary))

    reports(people.registrant)
    expect(indicator(secretary).get_by_role("row").filter(has_text=UNIT)).to_contain_text("chưa xác nhận")
    assert drawn(indicator(secretary)) == before
    people.officer.does("Kiểm tra báo cáo", CAMPAIGN, {"Kết luận": "Xác nhận số liệu đúng"})

    panel = indicator(secretary)
    after = drawn(panel)
    assert after == told(panel)
    assert after[-1] != before[-1]
    row = panel.get_by_role("row").filter(has_text=UNIT)
    expect(row).to_contain_text("6,5")
    expect(row).not_to_contain_text("chưa xác nhận")
    assert row.locator(".chart-bar rect").nth(1).evaluate("bar => bar.getBoundingClientRect().width") > 0


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_chart_and_table_say_the_same_on_every_screen(people: People, screen: dict[str, Any]) -> None:
    secretary = people.another("secretary", **screen)
    panel = indicator(secretary)
    assert drawn(panel) == told(panel) != []
    expect(panel.get_by_role("table", name="Tất cả đơn vị")).to_be_visible()
    if screen:
        fits(secretary.page)
