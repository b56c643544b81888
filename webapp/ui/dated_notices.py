"""Notices that name a day: until when something is asked for, or for when it is promised."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from webapp.ui.office_notices import OFFICES, from_day


def _until(told: str, day: str) -> str:
    return _("%(told)s Deadline: %(day)s.", told=told, day=day)


DATED: dict[str, Callable[[str, str], str]] = {
    **dict.fromkeys(OFFICES, from_day),
    "acknowledgement_reminder": _until,
    "report_reminder": _until,
    "opinion_asked": _until,
    "opinion_reminder": _until,
    "submission_received": lambda told, day: _("%(told)s The result is due on %(day)s.", told=told, day=day),
    "supplement_asked": _until,
    "supplement_reminder": _until,
    "review_assigned": _until,
}
"""Notices that say until when, or for when."""
