"""The days of what follows a decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from webapp.models import Decision
from webapp.operations.refusals import InvalidForm
from webapp.queries.award_lists import decided_on
from workflows.forms import Fault


def refuse_before(decision: Decision, days: Mapping[str, str | dt.date]) -> None:
    """Nothing that follows a decision lies before its day. ``days`` by where they stand. Raises InvalidForm."""
    decided = decided_on(decision)
    early = [place for place, day in days.items() if dt.date.fromisoformat(str(day)) < decided]
    if early:
        raise InvalidForm([Fault(place, "before_decision", {"day": decided.isoformat()}) for place in early])
