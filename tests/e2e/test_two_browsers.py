"""Two people at one task, impatient fingers, the back button, a session that ran out: nothing twice, nothing lost."""

import re

from playwright.sync_api import expect

from tests.e2e.actors import Person
from tests.e2e.everybody import People

# Counts the forms that the page lets go, and holds them back.
HELD = """() => {
  window.sent = 0;
  window.addEventListener("submit", (event) => { window.sent += !event.defaultPrevented; event.preventDefault(); });
}"""
MISSING = "Bổ sung biên bản họp ấp có chữ ký của Trưởng ban nhân dân ấp."


def times_done(person: Person, case: str, task: str) -> int:
    """How often the history of a case tells that a task was completed."""
    history = person.opens(f"/cases/{case}").page.locator("section:has(#history-title)")
    for earlier in history.locator("summary").all():
        earlier.click()
    return history.get_by_role("listitem").filter(has_text=f"hoàn thành “{task}”").count()


def test_somebody_was_faster(people: People) -> None:
    task, case = "Kiểm tra thành phần hồ sơ", "HS-2019-0052"
    first, second = people.officer, people.another("officer")
    first.opens_task(task, case)
    second.opens_task(task, case)
    second.fills_in({"Kết luận": "Yêu cầu bổ sung", "Nội dung yêu cầu bổ sung": MISSING})
    first.fills_in({"Kết luận": "Hồ sơ đầy đủ"}).completes()

    second.main.get_by_role("button", name="Hoàn thành", exact=True).click()
    second.sees_in_main(re.compile(r"Đã được xử lý bởi Trần Thị Mỹ Linh lúc 10/12/2019 \d\d:\d\d"))
    kept = second.page.get_by_role("region", name="Nội dung anh/chị đã nhập")
    expect(kept).to_contain_text(MISSING)
    expect(second.page.get_by_role("region", name="Kết quả")).to_contain_text("Hồ sơ đầy đủ")
    expect(second.main.get_by_role("button", name="Hoàn thành")).to_have_count(0)
    assert times_done(second, case, task) == 1
    second.sees_in_main("Ghi biên bản họp bình xét")


def test_a_double_click_completes_once(people: People) -> None:
    task, case = "Kết luận sau niêm yết", "HS-2019-0051"
    officer = people.officer.opens_task(task, case)
    officer.fills_in({"Kết luận": "Đủ điều kiện trình cấp trên"})
    officer.main.get_by_role("button", name="Hoàn thành", exact=True).dblclick()
    officer.sees(f"Đã hoàn thành: “{task}”, {case}.")
    assert times_done(officer, case, task) == 1


def test_the_page_itself_sends_a_form_once(people: People) -> None:
    officer = people.officer.opens_task("Hoàn chỉnh hồ sơ bị trả", "HS-2019-0026")
    officer.page.evaluate(HELD)
    button = officer.main.get_by_role("button", name="Lưu tạm")
    button.dblclick()
    expect(button).to_have_attribute("aria-busy", "true")
    button.press("Enter")
    assert officer.page.evaluate("window.sent") == 1


def test_the_back_button_shows_what_became_of_it(people: People) -> None:
    task, case = "Kiểm tra đăng ký", "DK-2019-0017"
    officer = people.officer.opens_task(task, case)
    officer.fills_in({"Kết luận": "Chấp nhận đăng ký"}).completes()
    officer.page.go_back()
    officer.sees_in_main("Đã được xử lý bởi Trần Thị Mỹ Linh lúc")
    officer.page.go_forward()
    officer.page.reload()
    expect(officer.finds(task, case)).to_have_count(0)
    assert times_done(officer, case, task) == 1


def test_an_expired_login_gives_the_filled_form_back(people: People) -> None:
    task, case, remark = "Duyệt kết quả thẩm định", "HS-2019-0039", "Đã đối chiếu với hồ sơ gốc ngày 09/12."
    head = people.head.opens_task(task, case)
    head.fills_in({"Kết luận": "Phê duyệt", "Ghi chú": remark})
    head.page.context.clear_cookies()
    head.main.get_by_role("button", name="Hoàn thành", exact=True).click()
    expect(head.main.get_by_role("heading", name="Đăng nhập")).to_be_visible()

    head.signs_in()
    head.sees_in_main("Đây là biểu mẫu anh/chị đã gửi khi phiên đăng nhập hết hạn.")
    expect(head.main.get_by_label("Ghi chú")).to_have_value(remark)
    expect(head.main.get_by_role("radio", name="Phê duyệt")).to_be_checked()
    head.completes()
    assert times_done(head, case, task) == 1
