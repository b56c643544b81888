"""What the dossier of an extraordinary merit begins with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Case, Task
from webapp.queries.latest_entries import latest_entry

CITATION = 1000
"""Letters that stand on a certificate at most (``forms/common/citation.json``)."""


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
