"""The lists of the inbox as their addresses describe them, and the run through one of them."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any, cast, get_args

from flask import request, url_for
from sqlalchemy import Row

from webapp.extensions import db
from webapp.operations.refusals import Refused
from webapp.operations.tasks import take_task
from webapp.queries.bulk_selection import MOST
from webapp.queries.drafted_versions import Awaiting, awaiting_drafts
from webapp.queries.inbox import (
    PAGE_SIZE,
    Position,
    Tab,
    TaskRow,
    Wanted,
    suspended_cases,
    task_rows,
)
from webapp.queries.inbox_counts import Counts, task_counts
from webapp.queries.inbox_facets import Facets, task_facets
from webapp.queries.inbox_groups import GROUPS, Group, grouped_rows, new_tasks, task_groups
from webapp.queries.inbox_place import Place, place_in_list
from webapp.queries.offered_acts import Offered, offered_acts
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.clock import business_now, today

LONGEST = 200
FILTERS = ("campaign", "kind", "unit", "due", "session")
MOST_DONE = 9_999
TRIES = 5


@dataclass(frozen=True)
class ShownList:
    """One page of a list with what stands around it; ``mark`` changes when anything shown does.

    ``groups`` are those of the whole list, ``at`` the instant it was read.
    """

    wanted: Wanted
    rows: list[TaskRow]
    counts: Counts
    facets: Facets
    suspended: Sequence[Row[str, str, str]]
    page: int
    pages: int
    groups: Sequence[Group]
    at: dt.datetime

    @property
    def mark(self) -> str:
        around = self.counts, self.suspended, self.page, self.groups, self.offered
        shown = repr((today(), self.rows, *around))
        return hashlib.sha256(shown.encode()).hexdigest()[:16]

    @property
    def awaiting(self) -> list[Awaiting]:
        """The drafts that wait for the reader's approval; they are no tasks of a case."""
        return awaiting_drafts(db.session(), standing())

    @cached_property
    def offered(self) -> Mapping[str, Offered]:
        """By the public id of each row what can be done with it; nothing with what is done."""
        return offered_acts(db.session(), standing(), self.wanted.tab, self.rows)

    @property
    def acts(self) -> set[str]:
        """The acts on many that apply to some task of this page: what applies to none applies to no whole list."""
        return {act for each in self.offered.values() for act in each.acts}

    @property
    def at_once(self) -> int:
        """How many of the list can be ticked in one go."""
        return min(self.counts.listed, MOST)

    @property
    def selectable(self) -> bool:
        """Whether something can be done with many of its tasks at once."""
        return bool(self.acts)

    @property
    def narrowed(self) -> bool:
        return any(asdict(self.wanted)[name] for name in FILTERS)

    @property
    def parts(self) -> list[tuple[Group | None, list[TaskRow]]]:
        """The rows of this page under their groups; all under none where the list is not grouped."""
        if not self.groups:
            return [(None, self.rows)]
        parts: list[tuple[Group | None, list[TaskRow]]] = []
        start, begun = (self.page - 1) * PAGE_SIZE, 0
        for group in self.groups:
            found = self.rows[max(0, begun - start) : max(0, begun + group.count - start)]
            begun += group.count
            if found:
                parts.append((group, found))
        return parts

    @property
    def new(self) -> int:
        """How many tasks have come into the list since the page was last drawn."""
        since = _instant(request.args.get("since", ""))
        return new_tasks(db.session(), standing(), self.wanted, self.at, since) if since else 0

    def run_of(self, group: Group | None) -> Run:
        """Working through the list, or through one group of it."""
        if group is None or not group.value:
            return Run(self.wanted)
        narrower: dict[str, Any] = {self.wanted.group: group.value}
        return Run(replace(self.wanted, **narrower))

    def url(self, page: int = 1, **more: Any) -> str:
        """Address of a page of this list."""
        return list_url(Run(self.wanted), page=page if page > 1 else None, **more)

    def task_url(self, row: TaskRow, group: Group | None = None) -> str:
        """Address of a task as opened from this list, or from a group of it."""
        return task_url(row.public_id, self.run_of(group))


