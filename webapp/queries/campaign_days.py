"""A campaign day by day: how many cases stood at each stage, from the stages they are recorded to have gone through."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from webapp import eventlog
from webapp.eventlog import case_stream
from webapp.models import NOMINATIONS, Case, StageVisit, Task
from webapp.models.stage_visit import NOT_READ
from webapp.queries.dialects import local_date
from webapp.queries.history import Line, described
from workflows.values import VIETNAM

COLUMNS = (
    "launch",
    "registration",
    "registered",
    "unregistered",
    *("draft", "commune", "submission", "district", "province", "council", "decision"),
    "awarded",
    "not_awarded",
)
OVER = ("registered", "unregistered", "awarded", "not_awarded")
LAUNCHES = ("campaign", "response")
LAUNCHED = ("publish_plan", "approve_response")
"""Tasks with which a launch has gone out."""
WON = ("awarded", "awarded_higher")
FEW = 120
"""Of so many cases at most each is shown for itself."""
BALLOTS = frozenset({"cast_vote", "cast_acclaim"})
TOLD = (
    *("case_opened", "task_completed", "message_delivered", "timers_fired", "case_stopped"),
    *("case_frozen", "case_resumed", "decision_undone", "round_opened", "votes_counted"),
    *("awards_registered", "awards_corrected", "awards_revoked", "copies_sent", "deadline_moved"),
    *("nomination_escalated", "case_moved", "signed_paper_recorded"),
)
"""Kinds of event that move a case or a decision. Papers, notices and readings stand in the case's own replay."""
MOST_READ = 500

Cases = Sequence[ColumnElement[bool]]


@dataclass(frozen=True)
class Stay:
    """So many cases were in a column from a day until a day (None: since then)."""

    column: str
    entered: dt.date
    left: dt.date | None
    cases: int
    case_id: int | None = None


@dataclass(frozen=True)
class CampaignDays:
    """``came`` and ``gone``: of each day and column; ``unread`` cases have no stages recorded yet."""

    first: dt.date
    last: dt.date
    came: Mapping[dt.date, Counter[str]]
    gone: Mapping[dt.date, Counter[str]]
    unread: int

    def moved(self, day: dt.date, column: str) -> tuple[int, int]:
        """How many came into a column on a day, and how many left it."""
        none = Counter[str]()
        return self.came.get(day, none)[column], self.gone.get(day, none)[column]

    @property
    def columns(self) -> list[str]:
        """Those in which some case ever was."""
        met = {column for counted in self.came.values() for column in counted}
        return [column for column in COLUMNS if column in met]

    @property
    def moving(self) -> list[dt.date]:
        """The days on which something moved."""
        return sorted({day for day in {*self.came, *self.gone} if self.first <= day <= self.last})

    def standing(self, day: dt.date) -> Counter[str]:
        """How many cases are in each column at the end of a day."""
        counts: Counter[str] = Counter()
        for each, sign in ((self.came, 1), (self.gone, -1)):
            for moved, columns in each.items():
                if moved <= day:
                    for column, cases in columns.items():
                        counts[column] += sign * cases
        return counts


def campaign_days(session: Session, among: Cases, today: dt.date) -> CampaignDays | None:
    """The days of the cases of a campaign, until today or until all had ended; None where no case has a stage.

    A fixed number of statements.
    """
    came: defaultdict[dt.date, Counter[str]] = defaultdict(Counter)
    gone: defaultdict[dt.date, Counter[str]] = defaultdict(Counter)
    for stay in _stays(session, among, each=False):
        came[stay.entered][stay.column] += stay.cases
        if stay.left:
            gone[stay.left][stay.column] += stay.cases
    if not came:
        return None
    unread = select(func.count()).select_from(StageVisit).join(Case, Case.id == StageVisit.case_id)
    left = session.scalar(unread.where(*among, StageVisit.round == NOT_READ)) or 0
    waiting = sum((came.values()), Counter[str]()) - sum((gone.values()), Counter[str]())
    under_way = any(waiting[column] for column in COLUMNS if column not in OVER)
    last = today if under_way else min(today, max({*came, *gone}))
    return CampaignDays(min(came), max(min(came), last), came, gone, left)


