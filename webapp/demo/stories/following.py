"""Follows a case: whenever a task of it is open, whoever has to act does so after so many working days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

from webapp.demo.stage import Stage
from webapp.demo.telling import Story, later, look
from webapp.extensions import db
from webapp.models import Case, Task

Answer = Callable[[str, int], tuple[str, Mapping[str, Any]]]
"""Task and how often it has been open → who completes it, with what."""


_OWN = (
    select(Task.element)
    .join(Case, Case.id == Task.case_id)
    .where(Case.code == bindparam("case"), Case.state == "active")
    .where(Task.status == "open", Task.element != "give_opinion")
    .order_by(Task.id)
)


@dataclass(frozen=True)
class Pace:
    """Working days before a task is completed: ``waits`` of this case, or else the usual ones."""

    usual: Mapping[str, int]
    waits: Mapping[str, int]
    key: str

    def days(self, element: str, visit: int) -> int:
        """Working days before ``element`` is completed for the ``visit``-th time."""
        of_visit = self.waits.get(f"{element} {visit}") if visit > 1 else self.waits.get(element)
        return of_visit if of_visit is not None else self.usual.get(element, 1)


def follow(stage: Stage, case: str, answer: Answer, pace: Pace) -> Story:
    """Complete every task of a case as ``answer`` says, until it ends. Tasks of other units are not its own."""
    visits: Counter[str] = Counter()
    since = stage.at
    while stage.stage_of(case) != "ended":
        element = own_task(stage, case)
        if element is None:
            yield look(stage, since, pace.key)
            continue
        visits[element] += 1
        yield later(stage, pace.days(element, visits[element]), f"{pace.key}/{element}")
        since = stage.at
        while stage.stage_of(case) == "frozen":
            yield look(stage, since, pace.key)
        if own_task(stage, case) == element:
            who, form = answer(element, visits[element])
            stage.do(who, element, case, form)


def own_task(stage: Stage, case: str) -> str | None:
    """The task at which a case of one path stands; None when it waits or is frozen."""
    return db.session.scalar(_OWN, {"case": case})


def waiting_for(stage: Stage, case: str, element: str, key: str) -> Story:
    """Look until a task is open."""
    since = stage.at
    while own_task(stage, case) != element and stage.stage_of(case) != "ended":
        yield look(stage, since, key)
