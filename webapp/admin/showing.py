"""The lists of the administration as their addresses describe them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.extensions import db
from webapp.queries.administration import (
    NO_ROLE,
    PAGE_SIZE,
    PersonRow,
    WantedPeople,
    administered_units,
    count_people,
    people_rows,
)
from webapp.queries.jobs import PAGE_SIZE as JOBS_PAGE_SIZE
from webapp.queries.jobs import STATUSES, UNFINISHED, JobRow, job_counts, job_rows
from webapp.queries.moves import Move, moves_unfinished
from webapp.queries.stuck import StuckCase, stuck_cases
from webapp.ui.access import standing
from webapp.ui.clock import today
from webapp.ui.listing import Listing, listing, pages_of
from webapp.ui.roles import ROLE_NAMES, role_name

STATUS_NAMES: dict[str, LazyString] = {
    "failed": _l("failed"),
    "held": _l("held until the case can take it"),
    "pending": _l("waiting"),
    "leased": _l("being done"),
    "done": _l("done"),
    "dropped": _l("dropped: the case had ended"),
}
STATUS_KINDS = {"failed": "overdue", "held": "frozen", "pending": "open", "leased": "open"}


@dataclass(frozen=True)
class ShownPeople:
    """One page of the people of the units administered."""

    asked: Listing
    rows: list[PersonRow]
    total: int
    units: Sequence[tuple[str, str]]

    @property
    def pages(self) -> int:
        return pages_of(self.total, PAGE_SIZE)

    @property
    def roles(self) -> list[tuple[str, str]]:
        return [*((role, role_name(role)) for role in ROLE_NAMES), (NO_ROLE, _("No role today"))]


@dataclass(frozen=True)
class ShownJobs:
    """One page of the promised work, with what waits for an administrator beside it."""

    asked: Listing
    rows: list[JobRow]
    counts: Mapping[str, int]
    stuck: list[StuckCase]
    moves: list[Move]

    @property
    def total(self) -> int:
        status = self.asked["status"]
        return sum(self.counts.get(each, 0) for each in ((status,) if status else UNFINISHED))

    @property
    def pages(self) -> int:
        return pages_of(self.total, JOBS_PAGE_SIZE)

    @property
    def states(self) -> list[tuple[str, LazyString]]:
        """The states with their words, those first that somebody has to look at."""
        return [(name, STATUS_NAMES[name]) for name in ("failed", "held", "pending", "done")]

    def status(self, name: str) -> tuple[str, LazyString]:
        """Kind and word of a status."""
        return STATUS_KINDS.get(name, "done"), STATUS_NAMES[name]


def shown_people() -> ShownPeople:
    """The people this request asks for."""
    session, day = db.session(), today()
    asked = listing(("q", "role", "unit"))
    wanted = WantedPeople(**asked.values)
    total = count_people(session, standing(), wanted, day)
    page = min(asked.page, pages_of(total, PAGE_SIZE))
    rows = people_rows(session, standing(), wanted, day, page)
    return ShownPeople(replace(asked, page=page), rows, total, administered_units(session, standing()))


def shown_jobs() -> ShownJobs:
    """The promised work this request asks for."""
    session = db.session()
    asked = listing(("status",))
    if asked["status"] not in STATUSES:
        asked = replace(asked, values={"status": ""})
    stuck, moves = stuck_cases(session, standing()), moves_unfinished(session, standing())
    shown = ShownJobs(asked, [], job_counts(session, standing()), stuck, moves)
    page = min(asked.page, shown.pages)
    rows = job_rows(session, standing(), asked["status"], page)
    return replace(shown, asked=replace(asked, page=page), rows=rows)
