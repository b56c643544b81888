"""The deadlines of a case as of a step: when they began, when they run out, by which rule; from running it again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from webapp.models import Case
from webapp.queries.deployments import drawing, load_deployment
from webapp.queries.office_days import calendar_of
from webapp.queries.rules_then import RulesOfCase
from workflows.law import Clock
from workflows.replay import ReplayedStep
from workflows.rules.deadlines import Calendar, working_days_between
from workflows.values import OpenTask, local_day


@dataclass(frozen=True)
class Deadline:
    """A task against its clock as of an instant.

    ``clock`` is the rule that set it when the task was opened (None: a day of a plan or of a form), ``first`` the
    instant it was due at then, when that is another. ``used`` and ``left`` are days as the clock counts them, working
    days where there is none; ``left`` is negative when it was over. ``tasks`` says how many tasks of the name it is
    the deadline of, one for each unit or member.
    """

    task: str
    begun: dt.datetime
    due: dt.datetime
    first: dt.datetime | None
    clock: Clock | None
    used: int
    left: int
    tasks: int = 1

    @property
    def working(self) -> bool:
        return self.clock is None or self.clock.day_kind == "working"


@dataclass(frozen=True)
class Clocks:
    """``met``: the deadline of the task that was completed in the step; ``running``: those that run after it."""

    met: Deadline | None
    running: tuple[Deadline, ...]


def clocks_at(
    session: Session,
    case: Case,
    rules: RulesOfCase,
    steps: Sequence[ReplayedStep],
    number: int,
    target: str | None,
) -> Clocks:
    """The deadlines as of one input, counted from 1; ``target`` is the task that it completes, if any."""
    if not 1 <= number <= len(steps):
        return Clocks(None, ())
    reading = _Reading(session, case, rules, steps[:number])
    before = steps[number - 2].open_tasks if number > 1 else ()
    met = [reading.deadline(task, due) for task in before if task.id == target and (due := task.due)]
    return Clocks(next(iter(met), None), tuple(_running(reading, steps[number - 1].open_tasks)))


def _running(reading: _Reading, tasks: Sequence[OpenTask]) -> Iterator[Deadline]:
    """The deadlines of open tasks, the next first; those of one name and instant once."""
    alike = defaultdict(list)
    for task in tasks:
        if task.due:
            alike[task.due, task.process, task.element].append(task)
    for (due, _process, _element), found in sorted(alike.items(), key=lambda each: each[0]):
        yield replace(reading.deadline(found[0], due), tasks=len(found))


class _Reading:
    """Reads tasks as of the last of some steps."""

    def __init__(
        self, session: Session, case: Case, rules: RulesOfCase, steps: Sequence[ReplayedStep]
    ) -> None:
        self.steps = steps
        self.rules = rules
        self.drawing = drawing(load_deployment(session, case.deployment_digest))
        self.calendar: Calendar = calendar_of(session, case.organiser_id, local_day(steps[-1].at).year)

    def deadline(self, task: OpenTask, due: dt.datetime) -> Deadline:
        begun, first = self._begun(task)
        clock = self.rules.clock(self.drawing.clocks_of(task.process, task.element), begun)
        at = self.steps[-1].at
        working = clock is None or clock.day_kind == "working"
        return Deadline(
            task=task.name,
            begun=begun,
            due=due,
            first=first if first != due else None,
            clock=clock,
            used=self._days(begun, at, working),
            left=self._days(at, due, working),
        )

    def _begun(self, task: OpenTask) -> tuple[dt.datetime, dt.datetime | None]:
        """When a task was opened, and when it was due then."""
        begun = self.steps[-1].at, task.due
        for step in reversed(self.steps):
            was = next((each for each in step.open_tasks if each.id == task.id), None)
            if was is not None:
                begun = step.at, was.due
            elif step is not self.steps[-1]:  # after the last one it is done
                break
        return begun

    def _days(self, start: dt.datetime, end: dt.datetime, working: bool) -> int:
        first, last = local_day(start), local_day(end)
        return working_days_between(first, last, self.calendar) if working else (last - first).days
