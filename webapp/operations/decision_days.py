"""Days of what follows a decision: none lies before the decision itself."""

from __future__ import annotations

import datetime as dt

from webapp.models import Decision
from webapp.operations.refusals import InvalidForm
from webapp.queries.award_lists import decided_on
from workflows.forms import Fault


def day_after(decision: Decision, field: str, day: dt.date) -> dt.date:
    """The day of a field (pointer) of a form about a numbered decision. Raises InvalidForm where it lies before it."""
    if day < (decided := decided_on(decision)):
        raise InvalidForm([Fault(field, "before_decision", {"day": decided.isoformat()})])
    return day
