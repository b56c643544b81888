"""Somebody who works without a mouse: always knows where they are, and gets everywhere with Tab."""

from __future__ import annotations

from typing import Self

from playwright.sync_api import Locator, Page, expect

MOST_STOPS = 80
# What shows the focus: an outline, a shadow, or a border that the element does not have without it.
LOOK = """(element) => {
  const parts = ["outline-style", "outline-width", "box-shadow", "border-color", "background-color"];
  const look = (of) => parts.map((part) => getComputedStyle(of).getPropertyValue(part)).join();
  const focused = look(element);
  const twin = element.cloneNode(false);
  twin.removeAttribute("id");
  element.after(twin);
  const plain = look(twin);
  twin.remove();
  return focused !== plain;
}"""


class Keyboard:
    """The keys of one browser; no pointer."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def focused(self) -> Locator:
        return self.page.locator("*:focus")

    def presses(self, *keys: str) -> Self:
        """Press keys, one after the other, on a page that listens: what is drawn may still wait for its scripts."""
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def types(self, text: str) -> Self:
        self.page.keyboard.type(text)
        return self

    def goes_to(self, target: Locator, key: str = "Tab") -> Self:
        """Press Tab (or Shift+Tab) until the target has the focus; at every stop on the way one sees where one is."""
        expect(target).to_be_visible()
        for _stop in range(MOST_STOPS):
            self.presses(key)
            assert self.focused.count() == 1, "the focus is nowhere"
            assert self.focused.evaluate(LOOK), f"unseen focus: {self.focused.evaluate('e => e.outerHTML')}"
            if target.evaluate("element => element === document.activeElement"):
                expect(target).to_be_in_viewport()
                return self
        raise AssertionError(f"not reached with {MOST_STOPS} presses of Tab: {target}")
