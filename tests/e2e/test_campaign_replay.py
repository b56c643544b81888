"""An auditor lets a campaign pass day by day: what moves under the script is what the server says of each day."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import grave_findings
from tests.e2e.everybody import People
from tests.e2e.phone import PHONE, fits

PAGE = "/audit/campaigns/tinh-bien-vi-nguoi-ngheo-2020/replay"


def stages(page: Page) -> list[str]:
    """Each line of the table of stages, as it is read."""
    return [" ".join(text.split()) for text in page.locator("[data-column]").all_inner_texts()]


def stands_at(page: Page, number: int) -> None:
    """Number, slider and address agree on the day, and the script's counts are those of the server's page."""
    expect(page.locator("[data-place]")).to_have_text(str(number))
    expect(page.locator("[data-slider]")).to_have_value(str(number))
    expect(page).to_have_url(re.compile(r"day=\d{4}-\d{2}-\d{2}$"))
    moved = stages(page)
    caption = page.locator("[data-caption]").inner_text()
    expect(page.locator("[data-slider]")).to_have_attribute("aria-valuetext", caption)
    page.reload()
    expect(page.locator("[data-caption]")).to_have_text(caption)
    expect(page.locator("[data-place]")).to_have_text(str(number))
    assert stages(page) == moved
    expect(playing(page)).to_be_visible()


def playing(page: Page) -> Locator:
    return page.locator("[data-play]")


def test_days_go_by_under_keys_buttons_and_the_slider(people: People) -> None:
    page = people.auditor.opens(PAGE).page
    expect(playing(page)).to_be_visible()
    last = int(page.locator("[data-place]").inner_text())
    page.keyboard.press("ArrowLeft")
    stands_at(page, last - 1)
    page.keyboard.press("PageUp")
    stands_at(page, last - 8)
    page.get_by_role("link", name="Tiến một ngày", exact=True).click()
    stands_at(page, last - 7)
    page.get_by_role("link", name="Ngày có thay đổi trước đó", exact=True).click()
    moved = page.locator(".is-moved")
    expect(moved.first).to_be_visible()
    page.locator("[data-slider]").fill("300")
    stands_at(page, 300)
    page.keyboard.press("Home")
    stands_at(page, 1)


def test_it_plays_and_stops(people: People) -> None:
    page = people.auditor.opens(f"{PAGE}?day=2018-10-15").page
    expect(playing(page)).to_be_visible()
    began = int(page.locator("[data-place]").inner_text())
    page.locator("[data-speed]").select_option("80")
    playing(page).click()
    expect(page.get_by_role("button", name="Tạm dừng")).to_be_visible()
    expect(page.locator("[data-place]")).not_to_have_text(str(began))
    page.get_by_role("button", name="Tạm dừng").click()
    told = page.locator("[data-day]")
    expect(told).not_to_have_attribute("aria-busy", "true")
    expect(told).to_contain_text("Việc trong ngày")


@pytest.mark.parametrize("screen", [{}, PHONE], ids=["desk", "phone"])
def test_the_page_fits_and_is_accessible(people: People, screen: dict[str, object]) -> None:
    auditor = people.another("auditor", **screen).opens(PAGE)
    expect(playing(auditor.page)).to_be_visible()
    expect(auditor.page.get_by_label("Tốc độ")).to_be_visible()
    if screen:
        fits(auditor.page)
    assert grave_findings(auditor.page) == []


def test_in_english_a_day_is_written_as_everywhere_else(people: People) -> None:
    auditor = people.another("auditor").opens(f"{PAGE}?day=2019-12-05").switches_to("English")
    page = auditor.opens(f"{PAGE}?day=2019-12-05").page
    expect(playing(page)).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-caption]")).to_have_text("Wednesday, 04/12/2019")
    stands_at(page, int(page.locator("[data-place]").inner_text()))
