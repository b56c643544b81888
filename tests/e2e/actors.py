"""The people of the demo at their browsers. What they do reads as prose; how pages are pressed stays here."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.e2e.forms import Answer, Form
from tests.webapp.documents.papers import text

PASSWORD = "thidua-demo"
PATIENCE = 120  # seconds


class Person:
    """Somebody with an account at a browser of their own."""

    username = ""
    lists: tuple[str, ...] = ("common", "mine")  # where a task of this person most likely stands

    def __init__(self, page: Page, username: str = "") -> None:
        self.page = page
        self.username = username or self.username

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    # --- coming and going ---

    def signs_in(self) -> Self:
        if "/sign-in" not in self.page.url:
            self.opens("/sign-in")
        self.main.get_by_label("Tên đăng nhập").fill(self.username)
        self.main.get_by_label("Mật khẩu").fill(PASSWORD)
        self.main.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def steps_in(self) -> Self:
        """Sign in by pressing one's card."""
        self.page.locator(f"form[action='/sign-in/as/{self.username}'] button").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        return self

    def signs_out(self) -> Self:
        self.page.locator(".person-menu summary").click()
        self.page.get_by_role("button", name="Đăng xuất").click()
        self.page.wait_for_url("**/sign-in")
        return self

    def opens(self, address: str) -> Self:
        self.page.goto(address)
        return self

    def walks(self, addresses: Iterable[str]) -> Iterator[str]:
        """Open each page, and those that the tabs of one lead to; gives the address of each when it is open."""
        waiting, seen = list(addresses), set[str]()
        while waiting:
            address = waiting.pop(0)
            if address in seen:
                continue
            seen.add(address)
            self.opens(address)
            yield address
            tabs = self.main.locator(".tab-bar a").all()
            waiting += [tab.get_attribute("href") or "" for tab in tabs]

    def opens_inbox(self, tab: str = "mine") -> Self:
        return self.opens(f"/inbox/{tab}")

    def switches_to(self, language: str) -> Self:
        self.page.get_by_role("banner").get_by_role("button", name=language).click()
        expect(self.page.get_by_role("banner").get_by_role("button", name=language)).to_have_count(0)
        return self

    def moves_the_clock_on(self) -> Self:
        """Press the demo's button: business time goes to whatever falls due next."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Tiến tới mốc kế tiếp").click()
        return self

    def reads_the_date(self) -> str:
        """The working day as the demo's banner says it, dd/mm/yyyy."""
        return self.page.locator(".demo-bar b").inner_text()

    def today(self) -> dt.date:
        day, month, year = map(int, self.reads_the_date().split("/"))
        return dt.date(year, month, day)

    # --- tasks ---

    def finds(self, task: str, about: str) -> Locator:
        """The line of a task in the list that is open."""
        rows = self.main.get_by_role("row").filter(has_text=about)
        return rows.filter(has=self.page.get_by_role("rowheader", name=task)).first

    def opens_task(self, task: str, about: str) -> Self:
        """Open a task from the list on the page, or from another; some come when the worker is ready."""
        until = time.monotonic() + PATIENCE
        row = self.finds(task, about)
        while not row.count() and time.monotonic() < until:
            self.has_task(task, about)
        assert row.count(), f"{self.username} has no task {task!r} about {about!r}"
        row.locator(".row-link").click()
        expect(self.main.get_by_role("heading", level=1)).to_contain_text(task)
        self.page.wait_for_load_state()  # the heading is there before what stands below it
        return self

    def has_task(self, task: str, about: str) -> bool:
        """Open the lists of tasks until one shows it."""
        return any(self.opens_inbox(tab).finds(task, about).count() for tab in self.lists)

    def lets_days_pass(self, days: int) -> Self:
        """Press the demo's button until so many days have passed."""
        first = self.today()
        while (self.today() - first).days < days:
            self.moves_the_clock_on()
        return self

    def fills_in(self, answers: Mapping[str, Answer]) -> Self:
        self.page.wait_for_load_state()
        Form(self.main.locator("form.task-form, form:has([data-primary])").first).fill(answers)
        return self

    def completes(self) -> Self:
        with self.page.expect_navigation():  # the page before may have a flash of its own
            self.main.get_by_role("button", name="Hoàn thành", exact=True).click()
        expect(self.page.locator("#flashes .flash-success")).to_be_visible()
        return self

    def does(self, task: str, about: str, answers: Mapping[str, Answer]) -> Self:
        """Open a task, fill in its form, complete it."""
        return self.opens_task(task, about).fills_in(answers).completes()

    def starts(self, campaign: str, process: str, answers: Mapping[str, Answer]) -> str:
        """Open a case in a campaign; returns its code."""
        self.opens(f"/campaigns/{campaign}").main.get_by_role("link", name=process).click()
        self.fills_in(answers).main.locator("form [data-primary]").click()
        opened = self.page.locator("#flashes .flash-success").first
        expect(opened).to_be_visible()
        found = re.search(r"[A-Z]{2}-\d{4}-\d{4}", opened.inner_text())
        assert found, opened.inner_text()
        return found[0]

    # --- what one sees ---

    def sees(self, text: str | re.Pattern[str]) -> Self:
        expect(self.page.locator("body")).to_contain_text(text)
        return self

    def waits_to_see(self, address: str, text: str, where: str = "main") -> Self:
        """Look at a page again until a part of it says something the worker brings about."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if text in self.opens(address).page.locator(where).first.inner_text():
                return self
        raise AssertionError(f"{address} does not say {text!r} to {self.username}")

    def waits_for_state(self, code: str, state: str) -> Self:
        """Look at a nomination until its head says where it stands."""
        return self.waits_to_see(f"/nominations/{code}", state, ".case-state")

    def sees_in_main(self, text: str | re.Pattern[str]) -> Self:
        expect(self.main).to_contain_text(text)
        return self

    def reads(self, paper: str) -> str:
        """The text of a paper that is saved from the page, each run of white space as one space."""
        return text(self.saves(paper))

    def saves(self, paper: str) -> bytes:
        """A paper that is saved from the page."""
        line = self.main.get_by_role("listitem").filter(has=self.page.get_by_role("link", name=paper))
        with self.page.expect_download() as saving:
            line.get_by_role("link", name=re.compile("^Tải về")).first.click()
        saved = saving.value
        assert saved.suggested_filename.endswith(".pdf"), saved.suggested_filename
        return Path(saved.path()).read_bytes()
