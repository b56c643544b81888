"""The list of what was sent to whom as its address describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import LazyString, force_locale
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.i18n import DEFAULT, LANGUAGES
from webapp.queries.notices import NoticeRow
from webapp.queries.sent_messages import PAGE_SIZE, STATES, SentRow, sent_counts, sent_rows
from webapp.ui.access import standing
from webapp.ui.listing import Listing, listing, pages_of
from webapp.ui.mails import page_address
from webapp.ui.notices import notice_text

NAMES: dict[str, LazyString] = {
    "unread": _l("Notices not read"),
    "read": _l("Notices read"),
    "failed": _l("E-mails that failed"),
    "waiting": _l("E-mails waiting"),
    "unsent": _l("E-mails not sent"),
    "sent": _l("E-mails sent"),
}
MAIL: dict[str, tuple[str, LazyString]] = {
    "sent": ("done", _l("sent")),
    "waiting": ("open", _l("to be sent")),
    "failed": ("overdue", _l("could not be sent")),
    "unsent": ("frozen", _l("not sent")),
}


@dataclass(frozen=True)
class ShownSent:
    """One page of what was sent; ``server``: whether there is one for e-mails."""

    asked: Listing
    rows: list[SentRow]
    counts: Mapping[str, int]
    server: bool

    names = NAMES
    mail = MAIL

    @property
    def total(self) -> int:
        state = self.asked["state"]
        return (
            self.counts.get(state, 0) if state else self.counts.get("read", 0) + self.counts.get("unread", 0)
        )

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)


def shown_sent() -> ShownSent:
    """The messages this request asks for."""
    session = db.session()
    asked = listing(("q", "case", "state"), states=STATES)
    server = bool(current_app.config["SETTINGS"].mail_url)
    shown = ShownSent(asked, [], sent_counts(session, standing(), asked.values), server)
    page = min(asked.page, shown.pages)
    rows = sent_rows(session, standing(), asked.values, page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)


def sentence(row: SentRow) -> str:
    """What was said, in the language of the reader of this page."""
    return notice_text(NoticeRow(row.id, row.template, row.values, row.process, row.created_at, row.read_at))


def message_text(row: SentRow) -> str:
    """The message to be copied for Zalo or SMS, in the language of who got it: the e-mail, or else the notice."""
    if row.body:
        return row.body
    with force_locale(row.locale if row.locale in LANGUAGES else DEFAULT):
        return f"{sentence(row)}\n{page_address(row.process, row.code)}"
