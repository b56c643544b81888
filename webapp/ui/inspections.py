"""Notes what auditors read."""

from __future__ import annotations

from webapp.operations.access import record_access
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from workflows.events import DossierRead


def note_inspection(code: str) -> None:
    """Note that an auditor reads a case; what others read because it is their work is not noted."""
    if standing().holds("auditor"):
        actor, now = actor_and_now()
        record_access(DossierRead(case=code), actor=actor, now=now)
