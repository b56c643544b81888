"""A phone: its profile, and what sticks out of its screen."""

from typing import Any

from playwright.sync_api import Page, expect

WIDTH, HEIGHT = 360, 780
PHONE: dict[str, Any] = {
    "viewport": {"width": WIDTH, "height": HEIGHT},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
# Whatever is wider than the screen must lie in something of its own that scrolls or cuts it off.
STICKING_OUT = """(width) => {
  const hidden = (element) => element.closest(".visually-hidden, .skip-link, template, dialog:not([open])");
  const held = (element) => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement) {
      const overflow = getComputedStyle(box).overflowX;
      if (overflow !== "visible" && box.getBoundingClientRect().right <= width + 1) return true;
    }
    return false;
  };
  const said = (element) => `${element.tagName}.${element.className.baseVal ?? element.className}`;
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !hidden(element))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([element, box]) => box.width && box.height && (box.right > width + 1 || box.left < -1) && !held(element))
    .map(([element, box]) => `${said(element)} from ${Math.round(box.left)} to ${Math.round(box.right)}`);
}"""


def is_as_wide_as_the_screen(page: Page) -> None:
    """Nothing of the page lies beside the screen."""
    assert page.evaluate(STICKING_OUT, WIDTH) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH, page.url


def fits(page: Page) -> None:
    """Nothing of the page lies beside the screen, and the bar with the places is at its foot."""
    is_as_wide_as_the_screen(page)
    bar = page.locator(".rail")
    expect(bar).to_be_in_viewport(ratio=1)
    box = bar.bounding_box()
    assert box is not None
    assert (round(box["x"]), round(box["width"])) == (0, WIDTH)
    assert round(box["y"] + box["height"]) == HEIGHT, page.url
