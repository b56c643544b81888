"""The list of e-mails as its address describes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.queries.mails import PAGE_SIZE, STATES, MailRow, State, mail_counts, mail_rows
from webapp.ui.access import standing
from webapp.ui.listing import Listing, listing, pages_of

NAMES: dict[State, LazyString] = {
    "sent": _l("sent"),
    "waiting": _l("to be sent"),
    "failed": _l("could not be sent"),
    "unsent": _l("not sent"),
}
KINDS: dict[State, str] = {"sent": "done", "waiting": "open", "failed": "overdue", "unsent": "frozen"}


@dataclass(frozen=True)
class ShownMails:
    """One page of the e-mails; ``server``: whether there is one to send them."""

    asked: Listing
    rows: list[MailRow]
    counts: Mapping[str, int]
    server: bool

    @property
    def total(self) -> int:
        state = self.asked["state"]
        return sum(self.counts.get(each, 0) for each in ((state,) if state else STATES))

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)

    @property
    def states(self) -> list[tuple[str, LazyString]]:
        """The states with their words, those first that somebody has to look at."""
        return [(name, NAMES[name]) for name in ("failed", "waiting", "unsent", "sent")]

    def state(self, name: State) -> tuple[str, LazyString]:
        """Kind and word of a state."""
        return KINDS[name], NAMES[name]


def shown_mails() -> ShownMails:
    """The e-mails this request asks for."""
    session = db.session()
    asked = listing(("state",))
    if asked["state"] not in STATES:
        asked = replace(asked, values={"state": ""})
    server = bool(current_app.config["SETTINGS"].mail_url)
    shown = ShownMails(asked, [], mail_counts(session, standing()), server)
    page = min(asked.page, shown.pages)
    rows = mail_rows(session, standing(), asked["state"], page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)