def stays_of_each(session: Session, among: Cases) -> dict[int, list[Stay]]:
    """Where each case was, in order, by its id; for a campaign of few cases."""
    found: defaultdict[int, list[Stay]] = defaultdict(list)
    for stay in sorted(_stays(session, among, each=True), key=lambda stay: (stay.entered, stay.left is None)):
        if stay.case_id is not None:
            found[stay.case_id].append(stay)
    return found


def _stays(session: Session, among: Cases, *, each: bool) -> Iterator[Stay]:
    case = (Case.id,) if each else ()
    entered, left = local_date(StageVisit.entered_at), local_date(StageVisit.left_at)
    columns = (Case.process, StageVisit.stage, entered, left, *case)
    told = Case.process.in_((*NOMINATIONS, "registration"))
    visits = (
        select(*columns, func.count())
        .join(Case, Case.id == StageVisit.case_id)
        .where(*among, told, StageVisit.round != NOT_READ)
        .group_by(*columns)
    )
    for process, stage, began, ended, *rest in session.execute(visits):
        column = "registration" if process == "registration" else stage
        if column in COLUMNS:
            yield Stay(column, began, ended, rest[-1], *rest[:-1])
    ends = (Case.process, Case.outcome, local_date(Case.ended_at), *case)
    over = select(*ends, func.count()).where(*among, told, Case.ended_at.is_not(None)).group_by(*ends)
    for process, outcome, day, *rest in session.execute(over):
        yield Stay(_end(process, outcome), day, None, rest[-1], *rest[:-1])
    yield from _launches(session, among)


def _end(process: str, outcome: str | None) -> str:
    if process == "registration":
        return "registered" if outcome == "registered" else "unregistered"
    return "awarded" if outcome in WON else "not_awarded"


def _launches(session: Session, among: Cases) -> Iterator[Stay]:
    """From the day a launch was begun until its plan went out; a campaign has one, and those of its units."""
    out = func.max(local_date(Task.closed_at))
    done = (Task.case_id == Case.id) & (Task.status == "done") & Task.element.in_(LAUNCHED)
    query = (
        select(Case.id, local_date(Case.opened_at), local_date(Case.ended_at), out)
        .outerjoin(Task, done)
        .where(*among, Case.process.in_(LAUNCHES))
        .group_by(Case.id)
    )
    for case_id, opened, ended, published in session.execute(query):
        yield Stay("launch", opened, published or ended, 1, case_id)


@dataclass(frozen=True)
class DayEvents:
    """What was done on a day, in its order; ``more`` has not been read."""

    lines: Sequence[Line]
    more: bool


def events_on(session: Session, among: Cases, day: dt.date) -> DayEvents:
    """Acts in the cases on a day, and never a ballot; a fixed number of statements."""
    start = dt.datetime.combine(day, dt.time(), VIETNAM)
    place = eventlog.places()
    within = place.c.at >= start, place.c.at < start + dt.timedelta(days=1)
    query = select(place.c.id, place.c.stream).where(*within, place.c.type.in_(TOLD))
    rows: list[Any] = list(session.execute(query.order_by(place.c.at, place.c.id)))
    codes = {row.stream.removeprefix(case_stream("")) for row in rows}
    known = set(session.scalars(select(Case.code).where(Case.code.in_(codes), *among)))
    ids = [row.id for row in rows if row.stream.removeprefix(case_stream("")) in known]
    events = eventlog.read_some(session, ids[:MOST_READ])
    told = [event for event in events if event.fields.get("element") not in BALLOTS]
    return DayEvents(described(session, told), len(ids) > MOST_READ)
