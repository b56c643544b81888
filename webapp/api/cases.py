"""What the parts of the API share about cases: find one by its code, open one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.extensions import db
from webapp.models import Case
from webapp.operations.access import record_access
from webapp.operations.refusals import NotFound
from webapp.operations.starts import start_once
from webapp.queries.instances import visible_case
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from workflows.events import DossierRead


def case_or_404(code: str, process: str = "") -> Case:
    """The case of a code, of one process if it is named; that an auditor reads it is noted, as on the pages."""
    case = visible_case(db.session(), standing(), code)
    if case is None or process not in ("", case.process):
        raise NotFound
    if standing().holds("auditor"):
        actor, now = actor_and_now()
        record_access(DossierRead(case=code), actor=actor, now=now)
    return case


def open_once(key: str, process: str, campaign: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Open a case; repeated under an ``Idempotency-Key``, the answer is the first one."""
    actor, now = actor_and_now()
    return {"code": start_once(key, process, campaign, data, actor=actor, now=now).code}
