"""What the parts of the API share about cases: find one by its code, open one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.extensions import db
from webapp.models import Case
from webapp.operations.refusals import NotFound
from webapp.operations.starts import start_once
from webapp.queries.instances import visible_case
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from webapp.ui.inspections import note_inspection


def case_or_404(code: str, *processes: str) -> Case:
    """The case of a code, of one of the processes if any are named; that an auditor reads it is noted."""
    case = visible_case(db.session(), standing(), code)
    if case is None or (processes and case.process not in processes):
        raise NotFound
    note_inspection(code)
    return case


def open_once(key: str, process: str, campaign: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Open a case; repeated under an ``Idempotency-Key``, the answer is the first one."""
    actor, now = actor_and_now()
    return {"code": start_once(key, process, campaign, data, actor=actor, now=now).code}
