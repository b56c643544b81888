"""The board of nominations without a mouse, and on a phone."""

from playwright.sync_api import Page, expect

from tests.e2e.everybody import People
from tests.e2e.keyboard import Keyboard


def focused(page: Page) -> str:
    """Name on the card that has the focus."""
    return page.evaluate("document.activeElement.querySelector('strong')?.textContent ?? ''")


def test_arrows_go_from_card_to_card_and_enter_opens_one(people: People) -> None:
    secretary = people.secretary
    secretary.page.goto("/nominations/board")
    keys, cards = Keyboard(secretary.page), secretary.main.locator("[data-card]")
    first = secretary.main.locator("#phase-draft [data-card]")
    expect(cards.and_(secretary.main.locator("[tabindex='0']"))).to_have_count(1)

    first.first.focus()
    keys.presses("ArrowDown")
    assert focused(secretary.page) == first.nth(1).locator("strong").inner_text()
    keys.presses("ArrowRight")
    second = secretary.main.locator("#phase-commune [data-card]")
    assert focused(secretary.page) == second.nth(1).locator("strong").inner_text()
    keys.presses("Home")
    assert focused(secretary.page) == second.first.locator("strong").inner_text()
    keys.presses("ArrowLeft")
    keys.presses("ArrowUp")
    name = first.first.locator("strong").inner_text()
    assert focused(secretary.page) == name
    keys.presses("Enter")
    expect(secretary.main.get_by_role("heading", level=1)).to_have_text(name)


def test_a_phone_shows_one_phase_at_a_time(people: People) -> None:
    secretary = people.secretary
    secretary.page.set_viewport_size({"width": 360, "height": 740})
    secretary.page.goto("/nominations/board")
    columns = secretary.main.locator(".board-column")
    assert columns.first.bounding_box()["width"] > 300
    secretary.main.locator(".board-jump").get_by_text("Hội đồng").click()
    expect(secretary.main.locator("#phase-council")).to_be_in_viewport(ratio=0.1)
    expect(secretary.main.locator("#phase-draft")).not_to_be_in_viewport()
    assert secretary.page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_map_draws_how_many_wait_where(people: People) -> None:
    secretary = people.secretary
    secretary.page.goto("/nominations/map")
    expect(secretary.main.locator(".djs-overlays .heat-badge").first).to_contain_text("ngày")
    expect(secretary.main.locator(".djs-shape.heat-2").first).to_be_attached()
