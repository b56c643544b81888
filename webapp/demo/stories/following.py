"""Follows a case: whenever a task of it is open, whoever has to act does so after so many working days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, and_, bindparam, select

from webapp.demo.stage import Stage
from webapp.demo.telling import Story, later, look
from webapp.extensions import db
from webapp.models import Case, Task

Answer = Callable[[str, int], tuple[str, Mapping[str, Any]]]
"""Task and how often it has been open → who completes it, with what."""

_OWN = Task.status == "open", Task.element != "give_opinion"
_STANDING = (
    select(Case.state, Task.element)
    .outerjoin(Task, and_(Task.case_id == Case.id, Case.state == "active", *_OWN))
    .where(Case.code == bindparam("case"))
    .order_by(Task.id)
    .limit(1)
)
_OPEN = select(Task.element).join(Case).where(Case.code == bindparam("case"), Case.state == "active", *_OWN)


@dataclass(frozen=True)
class Pace:
    """Working days before a task is completed: ``waits`` of this case, or else the usual ones."""

    usual: Mapping[str, int]
    waits: Mapping[str, int]
    key: str
    once: frozenset[str] = frozenset()
    """Tasks that may be left open when they come again."""

    def days(self, element: str, visit: int) -> int | None:
        """Working days before ``element`` is completed for the ``visit``-th time; None: it is left open."""
        if element in self.once and visit > 1:
            return None
        of_visit = self.waits.get(f"{element} {visit}") if visit > 1 else self.waits.get(element)
        return of_visit if of_visit is not None else self.usual.get(element, 1)


def follow(stage: Stage, case: str, answer: Answer, pace: Pace) -> Story:
    """Complete every task of a case as ``answer`` says, until it ends. Tasks of other units are not its own."""
    visits: Counter[str] = Counter()
    since = stage.at
    while (standing := _standing(case)).state != "ended":
        element = standing.element
        days = pace.days(element, visits[element] + 1) if element else None
        if element is None or days is None:
            yield look(stage, since, pace.key)
            continue
        visits[element] += 1
        yield later(stage, days, f"{pace.key}/{element}")
        since = stage.at
        while stage.stage_of(case) == "frozen":
            yield look(stage, since, pace.key)
        if _standing(case).element == element:
            who, form = answer(element, visits[element])
            stage.do(who, element, case, form)


def waiting_for(stage: Stage, case: str, element: str, key: str) -> Story:
    """Look until a task is open."""
    since = stage.at
    while _standing(case).state != "ended" and element not in db.session.scalars(_OPEN, {"case": case}).all():
        yield look(stage, since, key)


def _standing(case: str) -> Row[str, str | None]:
    """``state`` of a case, and the ``element`` at which one of one path stands; None when it waits or is frozen."""
    return db.session.execute(_STANDING, {"case": case}).one()
