"""The page on which an auditor walks through a case."""

from __future__ import annotations

import json
import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

BOXES = """(part) => [":scope > rect", "[data-marker]"]
  .map((one) => part.querySelector(one).getBoundingClientRect().toJSON())"""


class Replay:
    """The replay of a case, opened at its last step."""

    def __init__(self, page: Page, code: str) -> None:
        self.page = page
        page.goto(f"/audit/cases/{code}")
        self.steps = self._walk()
        self.total = self.at = self.steps[-1]

    def _walk(self) -> list[int]:
        """The numbers of the steps that the page goes through."""
        told = self.page.locator("[data-replay]").get_attribute("data-walk")
        return [number for number, _inputs, _frozen in json.loads(told or "")]

    @property
    def diagram(self) -> Locator:
        return self.page.locator(".diagram-view:visible")

    def is_verified(self) -> Self:
        """The verdict stands on all recorded steps, run again."""
        verdict = self.page.locator(".verdict:not(.verdict-flagged)")
        expect(verdict).to_contain_text("Đã kiểm chứng: khớp")
        verdict.locator("summary").click()
        said = re.search(r"(\d+)/(\d+)", verdict.inner_text())
        assert said, verdict.inner_text()
        assert said[1] == said[2]
        assert int(said[1]) > 0
        return self

    def goes(self, move: str, number: int) -> Self:
        """Press one of the buttons of the transport; what is shown then is the step of this number."""
        self.page.get_by_role("link", name=move, exact=True).click()
        return self.stands_at(number)

    def goes_back(self) -> Self:
        return self.goes("Lùi một bước", self.at - 1)

    def goes_on(self) -> Self:
        return self.goes("Tiến một bước", self.at + 1)

    def goes_to_the_first(self) -> Self:
        return self.goes("Bước đầu", 1)

    def stands_at(self, number: int) -> Self:
        """Number, slider, list and the part beside the diagram agree on the step."""
        self.at = number
        expect(self.page.locator("[data-place]")).to_have_text(str(number))
        expect(self.page.locator("[aria-current=step]")).to_have_attribute("data-goto", str(number))
        expect(self.page.locator("#step-title")).to_have_text(f"Bước {number} / {self.total}")
        expect(self.page).to_have_url(re.compile(rf"[?&]step={number}\b"))
        return self

    def presses(self, key: str) -> Self:
        self.page.keyboard.press(key)
        return self

    def slides_to(self, number: int) -> Self:
        self.page.get_by_role("slider").fill(str(self.steps.index(number) + 1))
        return self.stands_at(number)

    def plays_at(self, speed: str) -> Self:
        self.page.get_by_label("Tốc độ").select_option(speed)
        self.page.get_by_role("button", name="Phát", exact=True).click()
        return self

    def has_stopped(self) -> Self:
        expect(self.page.get_by_role("button", name="Phát", exact=True)).to_be_visible()
        return self

    def goes_to(self, number: int) -> Self:
        """By the list of steps."""
        self.page.locator(f"[data-step][data-goto='{number}']").click()
        return self.stands_at(number)

    def keeps_to(self, lane: str) -> Self:
        """Only the steps of one lane."""
        self.page.get_by_label("Các bước của một làn").get_by_role(
            "link", name=re.compile(rf"^{lane} \d+$")
        ).click()
        expect(self.page.locator(".lane-chip[aria-current]")).to_contain_text(lane)
        self.steps = self._walk()
        return self

    def draws(self, process: str) -> Self:
        """The diagram of this process is the one that is open."""
        expect(self.page.locator(".diagram-box:visible")).to_have_attribute("aria-label", process)
        return self

    def lies_in(self, *way: str) -> Self:
        """The names above the diagram: procedures, and between them the call activities."""
        crumbs = self.page.get_by_role("navigation", name="Vị trí của sơ đồ")
        expect(crumbs.locator("button, span, strong")).to_have_text(list(way))
        return self

    def goes_up_to(self, process: str) -> Self:
        self.page.get_by_role("navigation", name="Vị trí của sơ đồ").get_by_role(
            "button", name=process
        ).click()
        return self.draws(process)

    def opens_call(self, name: str) -> Self:
        self.page.get_by_role("button", name=f"Mở “{name}”").click()
        return self

    def shows_this_time_only(self, only: bool = True) -> Self:
        self.page.get_by_label("Chỉ lần này").set_checked(only)
        return self

    def counts(self, element: str, times: int) -> Self:
        """How often the drawing says that this element was gone through; once has no badge."""
        badge = self.diagram.locator(f".djs-overlays[data-container-id={element}] .diagram-rounds")
        if times > 1:
            expect(badge).to_have_text(f"{times}×")
        else:
            expect(badge).to_have_count(0)
        return self

    def lists_turns(self, *headings: str) -> Self:
        found = self.page.locator(".steps h3")
        expect(found).to_have_count(len(headings))
        for heading, text in zip(found.all(), headings, strict=True):
            expect(heading).to_contain_text(text)
        return self

    def tells(self, what: str) -> Self:
        expect(self.page.locator("[data-caption]")).to_contain_text(what)
        return self

    def shows(self, element: str, mark: str) -> Self:
        """The drawing marks this element: ``is-walked``, ``is-now`` (done in this step) or ``is-place``."""
        shape = self.diagram.locator(f".djs-shape[data-element-id={element}]")
        expect(shape).to_have_class(re.compile(rf"\b{mark}\b"))
        self.diagram.scroll_into_view_if_needed()
        expect(shape.locator(".djs-visual")).to_be_in_viewport()
        return self

    def marks_instances_of(self, element: str) -> Self:
        """The sign that a part is gone through several times stands at the lower border of that part."""
        part = self.diagram.locator(f".djs-shape[data-element-id={element}] .djs-visual")
        border, sign = part.evaluate(BOXES)  # both at the same moment: the drawing may still move
        assert 0 < border["bottom"] - sign["bottom"] < border["height"] / 10
        assert abs(border["left"] + border["right"] - sign["left"] - sign["right"]) < border["width"] / 10
        return self

    def shows_no_place_but(self, element: str) -> Self:
        expect(self.diagram.locator(".djs-shape.is-place")).to_have_count(1)
        return self.shows(element, "is-place")
