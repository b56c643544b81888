"""Somebody without an account who points a phone at a paper on a wall."""

from __future__ import annotations

import re
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from playwright.sync_api import Page, expect

from tests.e2e.phone import is_as_wide_as_the_screen
from tests.webapp.documents.squares import UNDER, page_of, scanned
from workflows.paper_codes import read_address


class Passerby:
    """A phone; ``address`` is what it has scanned."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.address = ""

    def scans(self, paper: bytes) -> Self:
        """Read the square on a paper, and open exactly what it says."""
        [self.address] = scanned(paper, page_of(paper, UNDER))
        self.page.goto(self.address)
        return self

    def is_told(self, status: str) -> Self:
        """That the code is genuine, and how the paper stands."""
        expect(self.page.locator(".code-genuine")).to_contain_text("Mã đúng")
        expect(self.page.locator(".code-status")).to_have_text(status)
        is_as_wide_as_the_screen(self.page)
        return self

    def sees(self, *texts: str) -> Self:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def sees_what_the_square_says(self) -> Self:
        """Each field that the address takes along, for whoever proves it without this site, is on the page."""
        fields = read_address(self.address).fields
        assert fields
        return self.sees(*(line for text in fields.values() for line in text.splitlines()))

    def finds_all_of_it_on(self, paper: str) -> Self:
        """The page says nothing that the paper in the hand does not say as well; ``paper`` is the text of it."""
        said = self.page.locator("dl.facts .code-line, .code-list strong").all_inner_texts()
        assert len(said) > 10
        assert [line for line in said if _bare(line) not in _bare(paper)] == []
        return self

    def tries_another_signature(self) -> Self:
        """Open the address with one letter of its signature changed."""
        parts = urlsplit(self.address)
        path, _point, signature = parts.path.partition(".")
        forged = ("A" if signature[0] != "A" else "B") + signature[1:]
        self.page.goto(urlunsplit(parts._replace(path=f"{path}.{forged}")))
        return self

    def is_told_it_is_not_ours(self) -> Self:
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Mã không đúng")
        expect(self.page.locator(".code-forged")).to_contain_text(
            "không khớp với văn bản nào ban hành tại đây"
        )
        expect(self.page.locator(".code-genuine, dl.facts")).to_have_count(0)
        return self


def _bare(text: str) -> str:
    """Letters and digits: a paper may have them in capitals and break its lines."""
    return re.sub(r"\W+", "", text).casefold()
