"""Refuses who would sign a decision as what they are not, or as a deputy without the paper that allows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from webapp.models import Decision
from webapp.operations.refusals import InvalidForm
from webapp.queries.signing_capacity import is_deputy
from workflows.forms import Fault


def refuse_capacity(
    session: Session, decision: Decision, person: str, day: dt.date, form: Mapping[str, Any]
) -> None:
    """Older diagrams do not ask as what somebody (public id) signs; then nothing is refused. Raises InvalidForm."""
    chosen = form.get("signed_as")
    if chosen == "chief" and is_deputy(session, decision.unit_id, person, day):
        raise InvalidForm([Fault("/signed_as", "signs_as_deputy")])
    if chosen == "deputy" and not (form.get("permit_number") or form.get("permit")):
        raise InvalidForm([Fault("/permit_number", "permit_missing")])