@dataclass(frozen=True)
class Run:
    """Working through a list from the page of a task.

    ``done`` counts those that have left the list since it began: completed, or taken and put off. ``shown`` is
    false for a task opened from elsewhere.
    """

    wanted: Wanted
    done: int = 0
    shown: bool = True

    @property
    def filters(self) -> dict[str, Any]:
        """The filters as parameters of the address of the list; a run through one group began at all of them."""
        kept = {*FILTERS, "group"} - {self.wanted.group}
        return {name: value for name, value in asdict(self.wanted).items() if name in kept and value}

    @property
    def parameters(self) -> dict[str, Any]:
        """The run as parameters of the address of a task."""
        if not self.shown:
            return {}
        group = {self.wanted.group: asdict(self.wanted)[self.wanted.group]} if self.wanted.group else {}
        return {"tab": self.wanted.tab, "done": self.done or None, **self.filters, **group}

    def place(self, position: Position) -> Place:
        """Where a task stands in the list, those done in this run counted in."""
        place = place_in_list(db.session(), standing(), self.wanted, business_now(), position)
        return replace(place, position=place.position + self.done, total=place.total + self.done)

    def open_next(self, position: Position) -> str | None:
        """The task after a position, taken when it comes from the common list; None at the end of the list."""
        for _try in range(TRIES):
            found = self.place(position).next
            if found is None or self.wanted.tab != "common" or _taken(found):
                return found
        return None


def first_tab() -> Tab:
    """The list to begin with: the own one, or the common one while nothing is one's own."""
    counts = task_counts(db.session(), standing(), Wanted(), business_now())
    return "common" if counts.common and not counts.mine else "mine"


def shown_list(tab: Tab) -> ShownList:
    """The list this request asks for. A page beyond the end is the last one."""
    session, now = db.session(), business_now()
    wanted = wanted_of(tab, request.args)
    counts = task_counts(session, standing(), wanted, now)
    pages = max(1, -(-counts.listed // PAGE_SIZE))
    page = min(_count(request.args.get("page", "")) or 1, pages)
    groups = task_groups(session, standing(), wanted, now)
    if groups:
        rows = grouped_rows(session, standing(), wanted, now, page, groups)
    else:
        rows = task_rows(session, standing(), wanted, now, page)
    return ShownList(
        wanted=wanted,
        rows=rows,
        counts=counts,
        facets=task_facets(session, standing(), tab),
        suspended=suspended_cases(session, standing()) if tab in ("mine", "common") else (),
        page=page,
        pages=pages,
        groups=groups,
        at=now,
    )


def run_of_request() -> Run:
    """The run an address of a task speaks of; without one, through the own tasks, not shown."""
    tab = request.args.get("tab", "")
    known = tab in get_args(Tab)
    wanted = wanted_of(cast(Tab, tab) if known else "mine", request.args)
    return Run(wanted, _count(request.args.get("done", "")), known)


def wanted_of(tab: Tab, args: Mapping[str, str]) -> Wanted:
    """The filters of an address; what no list has is left out."""
    found = {name: args.get(name, "")[:LONGEST] for name in FILTERS}
    if found["due"] not in ("overdue", "soon"):
        found["due"] = ""
    group = args.get("group", "")
    return Wanted(tab, **found, group=group if group in GROUPS else "")


def list_url(run: Run, **more: Any) -> str:
    """Address of the list of a run."""
    return url_for("inbox.show_inbox", tab=run.wanted.tab, **run.filters, **more)


def task_url(task_id: str, run: Run) -> str:
    """Address of a task within a run."""
    return url_for("inbox.show_task", task_id=task_id, **run.parameters)


def _taken(task_id: str) -> bool:
    actor, now = actor_and_now()
    try:
        take_task(task_id, actor=actor, now=now)
    except Refused:
        return False
    return True


def _instant(text: str) -> dt.datetime | None:
    """An instant out of an address; None for anything else."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _count(text: str) -> int:
    return min(int(text), MOST_DONE) if text.isascii() and text.isdigit() else 0
