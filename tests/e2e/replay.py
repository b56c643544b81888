"""The page on which an auditor walks through a case."""

from __future__ import annotations

import re
from typing import Self

from playwright.sync_api import Locator, Page, expect


class Replay:
    """The replay of a case, opened at its last step."""

    def __init__(self, page: Page, code: str) -> None:
        self.page = page
        page.goto(f"/audit/cases/{code}")
        self.total = page.locator("[data-goto]").count()
        self.at = self.total

    @property
    def diagram(self) -> Locator:
        return self.page.locator(".diagram-view:visible")

    def is_verified(self) -> Self:
        """The verdict stands on all recorded steps, run again."""
        verdict = self.page.locator(".verdict")
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
        expect(self.page).to_have_url(re.compile(rf"step={number}$"))
        return self

    def tells(self, what: str) -> Self:
        expect(self.page.locator("[data-caption]")).to_contain_text(what)
        return self

    def shows(self, element: str, mark: str) -> Self:
        """The drawing marks this element: ``is-walked``, ``is-now`` (done in this step) or ``is-place``."""
        shape = self.diagram.locator(f".djs-shape[data-element-id={element}]")
        expect(shape).to_have_class(re.compile(rf"\b{mark}\b"))
        expect(shape.locator(".djs-visual")).to_be_in_viewport()
        return self

    def shows_no_place_but(self, element: str) -> Self:
        expect(self.diagram.locator(".djs-shape.is-place")).to_have_count(1)
        return self.shows(element, "is-place")
