"""What others have delegated to a person: which tasks it opens, and for whom one is done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from webapp.models import Case, Task

DELEGABLE = frozenset(
    {
        "officer",
        "commune_chair",
        "specialist",
        "head",
        "secretary",
        "presiding",
        "office",
        "authority",
        "clerk",
    }
)
"""Roles whose tasks may be delegated: not those of members, registrants, auditors and administrators."""

NEVER = frozenset({"cast_vote", "enter_count", "decide_ties", "cast_acclaim"})
"""Elements of votes: nobody votes or counts for another, whichever role the task is for."""


@dataclass(frozen=True)
class Lent:
    """A role in a unit that ``principal`` (a public id) has delegated, on a day.

    ``campaign_id`` and ``kinds`` (process.element) narrow it; None and empty: everything.
    """

    role: str
    unit_id: int
    unit_code: str
    delegation_id: int
    principal_id: int
    principal: str
    name: str
    day: dt.date
    campaign_id: int | None = None
    kinds: tuple[str, ...] = ()

    def opens(self, task: Task) -> bool:
        """Whether the task lies in its scope, whoever holds it."""
        return (
            task.person_id is None
            and task.membership_id is None
            and task.element not in NEVER
            and (task.role, task.unit_id) == (self.role, self.unit_id)
            and self.campaign_id in (None, task.case.campaign_id)
            and (not self.kinds or f"{task.process}.{task.element}" in self.kinds)
        )

    def opened(self, task: type[Task] = Task) -> ColumnElement[bool]:
        """The same rule as a condition on Task (or an alias of it)."""
        conditions: list[ColumnElement[bool]] = [
            task.role == self.role,
            task.unit_id == self.unit_id,
            task.person_id.is_(None),
            task.membership_id.is_(None),
            task.element.not_in(sorted(NEVER)),
        ]
        if self.campaign_id is not None:
            of_campaign = select(Case.id).where(Case.campaign_id == self.campaign_id)
            conditions.append(task.case_id.in_(of_campaign))
        if self.kinds:
            pairs = (kind.partition(".") for kind in self.kinds)
            conditions.append(
                or_(*(and_(task.process == process, task.element == each) for process, _dot, each in pairs))
            )
        return and_(*conditions)
