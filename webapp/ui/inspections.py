"""Notes what auditors read."""

from __future__ import annotations

from webapp.operations.access import record_access
from webapp.queries.standing import INSPECTING
from webapp.ui.access import standing
from webapp.ui.acting import actor_and_now
from workflows.events import DossierRead


def note_inspection(code: str) -> None:
    """Note that an auditor, or a member of an inspection, reads a case; what others read as their work is not noted."""
    if standing().holds(*INSPECTING):
        actor, now = actor_and_now()
        record_access(DossierRead(case=code), actor=actor, now=now)
