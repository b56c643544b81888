"""The list of notices as its address describes it."""

from __future__ import annotations

from dataclasses import dataclass

from webapp.extensions import db
from webapp.queries.notices import PAGE_SIZE, NoticeRow, notice_counts, notice_rows
from webapp.ui.access import person
from webapp.ui.listing import Listing, listing, pages_of


@dataclass(frozen=True)
class ShownNotices:
    """One page of the notices of the person signed in."""

    asked: Listing
    rows: list[NoticeRow]
    total: int
    unread: int

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)


def shown_notices() -> ShownNotices:
    """The page this request asks for."""
    asked = listing(())
    total, unread = notice_counts(db.session(), person().id)
    rows = notice_rows(db.session(), person().id, asked.page)
    return ShownNotices(asked, rows, total, unread)
