"""The deadlines of a case as of a step: when they began, when they run out, by which rule; from running it again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    days where there is none; ``left`` is negative when it was over, ``used`` is None where the deadline was moved.
    ``tasks`` says how many tasks of the name it is the deadline of, one for each unit or member.
    """

    task: str
    begun: dt.datetime
    due: dt.datetime
    first: dt.datetime | None
    clock: Clock | None
    used: int | None
    left: int
    tasks: int

    @property
    def working(self) -> bool:
        return self.clock is None or self.clock.day_kind == "working"


@dataclass(frozen=True)
class Clocks:
    """``met``: the deadline of the task that was completed in the step; ``running``: those that run after it."""

    met: Deadline | None
    running: tuple[Deadline, ...]


class TaskDues:
    """When each task of a case was opened and due, through all steps of a re-execution.

    A timer that has gone off does not wait any more: its task stays due when it was.
    """

    def __init__(self, steps: Sequence[ReplayedStep]) -> None:
        self.steps = steps
        self._known: dict[str, list[tuple[int, dt.datetime | None]]] = {}
        for number, step in enumerate(steps, 1):
            for task in step.open_tasks:
                known = self._known.setdefault(task.id, [(number, task.due)])
                if task.due not in (None, known[-1][1]):
                    known.append((number, task.due))

    def opened(self, task: OpenTask) -> tuple[dt.datetime, dt.datetime | None]:
        """When a task was opened, and when it was due then."""
        number, due = self._known[task.id][0]
        return self.steps[number - 1].at, due

    def due(self, task: OpenTask, number: int) -> dt.datetime | None:
        """When a task was due as of an input."""
        return [due for step, due in self._known[task.id] if step <= number][-1]


def clocks_at(
    session: Session, case: Case, rules: RulesOfCase, dues: TaskDues, number: int, target: str | None
) -> Clocks:
    """The deadlines as of one input, counted from 1; ``target`` is the task that it completes, if any."""
    if not 1 <= number <= len(dues.steps):
        return Clocks(None, ())
    reading = _Reading(session, case, rules, dues, number)
    before = dues.steps[number - 2].open_tasks if number > 1 else ()
    done = next((task for task in before if task.id == target), None)
    return Clocks(reading.deadline([done]) if done else None, tuple(reading.running()))


class _Reading:
    """Reads deadlines as of one input."""

    def __init__(self, session: Session, case: Case, rules: RulesOfCase, dues: TaskDues, number: int) -> None:
        self.rules = rules
        self.dues = dues
        self.number = number
        self.step = dues.steps[number - 1]
        self.drawing = drawing(load_deployment(session, case.deployment_digest))
        self.calendar: Calendar = calendar_of(session, case.organiser_id, local_day(self.step.at).year)

    def running(self) -> Iterator[Deadline]:
        """The deadlines of open tasks, the next first; those of one name and instant once."""
        alike = defaultdict(list)
        for task in self.step.open_tasks:
            if due := self.dues.due(task, self.number):
                alike[due, task.process, task.element].append(task)
        for key in sorted(alike):
            if found := self.deadline(alike[key]):
                yield found

    def deadline(self, tasks: Sequence[OpenTask]) -> Deadline | None:
        """The deadline that some tasks of one name have; None where they have none."""
        task = tasks[0]
        due = self.dues.due(task, self.number)
        if due is None:
            return None
        begun, first = self.dues.opened(task)
        clock = self.rules.clock(self.drawing.clocks_of(task.process, task.element), begun)
        working = clock is None or clock.day_kind == "working"
        return Deadline(
            task=task.name,
            begun=begun,
            due=due,
            first=first if first != due else None,
            clock=clock,
            used=self._used(clock, begun, due, working) if first == due else None,
            left=self._days(self.step.at, due, working),
            tasks=len(tasks),
        )

    def _used(self, clock: Clock | None, begun: dt.datetime, due: dt.datetime, working: bool) -> int:
        """Days since the task was opened, and those that a clock that goes on had used up before."""
        before = clock.days - self._days(begun, due, working) if clock and clock.day_kind != "minutes" else 0
        return max(0, before) + self._days(begun, self.step.at, working)

    def _days(self, start: dt.datetime, end: dt.datetime, working: bool) -> int:
        first, last = local_day(start), local_day(end)
        return working_days_between(first, last, self.calendar) if working else (last - first).days
