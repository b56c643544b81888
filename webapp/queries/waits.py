"""Where nominations wait, and how long: by element of their diagram, as a heat map and a table show it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from webapp.models import Case, Task
from webapp.queries.deployments import current_deployment, drawing
from webapp.queries.dialects import local_date
from webapp.queries.open_tasks import open_task
from webapp.queries.standing import Standing, visible_among
from webapp.queries.tracking_filters import WAITING_EVENTS, Wanted, cases_of, narrowed
from workflows.engine import Drawing
from workflows.values import local_day

PROCESS = "nomination"

Place = tuple[str, str]


@dataclass(frozen=True)
class Wait:
    """So many cases wait at an element of a diagram: the median and the longest in days. ``level``: 1 to 4."""

    process: str
    element: str
    name: str
    cases: int
    median: int
    longest: int

    @property
    def level(self) -> int:
        return 1 + sum(self.median >= days for days in LEVELS)


LEVELS = (7, 14, 30)
"""From so many days on a wait is long, longer, very long."""


def nomination_drawing(session: Session) -> Drawing:
    """The diagrams new nominations run on."""
    return drawing(current_deployment(session, PROCESS))


def waits(session: Session, standing: Standing, wanted: Wanted, now: dt.datetime) -> list[Wait]:
    """Each element at which cases wait, the most cases first; two statements, whatever the number of cases.

    Cases are counted by the day since when they wait: so much is known of a median and no more is shown.
    """
    under_way = (
        Case.process == PROCESS,
        Case.state == "active",
        visible_among(standing),
        *narrowed(wanted, standing, now),
    )
    opened, since = local_date(Task.opened_at), local_date(Case.stage_since)
    at_task = select(Task.process, Task.element, opened, func.count(distinct(Task.case_id))).where(
        Task.status == "open", Task.case_id.in_(cases_of(wanted, Case.id).where(*under_way))
    )
    told = cases_of(wanted, Case.stage, since, func.count())
    told = told.where(*under_way, ~open_task(), Case.stage.in_(WAITING_EVENTS))
    found: dict[Place, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for process, element, day, count in session.execute(at_task.group_by(Task.process, Task.element, opened)):
        found[process, element][_days(day, now)] += count
    for stage, day, count in session.execute(told.group_by(Case.stage, since)):
        found[PROCESS, WAITING_EVENTS[stage]][_days(day, now)] += count
    rows = _named(nomination_drawing(session), found)
    return sorted(rows, key=lambda wait: (-wait.cases, wait.process, wait.element))


def on_root(drawn: Drawing, found: Iterable[Wait]) -> Iterator[Wait]:
    """What stands on the diagrams: each wait at its element, and those of a called procedure on what calls it."""
    by_process: dict[str, list[Wait]] = defaultdict(list)
    for wait in found:
        by_process[wait.process].append(wait)
        yield wait
    for process, within in by_process.items():
        if process != PROCESS and process in drawn.processes[PROCESS].elements:
            cases = sum(wait.cases for wait in within)
            median = _median({wait.median: wait.cases for wait in within})
            longest = max(wait.longest for wait in within)
            yield Wait(PROCESS, process, drawn.processes[process].name, cases, median, longest)


def _named(drawn: Drawing, found: Mapping[Place, Mapping[int, int]]) -> Iterator[Wait]:
    for (process, element), days in found.items():
        known = drawn.processes.get(process)
        if known is None or element not in known.elements:
            continue  # of an older diagram; its cases are counted in the table of nominations
        name = known.elements[element].name
        yield Wait(process, element, name, sum(days.values()), _median(days), max(days))


def _median(days: Mapping[int, int]) -> int:
    """The lower median of days that stand so many times each."""
    half, seen = (sum(days.values()) + 1) // 2, 0
    for day, count in sorted(days.items()):
        seen += count
        if seen >= half:
            return day
    return 0


def _days(day: dt.date, now: dt.datetime) -> int:
    """Days until now."""
    return max(0, (local_day(now) - day).days)
