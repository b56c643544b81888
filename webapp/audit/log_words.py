"""The columns of a log as a sheet, and the stages of a campaign day by day, in words."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

HEADS: tuple[LazyString, ...] = (
    _l("Dossier"),
    _l("Procedure"),
    _l("Campaign"),
    _l("Unit"),
    _l("Place in the log"),
    _l("Activity"),
    _l("Lifecycle"),
    _l("Instant (UTC)"),
    _l("Who (code)"),
    _l("Acting for (code)"),
    _l("Role"),
    _l("Round"),
    _l("Decision"),
    _l("Kind of event"),
    _l("Element of the diagram"),
    _l("Unit of the task"),
    _l("Task (code)"),
)
"""The columns of a log as a sheet, in the order of ``webapp.documents.event_logs.table.HEADS``."""
COLUMNS: dict[str, LazyString] = {
    "launch": _l("Launch being prepared"),
    "registration": _l("Registrations under way"),
    "registered": _l("Have been registered"),
    "unregistered": _l("Registration refused or withdrawn"),
    "draft": _l("Dossiers being prepared"),
    "commune": _l("Commune, unit considers"),
    "submission": _l("Waiting to be submitted"),
    "district": _l("District appraises"),
    "province": _l("Province appraises"),
    "council": _l("Council considers"),
    "decision": _l("Decision awaited"),
    "awarded": _l("Have been awarded"),
    "not_awarded": _l("Not awarded"),
}
"""Where the cases of a campaign stand on a day."""
