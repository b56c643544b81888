"""Work without a mouse: from signing in to a completed task, with keys that never act while somebody types."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.actors import PASSWORD
from tests.e2e.everybody import People
from tests.e2e.keyboard import Keyboard

COMPOSED = """() => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key: "/", isComposing: true, bubbles: true, cancelable: true }))"""

REFRESHED = """() => {
  const list = document.getElementById("inbox-list");
  const address = list.getAttribute("hx-get").replace(/seen=\\w+/, "seen=old");
  htmx.ajax("GET", address, { source: list, target: list, swap: "outerHTML" });
}"""


def search_of(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Tìm hồ sơ")


def test_a_task_from_the_door_to_its_end(people: People) -> None:
    clerk = people.at_the_door("clerk")
    keys, main = Keyboard(clerk.page), clerk.main

    expect(main.get_by_label("Tên đăng nhập")).to_be_focused()
    keys.types("clerk")
    keys.goes_to(main.get_by_label("Mật khẩu")).types(PASSWORD).presses("Enter")
    expect(clerk.page).not_to_have_url(re.compile("sign-in"))

    keys.goes_to(clerk.page.get_by_role("link", name="Tới nội dung chính")).presses("Enter")
    expect(main).to_be_focused()
    keys.goes_to(main.get_by_role("button", name="Vào số, đóng dấu quyết định")).presses("Enter")
    expect(main.get_by_role("heading", level=1)).to_have_text("Vào số, đóng dấu quyết định")

    keys.goes_to(main.get_by_label("Số", exact=True)).types("3011")
    keys.goes_to(main.get_by_label("Ký hiệu")).types("QĐ-UBND")
    keys.goes_to(main.get_by_label("Ngày ban hành")).types(clerk.reads_the_date())
    keys.goes_to(main.get_by_role("button", name="Hoàn thành, mở việc tiếp theo"))
    keys.presses("Control+Enter")
    clerk.sees("Đã hoàn thành: “Vào số, đóng dấu quyết định”, QD-2019-0002.").sees("Đã hết danh sách.")


def test_letters_go_into_the_field_while_one_types(people: People) -> None:
    head = people.head.opens_task("Duyệt kết quả thẩm định", "HS-2019-0039")
    keys, address = Keyboard(head.page), head.page.url
    note = head.main.get_by_label("Ghi chú")
    note.focus()
    keys.types("s t / ? p s")
    expect(note).to_have_value("s t / ? p s")
    expect(note).to_be_focused()
    expect(head.page.get_by_role("dialog")).to_have_count(0)
    assert head.page.url == address


def test_keys_of_a_page(people: People) -> None:
    office = people.office.opens_inbox()
    keys, search = Keyboard(office.page), search_of(office.page)

    office.page.evaluate(COMPOSED)
    expect(search).not_to_be_focused()
    keys.presses("/").types("chau soc")
    expect(search).to_have_value("chau soc")
    keys.presses("Enter")
    expect(office.page).to_have_url(re.compile(r"/search\?"))
    office.sees_in_main("Chau Sóc")

    keys.presses("?")
    help_ = office.page.get_by_role("dialog", name="Phím tắt của trang này")
    expect(help_).to_contain_text("Ctrl + Enter")
    keys.presses("Escape")
    expect(help_).to_have_count(0)


def test_shortcuts_can_be_switched_off(people: People) -> None:
    member = people.member8.opens("/account")
    keys = Keyboard(member.page)
    keys.goes_to(member.main.get_by_label("Phím tắt một phím")).presses("Space")
    keys.goes_to(member.main.get_by_role("button", name="Lưu")).presses("Enter")
    member.sees("Đã lưu")
    keys.presses("/")
    expect(search_of(member.page)).not_to_be_focused()
    keys.presses("?")
    expect(member.page.get_by_role("dialog")).to_have_count(0)

    elsewhere = people.another("member8")
    Keyboard(elsewhere.page).presses("?")
    expect(elsewhere.page.get_by_role("dialog")).to_have_count(0)


def test_a_list_is_worked_through_with_single_keys(people: People) -> None:
    specialist = people.specialist.opens_inbox("common")
    page, keys = specialist.page, Keyboard(specialist.page)
    rows = page.locator("#inbox-list .row-link")

    keys.presses("j", "j")
    expect(rows.nth(1)).to_be_focused()
    keys.presses("ArrowUp")
    expect(rows.nth(0)).to_be_focused()
    page.evaluate(COMPOSED.replace('"/"', '"j"'))
    expect(rows.nth(0)).to_be_focused()
    keys.presses("g", "m")
    expect(page).to_have_url(re.compile("/inbox/mine"))
    keys.presses("g", "c")
    expect(page).to_have_url(re.compile("/inbox/common"))
    keys.presses("j")
    expect(rows.nth(0)).to_be_focused()
    keys.presses("Enter")
    expect(page).to_have_url(re.compile("/tasks/"))

    keys.presses("v")
    expect(page.locator("#viewer canvas").first).to_be_visible()
    keys.presses("q")
    expect(page.locator("#viewer")).to_be_hidden()

    taken = page.url
    keys.presses("n")
    expect(page).not_to_have_url(taken)
    first = page.url
    keys.presses("n")
    expect(page).not_to_have_url(first)
    keys.presses("p")
    expect(page).to_have_url(first)


def test_a_refresh_keeps_the_focus_and_says_what_is_new(people: People) -> None:
    office = people.officer.opens_inbox("common")
    page, keys = office.page, Keyboard(office.page)
    keys.presses("j")
    focused = page.evaluate("document.activeElement.id")
    assert focused.startswith("task-")
    page.evaluate(REFRESHED)
    expect(page.locator("#inbox-news")).to_contain_text("Danh sách vừa thay đổi")
    assert page.evaluate("document.activeElement.id") == focused


def goes_to_row(keys: Keyboard, about: str) -> Locator:
    """Go down the list until the row about a case has the focus."""
    rows = keys.page.locator("#inbox-list tr[data-row]")
    for _row in range(rows.count()):
        keys.presses("j")
        if about in keys.focused.locator("xpath=ancestor::tr").inner_text():
            return keys.focused
    raise AssertionError(f"no row about {about}")


def test_a_morning_of_tasks_without_a_mouse(people: People) -> None:
    """Open and take, decide, come to the next, tick, act on many."""
    specialist = people.specialist.opens_inbox("common")
    page, keys, main = specialist.page, Keyboard(specialist.page), specialist.main

    goes_to_row(keys, "HS-2019-0045")
    keys.presses("Enter")
    expect(main.get_by_role("heading", level=1)).to_contain_text("Thẩm định hồ sơ")
    taken = page.url
    keys.goes_to(main.get_by_role("radio", name="Đủ điều kiện trình")).presses("Space")
    for yes in main.get_by_role("radio", name="Có", exact=True).all():
        keys.goes_to(yes).presses("Space")
    keys.goes_to(main.get_by_label("Ý kiến thẩm định")).types("Du dieu kien.").presses("Control+Enter")
    specialist.sees("Đã hoàn thành: “Thẩm định hồ sơ”, HS-2019-0045.")
    expect(page).not_to_have_url(taken)
    expect(page).to_have_url(re.compile("/tasks/"))

    keys.presses("u")
    expect(page).to_have_url(re.compile("/inbox/common"))
    ticked = page.locator("#selection [data-selected]")
    for about, count in (("HS-2019-0024", 1), ("HS-2019-0041", 2)):
        page.evaluate("document.activeElement.blur()")
        goes_to_row(keys, about)
        keys.presses("x")
        expect(ticked).to_have_text(f"đã chọn: {count}")
    keys.presses("x")
    expect(ticked).to_have_text("đã chọn: 1")
    keys.presses("x", "t")
    expect(main.get_by_role("heading", level=1)).to_have_text("Nhận việc")
    expect(main.locator("[data-primary]")).to_contain_text("2 việc")
    specialist.sees_in_main("HS-2019-0024").sees_in_main("HS-2019-0041")
    keys.goes_to(main.locator("[data-primary]")).presses("Enter")
    expect(page).to_have_url(re.compile("/bulk/"))
    specialist.sees_in_main("HS-2019-0024")


def test_the_keys_of_the_list_stand_in_the_help(people: People) -> None:
    office = people.officer.opens_inbox("common")
    keys = Keyboard(office.page)
    keys.presses("?")
    help_ = office.page.get_by_role("dialog", name="Phím tắt của trang này")
    told = set(help_.locator("kbd").all_inner_texts())
    assert told >= {"j", "k", "x", "t", "a", "d", "g m"}
    keys.presses("Escape")
    expect(help_).to_have_count(0)


STANDS_AT = "([id, top]) => Math.abs(document.getElementById(id).getBoundingClientRect().top - top) < 2"


def test_a_refresh_keeps_place_focus_and_ticks(people: People) -> None:
    """A colleague takes the first task while somebody stands below it, with a row ticked."""
    officer = people.another("officer", viewport={"width": 1280, "height": 420})
    page, keys = officer.page, Keyboard(officer.page)
    page.clock.install()
    officer.opens_inbox("common")
    keys.presses("j", "j", "x")
    row = page.locator("#inbox-list tr[data-row]").nth(1)
    focused, box = keys.focused.get_attribute("id"), row.get_by_role("checkbox")
    expect(box).to_be_checked()
    first = page.locator("#inbox-list .row-link").first.get_attribute("id")
    row.evaluate("row => window.scrollBy({ top: row.getBoundingClientRect().top - 70, behavior: 'instant' })")

    colleague = people.another("officer").opens_inbox("common")
    colleague.page.locator(f"#{first}").click()
    expect(colleague.page).to_have_url(re.compile("/tasks/"))
    before = page.locator(f"#{focused}").bounding_box()
    assert before is not None
    page.clock.fast_forward("00:31")

    expect(page.locator("#inbox-news")).to_contain_text("Danh sách vừa thay đổi")
    expect(page.locator(f"#{first}")).to_have_count(0)
    assert keys.focused.get_attribute("id") == focused
    expect(page.locator(f"tr:has(#{focused})").get_by_role("checkbox")).to_be_checked()
    expect(page.locator("#selection [data-selected]")).to_have_text("đã chọn: 1")
    page.wait_for_function(STANDS_AT, arg=[focused, before["y"]])


def test_papers_are_looked_at_beside_the_form(people: People) -> None:
    """A picture and a PDF: opened, made larger, the next one, closed; the focus comes back."""
    officer = people.officer.opens("/inbox/done?kind=exemplar.verify_exemplar")
    page, keys = officer.page, Keyboard(officer.page)
    officer.finds("Xác minh điển hình", "DH-2018-0001").locator(".row-link").press("Enter")
    expect(page).to_have_url(re.compile("/tasks/"))
    page.wait_for_load_state("load")  # the viewer is a script; without it the link opens the picture itself
    viewer, picture = page.locator("#viewer"), page.locator("#viewer img")
    link = page.locator(".file-list a[data-view=image]").first
    link.press("Enter")
    expect(picture).to_be_visible()
    before = picture.bounding_box()
    viewer.get_by_role("button", name="Phóng to").press("Enter")
    after = picture.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 1.2 * before["width"]
    viewer.locator("[data-act=before]:enabled, [data-act=after]:enabled").first.press("Enter")
    expect(viewer.locator("canvas").first).to_be_visible()
    keys.presses("Escape")
    expect(viewer).to_be_hidden()
    expect(link).to_be_focused()
