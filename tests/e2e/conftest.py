"""Real browser, real server: Chromium against a copy of the demo."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from tests.conftest import ROOT
from tests.demo_fixture import demo_data, demo_walk
from tests.e2e.everybody import People
from tests.e2e.serving import LiveServer, served
from webapp.i18n import compile_catalogs

__all__ = ["demo_data", "demo_walk"]

CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
"""The same browser; built without windows it draws a fifth faster."""
PICTURES = ROOT / "test-results"
DESK = {"width": 1280, "height": 900}
NewTab = Callable[..., Page]

expect.set_options(timeout=30_000)  # a slow machine fails no test


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium; skips where there is none."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("Chromium is not installed (Debian, Ubuntu: apt-get install chromium)")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A browser without windows, drawing by itself. Root has no sandbox, so Chromium must be told."""
    arguments = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield started
        started.close()


@pytest.fixture(scope="session")
def live_server(
    chromium: str, demo_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """One server for all tests that leave the clock alone; each works on cases of its own."""
    compile_catalogs()
    with served(demo_data, tmp_path_factory.mktemp("live") / "data") as server:
        yield server


@pytest.fixture(scope="module")
def moved_server(
    chromium: str, demo_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LiveServer]:
    """A server of its own for a module that moves the clock; it gives this out as its ``live_server``."""
    compile_catalogs()
    with served(demo_data, tmp_path_factory.mktemp("moved") / "data") as server:
        yield server


@pytest.fixture
def tab(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[NewTab]:
    """Opens tabs, each in a browser profile of its own: own cookies, Vietnamese, the office's time zone.

    Faults in the console of any of them fail the test; after any failure pictures lie in `test-results/`.
    """
    tabs: list[Page] = []
    faults: list[str] = []
    failed_before = request.session.testsfailed

    def new(**options: Any) -> Page:
        profile = {"viewport": DESK, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", **options}
        opened = browser.new_context(base_url=live_server.url, **profile).new_page()
        opened.on("pageerror", lambda fault: faults.append(str(fault)))
        opened.on("console", lambda line: faults.extend(_fault(line)))
        tabs.append(opened)
        return opened

    yield new
    if faults or request.session.testsfailed > failed_before:
        PICTURES.mkdir(exist_ok=True)
        for number, opened in enumerate(tabs):
            opened.screenshot(path=PICTURES / f"{request.node.name}-{number}.png", full_page=True)
    for opened in tabs:
        opened.context.close()
    assert faults == [], "the browser's console shows faults"


@pytest.fixture
def people(tab: NewTab) -> People:
    """The people of the demo, each at a browser of their own."""
    return People(tab)


def _fault(line: ConsoleMessage) -> list[str]:
    """What the console calls an error; that the server refused something is none, nor what the page of health says."""
    refused = "the server responded with a status of 4" in line.text
    unwell = "with a status of 503" in line.text and line.location["url"].endswith("/health")
    return [line.text] if line.type == "error" and not refused and not unwell else []
