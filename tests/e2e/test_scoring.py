"""A member of a cluster scores another one: by keyboard, with the total in sight, a reason where it is asked for."""

from playwright.sync_api import expect

from tests.e2e.everybody import People
from tests.e2e.phone import PHONE, fits

TASK, CASE = "Chấm chéo đơn vị bạn", "CK-2019-0002"
BOARD = f"/clusters/cases/{CASE}"


def test_a_neighbour_is_scored_from_the_first_line_to_the_total(people: People) -> None:
    officer = people.officer.opens_task(TASK, CASE)
    sheet = officer.page.locator(".score-sheet")
    points = sheet.locator(".score-points input")
    known = [cell.inner_text() for cell in sheet.locator("tbody td.num").all()]
    assert len(known) == points.count() == 11

    points.first.focus()
    for number in known:
        officer.page.keyboard.type(number)
        officer.page.keyboard.press("ArrowDown")
    own_total = sheet.locator("tfoot td.num").inner_text()
    expect(sheet.locator("[data-score-total]")).to_have_text(own_total)

    officer.main.get_by_role("button", name="Lưu tạm").click()
    officer.sees("Đã lưu tạm")
    expect(sheet.locator("[data-score-total]")).to_have_text(own_total)

    points.first.fill("5")
    officer.main.get_by_role("button", name="Hoàn thành", exact=True).click()
    expect(officer.page.locator("#error-summary")).to_be_focused()
    expect(points.first).to_have_value("5")
    sheet.get_by_label("Lý do: Thu ngân sách trên địa bàn so với chỉ tiêu được giao").fill(
        "Chưa khớp số liệu."
    )
    officer.main.get_by_role("button", name="Hoàn thành", exact=True).click()
    officer.sees(f"Đã hoàn thành: “{TASK}”, {CASE}.")

    officer.opens(BOARD)
    scored = officer.page.get_by_role("rowheader", name="xã Vĩnh Trung")
    line = officer.page.locator("section:has(#board-title)").get_by_role("row").filter(has=scored)
    expect(line).to_contain_text(own_total)
    expect(line).to_contain_text("87,8")


def test_board_and_form_fit_a_phone(people: People) -> None:
    leader = people.another("tinh-bien.van-giao.officer", **PHONE)
    for address in ("/clusters", BOARD):
        leader.opens(address)
        fits(leader.page)
    leader.opens_task(TASK, CASE)
    fits(leader.page)
