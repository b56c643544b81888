"""What the dossier of an extraordinary merit begins with, and the day of the merit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Case, Task
from webapp.queries.latest_entries import latest_entry
from workflows.values import local_day

CITATION = 1000
"""Letters that stand on a certificate at most (``forms/common/citation.json``)."""


@dataclass(frozen=True)
class MeritDay:
    """When a merit was gained; ``year`` is that of the round it stands in."""

    day: dt.date
    year: int

    @property
    def is_earlier(self) -> bool:
        """Whether it belongs to a year before: that year may have awarded it already, and somebody is to look."""
        return self.day.year < self.year


def merit_day(session: Session, case: Case) -> MeritDay | None:
    """The day of an extraordinary merit; None for other nominations."""
    if case.process != "extraordinary":
        return None
    told = latest_entry(session, case, "extraordinary/start")
    return MeritDay(dt.date.fromisoformat(told["merit_date"]), local_day(case.opened_at).year)


def first_report(session: Session, task: Task) -> Mapping[str, Any]:
    """Who it is and what was done, as told when it was opened: the merit itself, not the story of an exemplar."""
    if task.round > 1:
        return {}
    told = latest_entry(session, session.get_one(Case, task.case_id), "extraordinary/start")
    citation = {"achievement": told["merit"]} if len(told["merit"]) <= CITATION else {}
    return {
        "nominee_kind": told["nominee_kind"],
        "name_on_paper": told["nominee_name"],
        "proposed_award": told["proposed_award"],
        "achievement_summary": told["merit"],
        **citation,
    }
